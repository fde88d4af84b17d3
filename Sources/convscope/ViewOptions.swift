import ArgumentParser
import Experiments
import Explorer
import Walkthroughs

/// What is seen of an experiment: the view options of the explorer, `render` and `record`.
struct ViewOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: viewHelp("scene"), completion: .words(of: Scene.self)) var scene: String?
  @Option(parsing: .unconditional, help: viewHelp("step")) var step: String?
  @Option(parsing: .unconditional, help: viewHelp("multiply")) var multiply: String?
  @Option(parsing: .unconditional, help: viewHelp("order"), completion: .words(of: SlidingWalkthrough.Order.self))
  var order: String?
  @Option(parsing: .unconditional, help: viewHelp("select")) var select: String?
  @Option(parsing: .unconditional, help: viewHelp("product"), completion: .list(["patch", "offset"])) var product:
    String?
  @Option(parsing: .unconditional, help: viewHelp("product-tile")) var productTile: String?
  @Option(parsing: .unconditional, help: viewHelp("entry")) var entry: String?
  @Option(parsing: .unconditional, help: viewHelp("channel")) var channel: String?
  @Option(parsing: .unconditional, help: viewHelp("out-channel")) var outChannel: String?
  @Option(parsing: .unconditional, help: viewHelp("zoom"), completion: .list(["fit", "numbers"])) var zoom: String?
  @Option(parsing: .unconditional, help: viewHelp("pan")) var pan: String?
  @Option(parsing: .unconditional, help: viewHelp("scroll")) var scroll: String?
  @Option(parsing: .unconditional, help: viewHelp("show"), completion: .list(["values", "copies"])) var show: String?
  @Option(parsing: .unconditional, help: viewHelp("view"), completion: .words(of: ViewPreset.self)) var view: String?
  @Option(parsing: .unconditional, help: viewHelp("focus"), completion: .words(of: Pane.self)) var focus: String?
  @Option(parsing: .unconditional, help: viewHelp("side"), completion: .words(of: Pane.self)) var side: String?
  @Option(parsing: .unconditional, help: viewHelp("speed")) var speed: String?
  @Option(parsing: .unconditional, help: viewHelp("tile")) var tile: String?
  @Option(parsing: .unconditional, help: viewHelp("matrix-size")) var matrixSize: String?
  @Option(parsing: .unconditional, help: viewHelp("row-padding")) var rowPadding: String?
  @Option(parsing: .unconditional, help: viewHelp("cache"), completion: .list(["toy", "l1", "l2"])) var cache: String?
  @Option(parsing: .unconditional, help: viewHelp("seed")) var seed: String?
  @Option(parsing: .unconditional, help: viewHelp("shape")) var shape: String?
  @Option(parsing: .unconditional, help: viewHelp("threads")) var threads: String?
  @Option(parsing: .unconditional, help: viewHelp("axis")) var axis: String?
  @Option(parsing: .unconditional, help: viewHelp("sort")) var sort: String?
  @Option(parsing: .unconditional, help: viewHelp("contender")) var contender: String?
  @Option(parsing: .unconditional, help: viewHelp("sweep")) var sweep: String?
  @Option(parsing: .unconditional, help: viewHelp("baseline")) var baseline: String?
  @Flag(help: viewHelp("flip")) var flip = false
  @Flag(help: viewHelp("full")) var full = false

  /// Every option that was given, by its name.
  private var given: [(name: String, value: String?)] {
    [
      ("scene", scene), ("step", step), ("multiply", multiply), ("order", order), ("select", select),
      ("product", product), ("product-tile", productTile), ("entry", entry),
      ("channel", channel), ("out-channel", outChannel), ("zoom", zoom), ("pan", pan), ("scroll", scroll),
      ("show", show),
      ("focus", focus), ("view", view), ("side", side), ("speed", speed), ("flip", flip ? "on" : nil),
      ("full", full ? "on" : nil),
      ("tile", tile), ("matrix-size", matrixSize), ("row-padding", rowPadding), ("cache", cache),
      ("seed", seed),
      ("shape", shape), ("threads", threads), ("axis", axis), ("sort", sort), ("contender", contender),
      ("sweep", sweep), ("baseline", baseline),
    ]
  }

  /// The view as a value.
  func words() throws -> ViewWords {
    var words = ViewWords()
    for (name, value) in given {
      if let value, try !words.set(name, value) {
        throw CommandFailure(message: "--\(name) is declared but means nothing", status: 70)
      }
    }
    return words
  }

  /// Whether a moment of the walk was asked for, so that nothing should move away from it.
  var namesAMoment: Bool { step != nil || select != nil || multiply != nil || entry != nil }
}

/// The help of a view option: the table that the `:` prompt shows too.
private func viewHelp(_ name: String) -> ArgumentHelp {
  guard let option = ViewWords.options.first(where: { $0.name == name }) else { return "" }
  return ArgumentHelp(option.help, valueName: option.value)
}
