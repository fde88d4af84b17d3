import Experiments
import Walkthroughs

extension ViewWords {
  /// The options that take a value, with what they mean; the command line and the `:` prompt share them.
  public static let options = sceneOptions + TimingWords.options

  private static let sceneOptions: [(name: String, value: String, help: String)] = [
    ("scene", "NAME", "which tab: " + Scene.allCases.map(\.rawValue).joined(separator: ", ")),
    ("step", "N", "the step of the scene's walk, from 0; past the last it is the last"),
    ("multiply", "M", "the multiplication within the step, from 0; 'off' for whole outputs"),
    ("order", "NAME", "the loops of Slide: pixel, or lecture (channels outermost)"),
    ("select", "y,x[,c]", "pin an input cell (n,y,x,c with several pictures); 'off' follows the field"),
    ("product", "patch|offset", "im2col: one product of the patch matrix, or one for each kernel offset"),
    ("product-tile", "T", "im2col's product in tiles of T×T; 'off' goes row by row"),
    ("entry", "ROW,COLUMN", "the cursor in the patch matrix; 'off' follows the row being written"),
    ("channel", "C", "the input channel shown; 'all' for colours"),
    ("out-channel", "O", "the output channel shown; 'all' follows the one being written"),
    ("zoom", "Z", "fit, numbers, or dots for each pixel (1, 2, 4)"),
    ("pan", "y,x", "the input cell in the middle; 'off' follows the field"),
    ("scroll", "PANE:ROW,COLUMN", "what stands in the middle of a pane of numbers; 'off' follows its cursor"),
    ("flip", "on|off", "turn the kernel by 180°: convolution as mathematics defines it"),
    ("show", "values|copies", "values, or how many receptive fields read each cell"),
    (
      "view", "NAME|SHAPE:STRIDES:OFFSET",
      "the view that Memory shows, in elements, or " + ViewPreset.allCases.map(\.rawValue).joined(separator: ", ")
    ),
    ("focus", "PANE", "the pane that the arrows move in"),
    ("side", "PANE", "the panel on the side where not all fit"),
    ("full", "on|off", "the focused pane fills the screen"),
    ("speed", "S", "steps a second, or run:SECONDS for the whole walk"),
    ("tile", "T", "the edge of a tile of the input (default: 2)"),
    ("matrix-size", "N", "the matrices of the curves over T are N×N (default: 1024)"),
    ("row-padding", "P", "elements after each row of those matrices (default: 0)"),
    ("cache", "C", "where misses are counted: toy, l1, l2, or SIZE,LINE,WAYS in bytes"),
    ("seed", "N", "what the questions are mixed by (default: 1)"),
  ]

  /// Sets one option from its word.
  ///
  /// - Returns: false if there is no such option here.
  public mutating func set(_ option: String, _ value: String) throws(WordsError) -> Bool {
    func bad(_ expected: String) -> WordsError { WordsError(option: option, expected: expected, got: value) }
    func number(_ expected: String) throws(WordsError) -> Int {
      guard let number = Int(value), number >= 0 else { throw bad(expected) }
      return number
    }
    func numbers(_ counts: ClosedRange<Int>, _ expected: String) throws(WordsError) -> [Int] {
      let parts = value.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
      let known = parts.compactMap { $0 }
      guard known.count == parts.count, counts.contains(known.count), known.allSatisfy({ $0 >= 0 && $0 < 1 << 40 })
      else {
        throw bad(expected)
      }
      return known
    }
    func choice<Choice: RawRepresentable & CaseIterable>(
      _: Choice.Type
    ) throws(WordsError) -> Choice where Choice.RawValue == String {
      guard let choice = Choice(rawValue: value) else {
        throw bad("one of " + Choice.allCases.map(\.rawValue).joined(separator: ", "))
      }
      return choice
    }
    func flag() throws(WordsError) -> Bool {
      guard let flag = ["on": true, "off": false][value] else { throw bad("on or off") }
      return flag
    }
    let off = value == "off" || value == "all"

    switch option {
    case "scene": scene = try choice(Scene.self)
    case "step": step = try number("a step, from 0")
    case "multiply": multiply = off ? nil : try number("a multiplication, from 0, or off")
    case "order": order = try choice(SlidingWalkthrough.Order.self)
    case "product":
      guard let form = Self.products.first(where: { $0.word == value })?.form else { throw bad("patch or offset") }
      product = form
    case "product-tile":
      guard off || Int(value).map({ (1...TiledMatrix.limit).contains($0) }) == true else {
        throw bad("the edge of a tile, from 1, or off")
      }
      productTile = off ? nil : Int(value)
    case "select":
      let parts = off ? nil : try numbers(2...4, "y,x or y,x,c or n,y,x,c")
      selection = parts.map { parts in
        parts.count == 4
          ? InputIndex(n: parts[0], y: parts[1], x: parts[2], c: parts[3])
          : InputIndex(n: 0, y: parts[0], x: parts[1], c: parts.count == 3 ? parts[2] : 0)
      }
    case "entry":
      let parts = off ? nil : try numbers(2...2, "a row and a column of the patch matrix")
      entry = parts.map { PatchEntry(row: $0[0], column: $0[1]) }
    case "channel": channel = off ? nil : try number("a channel, from 0, or all")
    case "out-channel": outputChannel = off ? nil : try number("an output channel, from 0, or all")
    case "zoom":
      guard let word = Zoom(word: value) else { throw bad("fit, numbers, or 1 to 16 dots") }
      zoom = word
    case "pan":
      let parts = off ? nil : try numbers(2...2, "y,x")
      pan = parts.map { ($0[0], $0[1]) }
    case "scroll":
      let place = off ? nil : PanePlace(word: value)
      guard off || place != nil else { throw bad("PANE:ROW,COLUMN, as memory:12,0, or off") }
      scroll = place
    case "flip": flipped = try flag()
    case "show":
      guard ["values", "copies"].contains(value) else { throw bad("values or copies") }
      showsCopies = value == "copies"
    case "view": memory = try MemoryWord(word: value)
    case "focus": focus = try choice(Pane.self)
    case "side": side = try choice(Pane.self)
    case "full": maximized = try flag()
    case "speed":
      guard let word = Speed(word: value) else { throw bad("steps a second, or run:SECONDS") }
      speed = word
    case "seed":
      guard let number = UInt64(value) else { throw bad("a whole number, from 0") }
      seed = number
    case "tile", "matrix-size", "row-padding", "cache": try setTiles(option, value)
    default: return try timing.set(option, value)
    }
    return true
  }

  private static let products: [(word: String, form: MatrixProductWalkthrough.Form)] = [
    ("patch", .patchMatrix), ("offset", .perOffset),
  ]

  private mutating func setTiles(_ option: String, _ value: String) throws(WordsError) {
    func number(_ range: ClosedRange<Int>) throws(WordsError) -> Int {
      guard let number = Int(value), range.contains(number) else {
        throw WordsError(
          option: option, expected: "a whole number from \(range.lowerBound) to \(range.upperBound)", got: value)
      }
      return number
    }
    switch option {
    case "tile": tile = try number(1...TiledMatrix.limit)
    case "matrix-size": matrixSize = try number(1...TileSweep.limit)
    case "row-padding": rowPadding = try number(0...TileSweep.limit)
    default:
      let (word, reason) = CacheWord.read(value)
      guard let word else {
        throw WordsError(
          option: option, expected: reason.map { WordsError.expectation(in: $0) } ?? CacheWord.expected, got: value)
      }
      cache = word
    }
  }

  /// The shortest words that give this view back; defaults are left out but for the step, which is always said.
  public var arguments: [String] {
    var words: [String] = []
    func say(_ option: String, _ value: String?) { if let value { words += ["--\(option)", value] } }
    say("scene", scene == .slide ? nil : scene.rawValue)
    say("step", String(step))
    say("multiply", multiply.map { String($0) })
    say("order", order == .pixel ? nil : order.rawValue)
    say("product", product == .patchMatrix ? nil : Self.products.first { $0.form == product }?.word)
    say("product-tile", productTile.map { String($0) })
    say("select", selection.map { ($0.n > 0 ? "\($0.n)," : "") + "\($0.y),\($0.x),\($0.c)" })
    say("entry", entry.map { "\($0.row),\($0.column)" })
    say("channel", channel.map { String($0) })
    say("out-channel", outputChannel.map { String($0) })
    say("zoom", zoom == .fit ? nil : zoom.word)
    say("pan", pan.map { "\($0.y),\($0.x)" })
    say("scroll", scroll?.word)
    if flipped { words.append("--flip") }
    say("show", showsCopies.map { $0 ? "copies" : "values" })
    say("view", memory == .preset(.tiles) ? nil : memory.word)
    say("focus", focus?.rawValue)
    say("side", side?.rawValue)
    if maximized { words.append("--full") }
    say("speed", speed?.word)
    say("tile", tile == 2 ? nil : String(tile))
    say("matrix-size", matrixSize == 1024 ? nil : String(matrixSize))
    say("row-padding", rowPadding == 0 ? nil : String(rowPadding))
    say("cache", cache?.word)
    say("seed", seed == 1 ? nil : String(seed))
    return words + timing.arguments
  }
}
