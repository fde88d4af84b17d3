import Screens
import Walkthroughs

/// The page behind `:errata`, and the second one behind `?`: where the lecture's notes err.
enum ErrataPage {
  static func lines(for state: State) -> [(text: String, style: Style)] {
    var lines: [(String, Style)] = []
    func add(_ text: String, _ style: Style = .plain) { lines.append((state.appearance.plainGlyphs(text), style)) }
    let width = state.size.columns - 12
    let lead = "The tool shows what is so. All numbers but measured times are computed from the layouts."
    for part in wrapped(lead, width) { add(part, Style(.explanation)) }
    for (number, erratum) in ((try? LectureErrata.all()) ?? []).enumerated() {
      add("")
      for (line, part) in wrapped("the notes: \(erratum.claim)", width).enumerated() {
        add((line == 0 ? "\(number + 1). " : "   ") + part, Style(.title, [.bold]))
      }
      for part in wrapped(erratum.truth, width) { add("   " + part) }
    }
    return lines
  }
}
