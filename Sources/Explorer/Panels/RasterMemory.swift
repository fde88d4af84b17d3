import Screens
import Synchronization

/// The pixels of pictures that a walk leaves as they are, kept from one frame for the next.
///
/// It changes no frame: a picture is looked up by everything that its pixels depend on.
final class RasterMemory: Sendable {
  /// What is in a picture.
  struct Picture: Hashable, Sendable {
    enum Content: Hashable, Sendable {
      /// Whether means over many pixels are there; in colours without a channel.
      case input(n: Int, channel: Int?, isAveraged: Bool)
      case copies
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

  private let rasters = Mutex<[(key: Key, colors: [RGB?])]>([])

  /// Panes of a screen that can show pictures, and some to spare.
  private static let most = 8

  /// The pixels row by row: those kept, else made now and kept.
  func colors(_ key: Key, make: () -> [RGB?]) -> [RGB?] {
    if let kept = rasters.withLock({ $0.first { $0.key == key }?.colors }) { return kept }
    let colors = make()
    rasters.withLock { rasters in
      if rasters.count >= Self.most { rasters.removeFirst() }
      rasters.append((key, colors))
    }
    return colors
  }
}
