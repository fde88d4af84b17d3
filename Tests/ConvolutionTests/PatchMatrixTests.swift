import Convolution
import StridedTensor
import TestSupport
import Testing

@Suite struct PatchMatrixTests {
  @Test func theLecturesMatrixOfSixBySix() throws {
    let input = try Tensor<Int32>(shape: [1, 6, 6, 1], elements: Array(0..<36))
    let geometry = try ConvolutionGeometry(input: [1, 6, 6, 1], weight: [3, 3, 1, 1])
    let view = try patchView(input, geometry: geometry)
    #expect(view.shape == [1, 4, 4, 3, 3, 1])
    #expect(view.strides == [36, 6, 1, 6, 1, 1])
    let matrix = try patchMatrix(input, geometry: geometry)
    #expect(matrix.shape == [16, 9])
    #expect(try matrix.at(0).elements() == [0, 1, 2, 6, 7, 8, 12, 13, 14])
    #expect(try matrix.at(15).elements() == [21, 22, 23, 27, 28, 29, 33, 34, 35])
    #expect(view.layout.multiplicity(of: 14) == 9)
  }

  @Test func columnsHoldAllChannelsAndPaddingIsZero() throws {
    let input = try Tensor<UInt8>(shape: [1, 2, 2, 2], elements: [1, 2, 3, 4, 5, 6, 7, 8])
    let geometry = try ConvolutionGeometry(
      input: [1, 2, 2, 2], weight: [2, 2, 1, 2], parameters: ConvolutionParameters(padding: .same, groups: 2))
    let matrix = try patchMatrix(input, geometry: geometry)
    #expect(matrix.shape == [4, 8])
    #expect(try matrix.at(0).elements() == [1, 2, 3, 4, 5, 6, 7, 8])
    #expect(try matrix.at(1).elements() == [3, 4, 0, 0, 7, 8, 0, 0])
    #expect(try matrix.at(3).elements() == [7, 8, 0, 0, 0, 0, 0, 0])
  }

  @Test func aOneByOneKernelNeedsNoCopy() throws {
    let input = try Tensor<Float>(shape: [2, 3, 4, 5], repeating: 1)
    let geometry = try ConvolutionGeometry(input: [2, 3, 4, 5], weight: [1, 1, 5, 7])
    let matrix = try patchMatrix(input, geometry: geometry)
    #expect(matrix.strides == [5, 1])
    #expect(geometry.scratchBytes(of: .im2col, itemSize: 4) == 0)
  }

  @Test func wrongTensorsAndTooMuchMemoryAreRefused() throws {
    let input = try Tensor<Float>(shape: [1, 4, 4, 1], repeating: 1)
    let weight = try Tensor<Float>(shape: [3, 3, 1, 2], repeating: 1)
    let geometry = try ConvolutionGeometry(input: [1, 4, 4, 1], weight: [3, 3, 1, 2])
    for algorithm in ConvolutionAlgorithm.allCases {
      func convolved(
        _ input: Tensor<Float>, _ weight: Tensor<Float>, bias: Tensor<Float>? = nil, threads: Int = 1,
        limit: Int = 1 << 20
      ) throws {
        _ = try convolve(
          input, weight, bias: bias, geometry: geometry, algorithm: algorithm, threads: threads, memoryLimit: limit)
      }
      try convolved(input, weight)
      #expect(throws: ConvolutionError.shape(of: "input", expected: [1, 4, 4, 1], got: [3, 3, 1, 2])) {
        try convolved(weight, weight)
      }
      #expect(throws: ConvolutionError.shape(of: "weight", expected: [3, 3, 1, 2], got: [1, 4, 4, 1])) {
        try convolved(input, input)
      }
      #expect(throws: ConvolutionError.bias(expected: 2, shape: [3])) {
        try convolved(input, weight, bias: Tensor(shape: [3], repeating: 0))
      }
      #expect(throws: ConvolutionError.notPositive("threads", 0)) { try convolved(input, weight, threads: 0) }
      #expect(throws: ConvolutionError.self) { try convolved(input, weight, limit: 31) }
    }
    #expect(throws: ConvolutionError.memory(of: "patch matrix", bytes: 144, limit: 143)) {
      try patchMatrix(input, geometry: geometry, memoryLimit: 143)
    }
    // A picture of one element, shown as one of 2⁴⁰: the geometry holds, the machine does not.
    let vast = try Tensor<Float>(shape: [1], repeating: 1).broadcast(to: [1, 1 << 20, 1 << 20, 1])
    let vastGeometry = try ConvolutionGeometry(input: vast.shape, weight: [3, 3, 1, 2])
    for algorithm in ConvolutionAlgorithm.allCases {
      #expect(throws: ConvolutionError.self) {
        try convolve(vast, weight, geometry: vastGeometry, algorithm: algorithm)
      }
    }
  }
}
