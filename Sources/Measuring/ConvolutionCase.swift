import Convolution
import Experiments
import MatrixMultiply
import StridedTensor

/// One shape with its numbers, ready to be convolved by every algorithm.
///
/// Input and weight are standard normal numbers, the weight scaled so that outputs are too.
public struct ConvolutionCase<E: ConvolutionElement> {
  public let geometry: ConvolutionGeometry
  /// Row-major.
  public let input: Tensor<E>
  public let weight: Tensor<E>
  public let threads: Int

  /// - Parameters:
  ///   - geometry: the shape.
  ///   - threads: how many threads every algorithm may use.
  ///   - seed: of the numbers.
  ///   - isCancelled: the wish to stop, asked now and then.
  /// - Throws: `ConvolutionError.memory` if the arrays would take most of the machine's memory; `MeasuringCancelled`.
  public init(
    _ geometry: ConvolutionGeometry, threads: Int, seed: UInt64 = 0, isCancelled: () -> Bool = { false }
  ) throws {
    try MeasuringCase.checkMemory(elements: geometry.measuredElements, itemSize: MemoryLayout<E>.stride)
    self.geometry = geometry
    self.threads = threads
    // Drawn once and repeated with a long odd period: drawing millions of normal numbers would take longer than measuring.
    var numbers = NormalNumbers(seed: seed)
    let period = (0..<99_991).map { _ in E(numbers.next()) }
    func fill(_ shape: [Int], scale: E) throws -> Tensor<E> {
      var isStopped = false
      let tensor = try Tensor<E>(shape: shape) { target in
        for start in stride(from: 0, to: target.count, by: period.count) {
          isStopped = isStopped || isCancelled()
          guard !isStopped else { return }
          for k in start..<min(start + period.count, target.count) {
            target.initializeElement(at: k, to: period[k - start] * scale)
          }
        }
      }
      if isStopped { throw MeasuringCancelled() }
      return tensor
    }
    input = try fill(geometry.inputShape, scale: 1)
    weight = try fill(geometry.weightShape, scale: 1 / E(geometry.patchColumns).squareRoot())
  }

  /// A case with numbers of the caller's.
  ///
  /// - Throws: `ConvolutionError` if they have not the geometry's shapes.
  public init(_ geometry: ConvolutionGeometry, input: Tensor<E>, weight: Tensor<E>, threads: Int = 1) throws {
    guard input.shape == geometry.inputShape else {
      throw ConvolutionError.shape(of: "input", expected: geometry.inputShape, got: input.shape)
    }
    guard weight.shape == geometry.weightShape else {
      throw ConvolutionError.shape(of: "weight", expected: geometry.weightShape, got: weight.shape)
    }
    self.geometry = geometry
    self.input = try input.contiguousInPieces()
    self.weight = try weight.contiguousInPieces()
    self.threads = threads
  }
}

/// Memory that is written again and again while measuring.
final class OutputMemory<E: ConvolutionElement> {
  let elements: UnsafeMutableBufferPointer<E>

  init(_ count: Int) {
    let elements = UnsafeMutableBufferPointer<E>(start: allocateAligned(count), count: count)
    self.elements = elements
    WorkerPool.shared.runInStretches(of: count) { elements[$0].initialize(repeating: 0) }
  }

  deinit { elements.baseAddress?.deallocate() }

  /// What was written last.
  func tensor(_ shape: [Int]) throws -> AnyTensor {
    E.erased(
      try Tensor(shape: shape) { target in
        WorkerPool.shared.runInStretches(of: elements.count) { _ = target[$0].initialize(fromContentsOf: elements[$0]) }
      })
  }

}

/// The tensor that a contender made last.
final class LastOutput<E: ConvolutionElement> {
  var tensor: Tensor<E>?
}
