import Convolution
import Screens
import StridedTensor
import Walkthroughs

/// The sentences: what the screen shows, and why.
enum Explanation {
  static func drawSentence(_ state: State, on canvas: Canvas) {
    let sentence = fitting(state.scene.sentences(state), columns: canvas.columns - 1, state.appearance)
    canvas.put(sentence, column: 0, row: 0, Style(.explanation, [.bold]))
  }

  /// The first wording that has room, the shortest one cut if none has.
  static func fitting(_ wordings: [String], columns: Int, _ appearance: Appearance) -> String {
    let plain = wordings.map(appearance.plainGlyphs)
    return plain.first { $0.cellWidth <= columns }
      ?? truncated(plain.last ?? "", columns, ellipsis: appearance.glyphs.ellipsis)
  }

  static func drawFacts(_ state: State, _ painter: PanePainter, on canvas: Canvas) {
    if case .editing(let editing) = state.mode {
      switch editing.field.target {
      case .option, .viewOption: break
      case .view:
        painter.drawEditedView(editing, on: canvas)
        return
      case .input, .weight:
        painter.drawEditedCells(editing, on: canvas)
        return
      }
    }
    for (row, wordings) in state.scene.facts(state, painter).prefix(canvas.rows).enumerated() {
      let text = fitting(wordings, columns: canvas.columns - 2, state.appearance)
      canvas.put(text, column: 1, row: row, row == 0 ? .plain : Style(.explanation))
    }
  }

  /// What every scene says of a turned kernel.
  static let flipped = ["convolution: the kernel is turned by 180° (f turns it back)"]

  /// A number as 1st, 2nd, 3rd, 4th.
  static func ordinal(_ number: Int) -> String {
    let suffix: String
    switch (number % 10, number % 100) {
    case (_, 11...13): suffix = "th"
    case (1, _): suffix = "st"
    case (2, _): suffix = "nd"
    case (3, _): suffix = "rd"
    default: suffix = "th"
    }
    return "\(number)\(suffix)"
  }

  /// A number of bytes as caches are measured: 32 KiB.
  static func binaryBytes(_ count: Int) -> String {
    if count >= 1 << 20, count % (1 << 20) == 0 { return "\(count >> 20) MiB" }
    if count >= 1 << 10, count % (1 << 10) == 0 { return "\(count >> 10) KiB" }
    return "\(count) B"
  }
}
