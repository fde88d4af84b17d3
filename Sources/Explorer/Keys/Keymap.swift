import Screens

/// One line of the key table.
struct Binding: Sendable {
  /// The keys and what each does.
  let actions: [(key: Key, action: Action)]
  /// The keys as they are written for people.
  let keys: String
  /// What they always mean.
  let meaning: String
  /// The few words of the footer; nil keeps it to the help page.
  let footer: String?
  /// The only scene whose footer names it; nil for all.
  let scene: Scene?

  /// The keys as the footer has room for them.
  let footerKeys: String

  init(
    _ keys: String, short: String? = nil, _ meaning: String, footer: String? = nil,
    in scene: Scene? = nil, _ actions: [(key: Key, action: Action)]
  ) {
    self.keys = keys
    footerKeys = short ?? keys
    self.meaning = meaning
    self.footer = footer
    self.scene = scene
    self.actions = actions
  }
}

/// The one table of keys: it decides what a key does, and the footer, the help page and the manual are made from it.
public enum Keymap {
  static let bindings: [Binding] = [
    Binding(
      "Space", "play or pause; in Timing measure or pause", footer: "play",
      [(.character(" "), .playOrPause)]),
    Binding(
      ". ,", "one step forward, back", footer: "step",
      [(.character("."), .stepForward), (.character(","), .stepBack)]),
    Binding(
      "g G", "first, last step",
      [
        (.character("g"), .firstStep), (.character("G"), .lastStep), (.home, .firstStep), (.end, .lastStep),
      ]),
    Binding(
      "[ ]", "slower, faster", footer: "speed",
      [(.character("["), .slower), (.character("]"), .faster)]),
    Binding(
      "arrows, h j k l", short: "arrows",
      "move the cursor in the focused pane; in the output and the matrix it is the step", footer: "move",
      [
        (.up, .move(.up)), (.down, .move(.down)), (.left, .move(.left)), (.right, .move(.right)),
        (.character("k"), .move(.up)), (.character("j"), .move(.down)), (.character("h"), .move(.left)),
        (.character("l"), .move(.right)),
      ]),
    Binding(
      "Tab", "next pane; Shift-Tab the previous one", footer: "pane",
      [(.tab, .nextPane), (.backTab, .previousPane)]),
    Binding(
      Scene.allCases.map { String($0.number) }.joined(separator: " "), short: "1–\(Scene.allCases.count)",
      "scene: " + Scene.allCases.map(\.title).joined(separator: ", "), footer: "scene",
      Scene.allCases.map { (.character(Character(String($0.number))), .scene($0)) }),
    Binding(
      "n N", "next, previous copy of the selected memory", footer: "copies",
      [(.character("n"), .nextCopy), (.character("N"), .previousCopy)]),
    Binding(
      "Enter",
      "follow: output to its step, matrix entry to its pixel, parameter to edit it, a view's entry to write it",
      [(.enter, .follow)]),
    Binding(
      "s d p w", "stride, dilation, padding, window size (in Tiles the tile) +1; capitals −1", footer: "geometry",
      [
        (.character("s"), .grow(.stride)), (.character("S"), .shrink(.stride)),
        (.character("d"), .grow(.dilation)), (.character("D"), .shrink(.dilation)),
        (.character("p"), .grow(.padding)), (.character("P"), .shrink(.padding)),
        (.character("w"), .grow(.kernelSize)), (.character("W"), .shrink(.kernelSize)),
      ]),
    Binding(
      "b B",
      "next, previous preset: Memory's views (on the two walks: caches), im2col or a product for each offset, "
        + "the caches of Tiles, the shapes of Timing",
      footer: "preset",
      [(.character("b"), .nextPreset), (.character("B"), .previousPreset)]),
    Binding(
      "e", "edit: the focused weights, input cell or geometry; in Memory the view", footer: "edit",
      [(.character("e"), .edit)]),
    Binding(
      "T", "Timing: more threads, and back to one", footer: "threads", in: .timing,
      [(.character("T"), .nextThreads)]),
    Binding(
      "F", "compute in float32 or float64", footer: "type", in: .timing,
      [(.character("F"), .toggleElementType)]),
    Binding(
      "V", "Timing: a curve over the next parameter, or none", footer: "vary", in: .timing,
      [(.character("V"), .nextSweep)]),
    Binding(
      "R", "Timing: measure again from the start", footer: "again", in: .timing,
      [(.character("R"), .measureAgain)]),
    Binding(
      "X", "Timing: save what was measured, as bench's JSON or each sample as CSV", footer: "save", in: .timing,
      [(.character("X"), .saveMeasurement)]),
    Binding(
      "u", "undo", footer: "undo",
      [(.character("u"), .undo)]),
    Binding(
      "c C", "next input channel, next output channel",
      [(.character("c"), .nextChannel), (.character("C"), .nextOutputChannel)]),
    Binding(
      "v", "values, or copies per cell; in Timing factors, or seconds from zero",
      [(.character("v"), .toggleCopies)]),
    Binding(
      "f", "flip the kernel: convolution instead of cross-correlation",
      [(.character("f"), .flip)]),
    Binding(
      "a", "one multiplication a step (in Slide and in im2col's product), or one output",
      [(.character("a"), .toggleMultiplies)]),
    Binding(
      "r",
      "loop order: Slide pixel by pixel or the lecture's, im2col's product by rows or by tiles; in Timing the rows",
      [(.character("r"), .toggleOrder)]),
    Binding(
      "- + 0", "zoom out, in, fit",
      [
        (.character("-"), .zoomOut), (.character("+"), .zoomIn), (.character("="), .zoomIn),
        (.character("0"), .zoomFit),
      ]),
    Binding(
      "H J K L", "pan: show what lies left, below, above, right in the focused pane; 0 or Esc follows again",
      [
        (.character("H"), .pan(.left)), (.character("J"), .pan(.down)), (.character("K"), .pan(.up)),
        (.character("L"), .pan(.right)),
      ]),
    Binding(
      "PgDn PgUp", "a page further, back; in a lesson the next, previous pause point",
      [(.pageDown, .pageDown), (.pageUp, .pageUp)]),
    Binding(
      "Backspace", "back to the lesson after exploring; Esc closes it",
      [(.backspace, .returnToLesson)]),
    Binding(
      "t", "test me: questions about what is shown, checked, with the reasons", footer: "test me",
      [(.character("t"), .test)]),
    Binding(
      "i", "cycle the side panel: products, weights, geometry, code, cell", footer: "panel",
      [(.character("i"), .nextSide)]),
    Binding(
      "z", "the focused pane fills the screen, and back",
      [(.character("z"), .maximize)]),
    Binding(
      ":", "a prompt with the command line's words: step 5, stride 2, open photo.png", footer: "command",
      [(.character(":"), .prompt)]),
    Binding(
      "o", "open another input",
      [(.character("o"), .openInput)]),
    Binding(
      "y", "show and copy the command that comes back to this screen",
      [(.character("y"), .showCommand)]),
    Binding(
      "x", "export this screen as SVG or text",
      [(.character("x"), .export)]),
    Binding(
      "m", "mouse on or off",
      [(.character("m"), .toggleMouse)]),
    Binding(
      "?", "help, F1 too; again: where the lecture's notes err", footer: "keys",
      [(.character("?"), .help), (.function(1), .help)]),
    Binding(
      "Ctrl-L", "draw everything again",
      [(.control("l"), .redraw)]),
    Binding(
      "Esc", "one level back, ends a measuring; it never quits",
      [(.escape, .back)]),
    Binding(
      "q, Ctrl-C", short: "q", "close what is open, else quit", footer: "quit",
      [(.character("q"), .quit), (.control("c"), .interrupt)]),
  ]

  private static let actions: [Key: Action] = Dictionary(
    bindings.flatMap(\.actions).map { ($0.key, $0.action) }, uniquingKeysWith: { first, _ in first })

  static func action(for key: Key) -> Action? { actions[key] }

  /// What the mouse does, for the same pages.
  static let mouse: [(keys: String, meaning: String)] = [
    ("click", "selects a cell and focuses its pane"),
    ("double click", "the same as Enter"),
    ("drag the transport", "scrubs through the steps"),
    ("wheel", "pans, on the transport steps; hold Shift to select text as usual, or turn the mouse off with m"),
  ]

  /// The table as text of less than 80 columns, for the manual and `--help`.
  public static var manual: String {
    let rows = bindings.map { ($0.keys, $0.meaning) } + mouse.map { ($0.keys, $0.meaning) }
    let width = (rows.map(\.0.count).max() ?? 0) + 2
    return rows.flatMap { keys, meaning in
      wrapped(meaning, 77 - width).enumerated().map { line, part in
        "  " + aligned(line == 0 ? keys : "", .left, width) + part
      }
    }.joined(separator: "\n")
  }
}
