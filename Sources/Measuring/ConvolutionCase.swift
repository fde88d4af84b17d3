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

  /// - Throws: `ConvolutionError.memory` if the arrays would take most of the machine's memory.
  public init(_ geometry: ConvolutionGeometry, threads: Int, seed: UInt64 = 0) throws {
    try MeasuringCase.checkMemory(elements: geometry.measuredElements, itemSize: MemoryLayout<E>.stride)
    self.geometry = geometry
    self.threads = threads
    // Drawn once and repeated with a long odd period: drawing millions of normal numbers would take longer than measuring.
    var numbers = NormalNumbers(seed: seed)
    let period = (0..<99_991).map { _ in E(numbers.next()) }
    func fill(_ shape: [Int], scale: E) throws -> Tensor<E> {
      try Tensor<E>(shape: shape) { target in
        for k in 0..<target.count { target.initializeElement(at: k, to: period[k % period.count] * scale) }
      }
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
    self.input = try input.contiguous()
    self.weight = try weight.contiguous()
    self.threads = threads
  }
}

/// Memory that is written again and again while measuring.
final class OutputMemory<E: ConvolutionElement> {
  let elements: UnsafeMutableBufferPointer<E>

  init(_ count: Int) {
    elements = UnsafeMutableBufferPointer(start: allocateAligned(count), count: count)
    elements.initialize(repeating: 0)
  }

  deinit { elements.baseAddress?.deallocate() }

  /// What was written last.
  func tensor(_ shape: [Int]) throws -> AnyTensor {
    E.erased(try Tensor(shape: shape) { _ = $0.initialize(fromContentsOf: elements) })
  }
}

/// The tensor that a contender made last.
final class LastOutput<E: ConvolutionElement> {
  var tensor: Tensor<E>?
}
