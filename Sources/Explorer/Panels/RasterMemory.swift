import Screens
import Synchronization
import Walkthroughs

/// The pixels of pictures, kept from one frame for the next: a walk leaves them as they are, or only comes to more of them.
///
/// It changes no frame: a picture is looked up by everything that its pixels depend on.
final class RasterMemory: Sendable {
  /// What is in a picture.
  struct Picture: Hashable, Sendable {
    enum Content: Hashable, Sendable {
      /// Whether means over many pixels are there; in colours without a channel.
      case input(n: Int, channel: Int?, isAveraged: Bool)
      case copies
      /// Every output known, whether or not the walk has come to it.
      case output(n: Int, channel: Int, isFlipped: Bool)
      /// The crop of Tiles; with gaps between the tiles if they are walked one by one.
      case tiles(TileWalkthrough.Order, tile: Int, n: Int, channel: Int, isAveraged: Bool)
    }

    /// `ExperimentSummary.identity`.
    let experiment: Int
    let content: Content
    let appearance: Appearance
  }

  /// A picture, and which part of it is shown how large.
  struct Key: Hashable, Sendable {
    let picture: Picture
    let rows: Range<Int>
    let columns: Range<Int>
    let scale: Double
    /// In pixels of the screen.
    let size: Size
  }

  /// The pixels row by row.
  struct Raster: Sendable {
    let colors: [RGB?]
    /// The step of the walk at which each is reached; empty where no walk changes them.
    let arrivals: [Int]
  }

  private let rasters = Mutex<[(key: Key, raster: Raster)]>([])

  /// Panes of a screen that can show pictures, and some to spare.
  private static let most = 8

  /// The pixels: those kept, else made now and kept.
  func raster(_ key: Key, make: () -> Raster) -> Raster {
    if let kept = rasters.withLock({ $0.first { $0.key == key }?.raster }) { return kept }
    let raster = make()
    rasters.withLock { rasters in
      if rasters.count >= Self.most { rasters.removeFirst() }
      rasters.append((key, raster))
    }
    return raster
  }
}
