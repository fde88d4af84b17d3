import Screens
import Walkthroughs

/// The outputs that a picture of them needs, while one frame is drawn.
///
/// Where all outputs are known they are looked up, or their means. Until then each is the sum of its whole field; where there
/// are more than a frame has time for, neighbours share the value of one of them.
final class OutputSamples {
  private let painter: PanePainter
  private var known: [OutputIndex: Double?] = [:]

  /// Multiplications that the outputs of one frame may take: a few milliseconds.
  private static let frameWork = 4_000_000

  init(_ painter: PanePainter) { self.painter = painter }

  /// Whether a picture of all outputs has to leave some out.
  static func areCoarse(_ state: State) -> Bool {
    state.summary.outputs == nil && ExperimentSummary.work(of: state.geometry) > frameWork
  }

  /// What an output holds now, or the mean of those around it where a pixel spans several; nil where nothing has been added.
  func value(_ output: OutputIndex, span: Double) -> Double? {
    switch painter.progress(of: output) {
    case .none: return nil
    case .finished:
      let summary = painter.state.summary
      if let mean = summary.outputPyramid?.level(span: span)?.value(n: output.n, y: output.y, x: output.x, c: output.o)
      {
        return mean
      }
      if let value = summary.outputs?.value(output) { return value }
    case .partial: break
    }
    let step = self.step(span: span)
    // Every walk comes to the upper left of a block first, so that one has a value wherever another has.
    let corner = OutputIndex(n: output.n, y: output.y / step * step, x: output.x / step * step, o: output.o)
    if let value = known[corner] { return value }
    let value = painter.outputValue(corner)
    known[corner] = value
    return value
  }

  /// Rows and columns that share one sum: 1 where all that are seen can be summed.
  private func step(span: Double) -> Int {
    let geometry = painter.geometry
    let most = Double(max(Self.frameWork / max(geometry.patchColumns, 1), 1))
    let screen = Double(2 * painter.state.size.columns * painter.state.size.rows)
    let seen = min(Double(geometry.outputHeight) * Double(geometry.outputWidth), screen * span * span)
    return max(Int((seen / most).squareRoot().rounded(.up)), 1)
  }
}

extension PanePainter {
  enum OutputProgress {
    case none, partial, finished
  }

  /// How far the walk has come with an output element.
  func progress(of output: OutputIndex) -> OutputProgress {
    func progress(_ done: Int, of all: Int) -> OutputProgress { done == 0 ? .none : done < all ? .partial : .finished }
    switch state.view.scene {
    case .slide:
      if state.view.multiply != nil, output == state.slidingStep.output { return .partial }
      return progress(
        walk.channelsSummed(of: output, after: state.view.step), of: geometry.groupInputChannels)
    case .im2col:
      let column = output.o - matrix.group * geometry.groupOutputChannels
      return progress(
        termsDone(row: matrix.row(n: output.n, y: output.y, x: output.x), column: column), of: matrix.columns)
    case .memory, .tiles, .orders, .timing: return .none
    }
  }
}
