import Walkthroughs

/// All that is seen of an experiment, as the command line can say it: what is not in here or in the experiment's words is
/// not on the screen, so the command that the explorer prints renders the identical frame.
public struct ViewWords: Hashable, Sendable {
  public var scene = Scene.slide
  /// The step of the scene's walk, from 0.
  public var step = 0
  /// The multiplication within the step when single ones are shown; nil for whole outputs.
  public var multiply: Int?
  public var order = SlidingWalkthrough.Order.pixel
  /// The pinned input cell; nil follows the centre of the field.
  public var selection: InputIndex?
  /// The entry of the patch matrix that the cursor is on; nil follows the row being written.
  public var entry: PatchEntry?
  /// The input channel shown; nil for all (colours), or the first one where only one can stand.
  public var channel: Int?
  /// The output channel shown; nil follows the one being written.
  public var outputChannel: Int?
  public var zoom = Zoom.fit
  /// The view that Memory shows.
  public var memory = MemoryWord.preset(.tiles)
  /// The input cell in the middle of the pictures that do not show all; nil follows the field.
  public var pan: (y: Int, x: Int)? {
    get { panCenter.map { ($0.y, $0.x) } }
    set { panCenter = newValue.map { InputIndex(n: 0, y: $0.y, x: $0.x, c: 0) } }
  }
  private var panCenter: InputIndex?
  /// What stands in the middle of a pane that is no picture, where it was put there by hand; nil follows the cursor.
  public var scroll: PanePlace?
  /// im2col's product: of the patch matrix, or one for each kernel offset.
  public var product = MatrixProductWalkthrough.Form.patchMatrix
  /// The edge of the product's tiles; nil for row by row.
  public var productTile: Int?
  /// Mathematics' convolution: the kernel turned by 180 degrees.
  public var flipped = false
  /// Copies per cell in place of values, or the reverse; nil leaves it to the scene.
  public var showsCopies: Bool?
  public var focus: Pane?
  /// Which panel stands on the side where not all fit.
  public var side: Pane?
  /// The focused pane fills the screen.
  public var maximized = false
  public var speed: Speed?
  /// The edge of a tile, as asked for; the screen takes at most the picture's.
  public var tile = 2
  /// Rows and columns, and elements after each row, of the matrices whose costs are shown over the tile size.
  public var matrixSize = 1024
  public var rowPadding = 0
  /// The cache in which misses are counted; nil leaves it to the scene.
  public var cache: CacheWord?
  /// What the questions about the screen are mixed by.
  public var seed: UInt64 = 1
  /// What Timing measures and how it shows it.
  public var timing = TimingWords()

  public init() {}
}
