import Convolution
import Screens

/// Timing's panels.
extension PanePainter {
  func timingTitles(of pane: Pane) -> [String] {
    switch pane {
    case .times:
      let threads = state.view.timing.threads
      let type = state.experiment.elementType.rawValue
      let many = "\(threads) thread\(threads == 1 ? "" : "s")"
      return [
        "times of \(timedShapeText), \(type), \(many)", "\(timedShapeText), \(type), \(many)", timedShapeText, "times",
      ]
    case .figures: return ["all figures", "figures"]
    case .roofline: return ["roofline: work a byte against speed", "roofline"]
    case .sweep: return ["time over one parameter", "sweep"]
    case .why: return ["why"]
    default: return ["this machine, and how far its clock is to be trusted", "machine and clock", "machine"]
    }
  }

  /// `10×32×32×8, 3×3×8→16`.
  var timedShapeText: String {
    let g = state.timedGeometry
    var text = g.inputShape.map { String($0) }.joined(separator: "×") + ", \(g.kernelHeight)×\(g.kernelWidth)×"
    text += "\(g.groupInputChannels)→\(g.outputChannels)"
    if g.stride != AxisPair(1) { text += " s\(g.stride.word)" }
    if !g.padding.isNone { text += " p\(PaddingRule.explicit(g.padding).word)" }
    if g.dilation != AxisPair(1) { text += " d\(g.dilation.word)" }
    if g.groups > 1 { text += " g\(g.groups)" }
    return text
  }

  func drawTiming(_ pane: Pane, on canvas: Canvas) {
    var row = 0
    func say(_ text: String, _ style: Style = .plain) {
      for line in wrapped(glyphs(text), canvas.columns - 2) {
        canvas.put(line, column: 1, row: row, style)
        row += 1
      }
    }
    switch pane {
    case .times:
      say("Nothing is measured yet; convscope bench measures the same in the terminal.", Style(.explanation, [.bold]))
      say("All take turns in random order, round after round, so that what slows the machine slows all of them:")
      let plans = ConvolutionAlgorithm.allCases.filter { $0 != .auto }.map { ($0.rawValue, plan(of: $0)) }
      let peers = [
        ("numpy", "the lecture's three versions, where the python3 in the path has NumPy"),
        ("pytorch", "conv2d, where it has PyTorch"),
      ]
      drawTable(
        plans + peers, on: canvas.part(Rect(column: 0, row: row, columns: canvas.columns, rows: canvas.rows - row)))
    default: say("not measured yet", Style(.faint))
    }
  }

  private func plan(of algorithm: ConvolutionAlgorithm) -> String {
    let g = state.timedGeometry
    let offsets = g.kernelHeight * g.kernelWidth
    guard algorithm.covers(g) else { return "left out: it covers 3×3 kernels with stride 1, dilation 1 and one group" }
    switch algorithm {
    case .naive: return "the lecture's seven loops, compiled"
    case .matmul: return "a matrix product for each of \(offsets) kernel offset\(offsets == 1 ? "" : "s")"
    case .im2col: return "patches copied into a matrix, then one product; both also apart"
    case .lazyIm2col: return "the same product, patches fetched by address, no matrix"
    case .direct: return "outputs held in registers, fields read where they lie"
    case .winograd: return "fewer multiplications, more additions"
    case .auto: return ""
    }
  }
}
