import Convolution
import Foundation
import MatrixMultiply
import StridedTensor
import TensorFiles
import TestSupport
import Testing

/// Every algorithm against PyTorch's results.
@Suite struct GoldenTests {
  /// Allowed error of an output in units of ε·Σ|a·b|: rounding grows with the square root of the number of terms at worst
  /// here, and PyTorch's own error is in the figure too.
  static let allowance = 4.0
  /// Winograd's rounding depends on all sums of a tile: some ten times as much is allowed.
  static let winogradAllowance = 16 * allowance

  @Test func theManifestIsWhole() throws {
    let archives = try FileManager.default.contentsOfDirectory(
      atPath: Fixtures.directory.appending(path: "golden").path
    )
    .filter { $0.hasSuffix(".npz") }
    // All but the lecture's views are convolutions.
    #expect(try GoldenCase.all().count == archives.count - 1)
  }

  @Test(arguments: try GoldenCase.all(), ConvolutionAlgorithm.allCases)
  func agreesWithPyTorch(golden: GoldenCase, algorithm: ConvolutionAlgorithm) throws {
    switch try golden.array("input") {
    case .float32(let input):
      try expectAgreement(golden, input, algorithm)
      // PyTorch's rounding is then all the difference that there is.
      try expectAgreement(golden, input.converted(to: Double.self), algorithm, epsilon: Double(Float.ulpOfOne))
    case .float64(let input): try expectAgreement(golden, input, algorithm)
    case let other: Issue.record("expected a floating type, got \(other.elementType)")
    }
  }

  private func expectAgreement<E: ConvolutionElement>(
    _ golden: GoldenCase, _ input: Tensor<E>, _ algorithm: ConvolutionAlgorithm, epsilon: Double = Double(E.ulpOfOne)
  ) throws {
    let weight = try golden.array("weight").converted(to: E.elementType).tensor(of: E.self)
    let bias = golden.hasBias ? try golden.array("bias").tensor(of: E.self) : nil
    let geometry = try ConvolutionGeometry(
      input: input.shape, weight: weight.shape, parameters: golden.parameters)
    guard algorithm.covers(geometry) else {
      #expect(throws: ConvolutionError.self) {
        try convolve(input, weight, geometry: geometry, algorithm: algorithm)
      }
      return
    }
    let expected = try golden.array("output")
    let wanted = expected.elementsAsDouble
    // Σ|a·b| of each output is the convolution of the absolute values.
    let sums = try convolve(
      input.map(abs), weight.map(abs), bias: bias?.map(abs), geometry: geometry, algorithm: .naive
    ).elements()
    for instructionSet in algorithm == .naive ? [.best] : InstructionSet.available {
      let chosen =
        algorithm == .auto ? geometry.automaticChoice(runs: 1, instructionSet: instructionSet).algorithm : algorithm
      let allowance = chosen == .winograd ? Self.winogradAllowance : Self.allowance
      for threads in algorithm == .naive ? [1] : AgreementTests.threadCounts {
        let output = try convolve(
          input, weight, bias: bias, geometry: geometry, algorithm: algorithm, threads: threads,
          instructionSet: instructionSet)
        #expect(output.shape == expected.shape)
        for (k, value) in output.elements().enumerated() {
          let allowed = allowance * epsilon * Double(sums[k])
          guard abs(Double(value) - wanted[k]) <= allowed else {
            Issue.record(
              """
              \(golden.name) by \(algorithm) \(E.self) \(instructionSet) on \(threads) threads: output \(k) is \(value), \
              expected \(wanted[k]) ± \(allowed)
              """)
            return
          }
        }
      }
    }
  }

  @Test func theLecturesViews() throws {
    func array(_ name: String) throws -> AnyTensor {
      try TensorFile.read(Fixtures.directory.appending(path: "golden/lecture-arange.npz").path, member: name).tensor
    }
    let a = try array("A").tensor(of: Float.self)
    let tiles = try a.asStrided(shape: [3, 3, 2, 2], strides: [12, 2, 6, 1])
    #expect(try tiles.strides == a.tiled(2).strides)
    #expect(try tiles.elements().map(Double.init) == array("tiled").elementsAsDouble)
    #expect(try tiles.elements().map(Double.init) == array("tiled_memory").elementsAsDouble)
    let windows = try a.windows(AxisWindow(axis: 0, length: 3), AxisWindow(axis: 1, length: 3))
    #expect(windows.layout.byteStrides(itemSize: 4) == [24, 4, 24, 4])
    #expect(try windows.elements().map(Double.init) == array("windows").elementsAsDouble)

    let geometry = try ConvolutionGeometry(input: [1, 6, 6, 1], weight: [3, 3, 1, 1])
    let picture = try a.reshaped(to: [1, 6, 6, 1])
    let matrix = try patchMatrix(picture, geometry: geometry)
    #expect(try matrix.elements().map(Double.init) == array("patch_matrix").elementsAsDouble)
    let weight = try array("W").tensor(of: Float.self).reshaped(to: [3, 3, 1, 1])
    for algorithm in ConvolutionAlgorithm.allCases {
      let output = try convolve(picture, weight, geometry: geometry, algorithm: algorithm).elements().map(Double.init)
      let wanted = try array("output").elementsAsDouble
      // Nothing here is negative, so an output is its own Σ|a·b|. Small whole numbers are exact everywhere but in Winograd.
      let allowed = algorithm == .winograd ? Self.winogradAllowance * Double(Float.ulpOfOne) : 0
      #expect(output.count == wanted.count && zip(output, wanted).allSatisfy { abs($0 - $1) <= allowed * $1 })
    }
    let copies = try (0..<36).map { Double(try #require(windows.layout.multiplicity(of: $0))) }
    #expect(try copies == array("multiplicity").elementsAsDouble)
  }
}

extension AnyTensor {
  fileprivate func tensor<E: TensorElement>(of type: E.Type) throws -> Tensor<E> {
    try visit(TypedVisitor<E>())
  }
}

private struct TypedVisitor<Wanted: TensorElement>: TensorVisitor {
  func visit<Element: TensorElement>(_ tensor: Tensor<Element>) throws(StridedTensorError) -> Tensor<Wanted> {
    try tensor.converted(to: Wanted.self)
  }
}
