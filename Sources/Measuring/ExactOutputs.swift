import Convolution
import Experiments
import MatrixMultiply
import StridedTensor

/// Outputs of a case by the definition, computed in Double: all of them, or a seeded sample where all would take over a second.
public struct ExactOutputs: Sendable {
  private let shape: [Int]
  /// Row-major indices; nil for all.
  private let indices: [Int]?
  private let values: [Double]
  private let largest: Double

  /// Multiplications and additions that are made at most.
  private static let affordable = 300_000_000
  /// Between two questions whether to stop.
  private static let stretch = 5_000_000
  /// What finding the place of an output costs, as multiplications.
  private static let leastOperations = 32

  /// - Throws: `MeasuringCancelled` when asked to stop.
  public init<E: ConvolutionElement>(_ item: ConvolutionCase<E>, isCancelled: () -> Bool = { false }) throws {
    let geometry = item.geometry
    let perOutput = 2 * geometry.patchColumns
    let affordable = max(Self.affordable / perOutput, 1)
    var random = SplitMix64(seed: 1)
    let isSample = geometry.outputCount > affordable
    shape = geometry.outputShape
    let count = min(affordable, geometry.outputCount)
    var (indices, values, largest) = ([Int](), [Double](), 0.0)
    values.reserveCapacity(count)
    if isSample { indices.reserveCapacity(count) }
    // Few sums of many terms, or many of few.
    let stretch = max(Self.stretch / max(perOutput, Self.leastOperations), 1)
    for start in stride(from: 0, to: count, by: stretch) {
      if isCancelled() { throw MeasuringCancelled() }
      item.input.withUnsafeBuffer { input in
        item.weight.withUnsafeBuffer { weight in
          for k in start..<min(start + stretch, count) {
            let index = isSample ? Int.random(in: 0..<geometry.outputCount, using: &random) : k
            if isSample { indices.append(index) }
            let value = exactOutput(index, geometry, input, weight)
            values.append(value)
            largest = max(largest, abs(value))
          }
        }
      }
    }
    self.indices = isSample ? indices : nil
    self.values = values
    self.largest = largest
  }

  /// How far an output is from these; can be stopped (`WorkerPool.stoppable`).
  ///
  /// - Throws: `ConvolutionError.shape` for an output of another shape.
  public func error<E: ConvolutionElement>(of output: Tensor<E>) throws -> OutputError {
    guard output.shape == shape else {
      throw ConvolutionError.shape(of: "output", expected: shape, got: output.shape)
    }
    let output = try output.contiguousInPieces()
    let (worst, squares) = output.withUnsafeBuffer { elements in
      distance(UnsafeBufferPointer(rebasing: elements[output.layout.offset...]), at: indices, from: values)
    }
    let total = shape.reduce(1, *)
    let norm = (squares * Double(total) / Double(values.count)).squareRoot()
    return OutputError(
      largest: worst, relative: largest > 0 ? worst / largest : worst, norm: norm, compared: values.count, total: total)
  }

  /// The same for an output whose element type is known only now.
  public func error(of output: AnyTensor) throws -> OutputError? {
    switch output {
    case .float32(let tensor): try error(of: tensor)
    case .float64(let tensor): try error(of: tensor)
    default: nil
    }
  }
}

/// The largest difference, and the sum of all squared, of outputs at some row-major indices, or of all, from what they should be.
@_specialize(where E == Float)
@_specialize(where E == Double)
private func distance<E: ConvolutionElement>(
  _ outputs: UnsafeBufferPointer<E>, at indices: [Int]?, from values: [Double]
) -> (worst: Double, squares: Double) {
  var (worst, squares) = (0.0, 0.0)
  WorkerPool.shared.runInStretches(of: values.count) { stretch in
    for k in stretch {
      let difference = abs(Double(outputs[indices?[k] ?? k]) - values[k])
      squares += difference * difference
      if !(difference <= worst), !worst.isNaN { worst = difference }
    }
  }
  return (worst, squares)
}

/// One output element by the definition, in Double, from row-major NHWC and KKIO.
@_specialize(where E == Float)
@_specialize(where E == Double)
private func exactOutput<E: ConvolutionElement>(
  _ index: Int, _ g: ConvolutionGeometry, _ input: UnsafeBufferPointer<E>, _ weight: UnsafeBufferPointer<E>
) -> Double {
  let o = index % g.outputChannels
  let x = index / g.outputChannels % g.outputWidth
  let y = index / (g.outputChannels * g.outputWidth) % g.outputHeight
  let n = index / (g.outputChannels * g.outputWidth * g.outputHeight)
  let firstChannel = o / g.groupOutputChannels * g.groupInputChannels
  var sum = 0.0
  for i in 0..<g.kernelHeight {
    let row = y * g.stride.vertical + i * g.dilation.vertical - g.padding.top
    guard row >= 0, row < g.inputHeight else { continue }
    for j in 0..<g.kernelWidth {
      let column = x * g.stride.horizontal + j * g.dilation.horizontal - g.padding.left
      guard column >= 0, column < g.inputWidth else { continue }
      let pixel = ((n * g.inputHeight + row) * g.inputWidth + column) * g.inputChannels + firstChannel
      let kernel = (i * g.kernelWidth + j) * g.groupInputChannels
      for c in 0..<g.groupInputChannels {
        sum += Double(input[pixel + c]) * Double(weight[(kernel + c) * g.outputChannels + o])
      }
    }
  }
  return sum
}
