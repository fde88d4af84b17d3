import Convolution
import Walkthroughs

extension State {
  /// The convolution that Timing measures.
  var timedGeometry: ConvolutionGeometry {
    switch view.timing.shape {
    case .experiment: geometry
    case .specification(let shape): shape.geometry
    }
  }

  /// The row with the cursor.
  var timedContender: String { view.timing.contender ?? ConvolutionAlgorithm.im2col.rawValue }

  /// The code of the row with the cursor, with the numbers of the measured shape.
  var timedCode: [String] { TimedCode.lines(of: timedContender, timedGeometry) }
}
