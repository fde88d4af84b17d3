import CNcurses
import Screens

/// The numbers that curses gives to combinations of foreground and background.
struct PairTable {
  /// Indexed by foreground and background, each from 0 (the terminal's own) to 256; 0 means not yet made.
  private var numbers = [Int32](repeating: 0, count: 257 * 257)
  private var count: Int32 = 0
  private let colors: Int
  private let capacity: Int32

  init(colors: Int, capacity: Int) {
    self.colors = colors
    self.capacity = Int32(clamping: capacity)
  }

  /// Whether the terminal lacks the bright half of 16 colours; bold text stands for it.
  var hasOnlyEight: Bool { colors < 16 }

  /// The pair for a style's colours; nil if there is no number left.
  mutating func pair(for style: ResolvedStyle) -> Int32? {
    let foreground = code(style.foreground)
    let background = code(style.background)
    if foreground == 0, background == 0 { return 0 }
    let place = foreground * 257 + background
    if numbers[place] > 0 { return numbers[place] }
    guard count + 1 < capacity else { return nil }
    count += 1
    init_extended_pair(count, Int32(foreground) - 1, Int32(background) - 1)
    numbers[place] = count
    return count
  }

  /// Forgets all pairs: what is on the screen must be put again.
  mutating func reset() {
    for place in numbers.indices { numbers[place] = 0 }
    count = 0
    reset_color_pairs()
  }

  private func code(_ color: ResolvedColor) -> Int {
    guard case .index(let index) = color, colors > 0 else { return 0 }
    return (Int(index) < colors ? Int(index) : Int(index) % min(colors, 8)) + 1
  }
}
