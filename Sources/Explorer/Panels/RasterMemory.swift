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

  /// The cells of a picture row by row, and how a walk changes them.
  struct Raster: Sendable {
    /// What is seen once the walk has come to all pixels of a cell, and where no walk changes them.
    let cells: [Cell]
    /// What is seen before it has come to any, and before it has come to the second; empty where no walk changes them.
    let before: [Cell]
    let between: [Cell]
    /// The steps at which it comes to the first pixel of each cell and to all.
    let first: [Int]
    let last: [Int]
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

extension RasterMemory.Raster {
  /// The raster of a picture.
  ///
  /// - Parameters:
  ///   - picture: where its pixels stand.
  ///   - empty: what stands for a cell without a colour, as in `PixelGrid.draw`.
  ///   - walk: what is seen of a pixel's colour before a walk has come to it, and the steps at which it does, row by row.
  ///   - color: the colours.
  init(
    of picture: PixelGrid, empty: Cell, walk: (before: (RGB) -> RGB?, arrivals: [Int])?,
    _ color: (_ column: Int, _ row: Int) -> RGB?
  ) {
    let width = picture.columns
    let colors = (0..<width * picture.rows).map { color($0 % width, $0 / width) }
    cells = picture.drawn(empty: empty) { colors[$1 * width + $0] }
    guard let walk else {
      (before, between, first, last) = ([], [], [], [])
      return
    }
    let early = colors.map { $0.flatMap(walk.before) }
    before = picture.drawn(empty: empty) { early[$1 * width + $0] }
    let pixels = (0..<cells.count).map { place -> (Int, Int) in
      let columns = picture.cells.columns
      let cell = Point(column: picture.origin.column + place % columns, row: picture.origin.row + place / columns)
      guard let seen = picture.pixels(at: cell) else { return (0, 0) }
      let upper = seen.row * width + seen.column
      return (upper, seen.rows > 1 ? upper + width : upper)
    }
    let steps = pixels.map { (walk.arrivals[$0], walk.arrivals[$1]) }
    first = steps.map { min($0, $1) }
    last = steps.map { max($0, $1) }
    // Of two pixels in a cell, the one reached first has its own colour, the other one not yet.
    var mixed = early
    for (upper, lower) in pixels where walk.arrivals[upper] != walk.arrivals[lower] {
      let reached = walk.arrivals[upper] < walk.arrivals[lower] ? upper : lower
      mixed[reached] = colors[reached]
    }
    between = picture.drawn(empty: empty) { mixed[$1 * width + $0] }
  }

  /// Puts the picture where it belongs, as it is after a step of the walk.
  func draw(_ picture: PixelGrid, now: Int, on canvas: Canvas) {
    let place = picture.cells
    var line: [Cell] = []
    for row in 0..<place.rows {
      let range = row * place.columns..<(row + 1) * place.columns
      let isWhole = first.isEmpty || last[range].allSatisfy { $0 <= now }
      if !isWhole { line = range.map { last[$0] <= now ? cells[$0] : first[$0] <= now ? between[$0] : before[$0] } }
      canvas.putNarrow(isWhole ? cells[range] : line[...], column: place.column, row: place.row + row)
    }
  }
}
