import CNcurses
import Screens

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The terminal that the program runs in, drawn on by ncurses.
///
/// Made and used on one thread, one at a time. However the program ends, the terminal is given back as it was found.
public final class NcursesTerminal: Terminal {
  public internal(set) var size: Size
  public let depth: ColorDepth
  /// Whether glyphs beyond ASCII can be shown; without it they become `?`.
  public let isUTF8: Bool
  /// What the user should be told about how the terminal was started, as one line.
  public let note: String?
  /// Wakes this terminal's `nextEvent` from other threads.
  public let mailbox: Mailbox

  let output: Int32
  let input: Int32
  private let ownsInput: Bool
  /// Whether the terminal takes xterm's private modes: mouse, bracketed paste, synchronized output, clipboard.
  let speaksXterm: Bool

  /// Whether wide glyphs can stand at the end of the last row: where wrapping cannot be turned off, ncurses shifts the
  /// last cells into place one by one and tears them.
  let hasFullCorner: Bool

  /// Whether colours, cursor and attributes are asked for as the standard has it (ECMA-48 with 256 colours), so that changes
  /// may be written past curses: it shows whole screens, and everything on other terminals.
  let speaksStandard: Bool
  /// What is being written; kept for its memory.
  var bytes: [UInt8] = []

  // Only the one painting thread has them, and a check at every cell would cost more than the cell.
  @exclusivity(unchecked) var palette: Palette
  @exclusivity(unchecked) var pairs: PairTable
  /// What the screen shows, row by row; nil after anything that made that unknown.
  var painted: [PaintedCell]?
  var lastFrame: Frame?
  /// The glyph whose width was last asked for, as the same ones come in runs.
  @exclusivity(unchecked) var lastGlyph: (glyph: Unicode.Scalar, width: Int32) = (" ", 1)

  var decoder: InputDecoder
  var pending: [TerminalEvent] = []
  /// When a sequence that has begun is given up.
  var sequenceDeadline: ContinuousClock.Instant?
  var hasHungUp = false
  var mouseEnabled: Bool
  var isActive = false

  /// Takes over the terminal.
  ///
  /// An unknown terminal type is treated as `xterm-256color`, and `note` says so.
  public init(options: TerminalOptions = TerminalOptions()) throws(TerminalError) {
    try TerminalSignals.install()
    output = options.output
    guard isatty(output) == 1 else { throw .notATerminal("standard output") }
    (input, ownsInput) = try Self.chooseInput(options.input)
    isUTF8 = terminal_set_locale()
    let term: String
    (term, note) = try Self.chooseType(options.term ?? getenv("TERM").map { String(cString: $0) } ?? "", output)
    mailbox = try Mailbox()

    guard terminal_guard_remember(output) else { throw .system("the terminal's modes") }
    guard terminal_start(term, output, input) else {
      throw .notUsable(term: term, reason: "ncurses refuses it")
    }
    let colors = Int(terminal_colors())
    depth = Self.chooseDepth(options.depth, colors: colors)
    pairs = PairTable(colors: colors, capacity: Int(terminal_color_pairs()))
    var appearance = options.appearance
    appearance.depth = depth
    appearance.ascii = appearance.ascii || !isUTF8
    palette = Palette(appearance)
    speaksXterm = Self.capability("kmous") != nil || Self.capability("rmcup")?.contains("?1049l") == true
    speaksStandard =
      speaksXterm && Self.capability("setaf")?.contains("38;5;%p1%d") == true
      && Self.capability("cup") == "\u{1B}[%i%p1%d;%p2%dH"
    hasFullCorner = depth == .truecolor || Self.capability("rmam") != nil
    decoder = InputDecoder(isUTF8: isUTF8)
    mouseEnabled = options.mouse
    size = Size(columns: Int(terminal_columns()), rows: Int(terminal_lines()))
    enter()
  }

  deinit {
    leave()
    if ownsInput { close(input) }
  }

  /// What frames for this terminal are to be drawn for: the appearance asked for, within the terminal's abilities.
  public var appearance: Appearance { palette.appearance }

  /// Takes another theme; the next frame is painted whole.
  public func setTheme(_ theme: Theme) {
    var appearance = palette.appearance
    appearance.theme = theme
    palette = Palette(appearance)
    lastFrame = nil
  }

  // MARK: Choices at the start

  private static func chooseInput(_ wanted: Int32?) throws(TerminalError) -> (Int32, owned: Bool) {
    if let wanted {
      guard isatty(wanted) == 1 else { throw .notATerminal("the input for keys") }
      return (wanted, false)
    }
    if isatty(STDIN_FILENO) == 1 { return (STDIN_FILENO, false) }
    let controlling = terminal_open_controlling()
    guard controlling >= 0 else { throw .notATerminal("standard input (and there is no controlling one)") }
    return (controlling, true)
  }

  private static func chooseType(
    _ wanted: String, _ output: Int32
  ) throws(TerminalError) -> (name: String, note: String?) {
    let unusable = "it cannot move the cursor"
    if wanted == "dumb" { throw .notUsable(term: wanted, reason: unusable) }
    let kind = wanted.isEmpty ? terminal_kind_unknown : terminal_probe(wanted, output)
    switch kind {
    case terminal_kind_usable: return (wanted, nil)
    case terminal_kind_unknown:
      let fallback = "xterm-256color"
      guard terminal_probe(fallback, output) == terminal_kind_usable else {
        throw .notUsable(term: wanted, reason: "it is unknown here, as is \(fallback)")
      }
      let what = wanted.isEmpty ? "TERM is not set" : "the terminal type '\(wanted)' is unknown here"
      return (fallback, "\(what): using \(fallback)")
    default: throw .notUsable(term: wanted, reason: unusable)
    }
  }

  private static func chooseDepth(_ wanted: ColorDepth?, colors: Int) -> ColorDepth {
    let has: ColorDepth = colors >= 256 ? .palette256 : colors >= 8 ? .palette16 : .mono
    switch (wanted, has) {
    case (nil, _): return has
    // Few terminals say that they can; whoever asks for it knows.
    case (.truecolor?, _): return .truecolor
    case (.mono?, _), (_, .mono): return .mono
    case (.palette16?, _), (_, .palette16): return .palette16
    default: return .palette256
    }
  }

  /// A string that makes the terminal do something, if it can.
  static func capability(_ name: String) -> String? {
    var bytes = [CChar](repeating: 0, count: 128)
    let count = terminal_capability(name, &bytes, bytes.count)
    return count == 0 ? nil : String(decoding: bytes[..<count].map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }
}
