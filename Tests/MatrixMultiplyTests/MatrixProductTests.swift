import MatrixMultiply
import StridedTensor
import TestSupport
import Testing

/// The checked product of tensors.
@Suite struct MatrixProductTests {
  @Test func multipliesViewsWhereTheyLie() throws {
    let numbers = try Tensor<Float>(shape: [12], elements: (0..<12).map(Float.init))
    // Overlapping rows, and a matrix read backwards.
    let windows = try numbers.asStrided(Layout(shape: [3, 4], strides: [1, 1]))
    let backwards = try numbers.asStrided(Layout(shape: [4, 2], strides: [-2, -1], offset: 11))
    let product = try matrixProduct(windows, backwards)
    var expected: [Float] = []
    for i in 0..<3 {
      for j in 0..<2 { expected.append((0..<4).reduce(0) { $0 + Float(i + $1) * Float(11 - 2 * $1 - j) }) }
    }
    #expect(product.shape == [3, 2])
    #expect(product.elements() == expected)
  }

  @Test func emptyMatrices() throws {
    let tall = try Tensor<Double>(shape: [3, 0], elements: [])
    let wide = try Tensor<Double>(shape: [0, 2], elements: [])
    #expect(try matrixProduct(tall, wide).elements() == [0, 0, 0, 0, 0, 0])
    #expect(try matrixProduct(wide, Tensor(shape: [2, 5], repeating: 1)).shape == [0, 5])
  }

  @Test func saysWhatDoesNotFit() throws {
    let matrix = try Tensor<Float>(shape: [2, 3], repeating: 1)
    #expect(throws: StridedTensorError.self) { try matrixProduct(matrix, matrix) }
    #expect(throws: StridedTensorError.self) { try matrixProduct(matrix, Tensor(shape: [3], repeating: 1)) }
    #expect(throws: StridedTensorError.self) {
      try matrixProduct(matrix, Tensor(shape: [3, 1], repeating: 1), threads: 0)
    }
  }
}
