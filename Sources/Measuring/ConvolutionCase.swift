import Convolution
import Experiments
import MatrixMultiply
import StridedTensor

/// One shape with its numbers, ready to be convolved by every algorithm.
///
/// Input and weight are standard normal numbers, the weight scaled so that outputs are too.
public struct ConvolutionCase<E: ConvolutionElement> {
  public let geometry: ConvolutionGeometry
  public let input: Tensor<E>
  public let weight: Tensor<E>
  public let threads: Int

  /// - Throws: `ConvolutionError.memory` if the arrays would take most of the machine's memory.
  public init(_ geometry: ConvolutionGeometry, threads: Int, seed: UInt64 = 0) throws {
    // Input, weight and its packed form, the output of each contender that keeps one.
    let count =
      geometry.inputShape.reduce(1, *) + 3 * geometry.weightShape.reduce(1, *) + 6 * geometry.outputCount
    try Self.checkMemory(count)
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
    self.input = input
    self.weight = weight
    self.threads = threads
  }

  static func checkMemory(_ count: Int) throws(ConvolutionError) {
    let bytes = count.multipliedReportingOverflow(by: MemoryLayout<E>.stride)
    guard !bytes.overflow, bytes.partialValue <= MachineMemory.bytes else {
      throw .memory(of: "measurement", bytes: bytes.overflow ? .max : bytes.partialValue, limit: MachineMemory.bytes)
    }
  }

  /// An algorithm as a contender; naive loops on a part of the picture where the whole takes too long.
  public func contender(
    _ algorithm: ConvolutionAlgorithm, isExact: Bool, includesPreparation: Bool
  ) throws -> (contender: Contender, chosen: ConvolutionAlgorithm, preparedBytes: Int) {
    let (geometry, input, weight, threads) = (geometry, input, weight, threads)
    switch algorithm {
    case .naive, .matmul, .im2col:
      let part = algorithm == .naive ? try partForNaive() : self
      let scale = Double(geometry.operations) / Double(part.geometry.operations)
      let contender = Contender(name: algorithm.rawValue, scale: scale) { runs in
        try seconds(runs: runs) {
          _ = try convolve(
            part.input, part.weight, geometry: part.geometry, algorithm: algorithm, threads: threads)
        }
      }
      return (contender, algorithm, 0)
    case .lazyIm2col, .direct, .winograd, .auto:
      let prepared = try PreparedConvolution(weight: weight, geometry: geometry, algorithm: algorithm, isExact: isExact)
      let output = OutputMemory<E>(geometry.outputCount)
      let contender = Contender(name: algorithm.rawValue) { runs in
        try seconds(runs: runs) {
          let used =
            includesPreparation
            ? try PreparedConvolution(weight: weight, geometry: geometry, algorithm: algorithm, isExact: isExact)
            : prepared
          try used.run(input, into: output.elements, threads: threads)
        }
      }
      return (contender, prepared.algorithm, prepared.preparedBytes)
    }
  }

  /// Multiplications that the naive loops may take in one run.
  private static var naiveLimit: Int { 200_000_000 }

  /// The first picture, and of it only as many rows as the naive loops do in reasonable time.
  private func partForNaive() throws -> ConvolutionCase {
    guard geometry.operations > Self.naiveLimit else { return self }
    let perRow = geometry.operations / (geometry.batch * geometry.outputHeight)
    let rows = min(max(Self.naiveLimit / max(perRow, 1), 1), geometry.outputHeight)
    let height = min((rows - 1) * geometry.stride.vertical + geometry.fieldHeight, geometry.inputHeight)
    let part = try ConvolutionGeometry(
      input: [1, height, geometry.inputWidth, geometry.inputChannels], weight: geometry.weightShape,
      parameters: ConvolutionParameters(
        stride: geometry.stride,
        padding: .explicit(
          Padding(top: 0, bottom: 0, left: geometry.padding.left, right: geometry.padding.right)),
        dilation: geometry.dilation, groups: geometry.groups))
    return try ConvolutionCase(part, threads: threads)
  }

  /// The largest difference between an algorithm's output and the definition computed in Double.
  ///
  /// All outputs are compared where that takes less than about a second, else a seeded sample.
  public func largestError(of algorithm: ConvolutionAlgorithm, isExact: Bool) throws -> Double {
    let output = try convolve(
      input, weight, geometry: geometry, algorithm: algorithm, threads: threads, isExact: isExact)
    return try largestError(ofOutput: output)
  }

  /// The same for an output that is there already.
  public func largestError(ofOutput output: Tensor<E>) throws -> Double {
    let affordable = 300_000_000 / max(geometry.patchColumns * 2, 1)
    let isWhole = geometry.outputCount <= affordable
    var random = SplitMix64(seed: 1)
    var largest = 0.0
    output.withUnsafeBuffer { output in
      input.withUnsafeBuffer { input in
        weight.withUnsafeBuffer { weight in
          for k in 0..<(isWhole ? geometry.outputCount : affordable) {
            let index = isWhole ? k : Int.random(in: 0..<geometry.outputCount, using: &random)
            let expected = exactOutput(index, geometry, input, weight)
            let difference = abs(Double(output[index]) - expected)
            if difference.isNaN {
              largest = .nan
              return
            }
            largest = max(largest, difference)
          }
        }
      }
    }
    return largest
  }
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

/// Memory that is written again and again while measuring.
final class OutputMemory<E: ConvolutionElement> {
  let elements: UnsafeMutableBufferPointer<E>

  init(_ count: Int) {
    elements = UnsafeMutableBufferPointer(start: allocateAligned(count), count: count)
    elements.initialize(repeating: 0)
  }

  deinit { elements.baseAddress?.deallocate() }
}
