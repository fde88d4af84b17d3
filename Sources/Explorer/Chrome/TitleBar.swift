import Convolution
import Experiments
import Screens

/// The first line: the tabs, and the experiment in a few letters.
enum TitleBar {
  private static let tabs: [(scene: Scene, text: String)] = Scene.allCases.map { ($0, "\($0.number) \($0.title)") }

  static func draw(_ state: State, on canvas: Canvas) {
    for (scene, columns) in places {
      let text = tabs.first { $0.scene == scene }?.text ?? ""
      if scene == state.view.scene {
        canvas.put("[\(text)]", column: columns.lowerBound, row: 0, Style(.title, [.bold]))
      } else {
        canvas.put(" \(text) ", column: columns.lowerBound, row: 0, Style(.faint))
        if scene == .timing, state.timing.running != nil {
          // Measured in the background, or held while something plays.
          let glyphs = state.appearance.glyphs
          let mark = state.timing.waits ? glyphs.pause : glyphs.play
          canvas.put(Cell(mark, Style(.good)), column: columns.upperBound - 1, row: 0)
        }
      }
    }
    let start = places.map(\.columns.upperBound).max() ?? 0
    let shown = Explanation.fitting(experimentLines(state), columns: canvas.columns - start - 2, state.appearance)
    canvas.put(shown, column: canvas.columns - shown.cellWidth - 1, row: 0, Style(.faint))
  }

  private static var places: [(scene: Scene, columns: Range<Int>)] {
    var column = 0
    return tabs.map { tab in
      let width = tab.text.count + 2
      defer { column += width }
      return (tab.scene, column..<column + width)
    }
  }

  static func scene(atColumn column: Int) -> Scene? { places.first { $0.columns.contains(column) }?.scene }

  /// `picture 48×64 · sobel-x K3 s1 p0 d1`; longer wordings first.
  static func experimentLines(_ state: State) -> [String] {
    let g = state.geometry
    let shape = (g.batch > 1 ? "\(g.batch)×" : "") + "\(g.inputHeight)×\(g.inputWidth)"
    let input = shape + (g.inputChannels > 1 ? "×\(g.inputChannels)" : "")
    let kernel =
      "K\(AxisPair(g.kernelHeight, g.kernelWidth).word) s\(g.stride.word) p\(PaddingRule.explicit(g.padding).word)"
      + " d\(g.dilation.word)" + (g.groups > 1 ? " g\(g.groups)" : "")
    let whole = kernel + (state.view.flipped ? " flipped" : "")
    let (name, weight) = (state.experiment.inputName, state.experiment.weightName)
    return [
      "\(name) \(input) · \(weight) \(whole)", "\(name) \(input) · \(whole)", "\(input) · \(whole)", whole,
      state.view.flipped ? "\(kernel) flip" : kernel,
    ]
  }
}
