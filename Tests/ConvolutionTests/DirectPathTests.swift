import Convolution
import MatrixMultiply
import StridedTensor
import TestSupport
import Testing

/// Each kind of kernel behind `direct` and `im2col`, with every instruction set, element type and thread count.
@Suite struct DirectPathTests {
  struct Shape: CustomStringConvertible {
    let input: [Int]
    let weight: [Int]
    var parameters = ConvolutionParameters()
    let description: String
  }

  static let shapes: [Shape] = {
    let padded = Padding(top: 1, bottom: 2, left: 2, right: 1)
    var shapes: [Shape] = []
    for outputs in 1...9 {
      shapes += [
        Shape(input: [2, 9, 53, 1], weight: [3, 3, 1, outputs], description: "one channel, \(outputs) outputs"),
        Shape(
          input: [1, 7, 41, 1], weight: [3, 4, 1, outputs],
          parameters: ConvolutionParameters(padding: .explicit(padded), dilation: AxisPair(1, 2)),
          description: "one channel, padded and dilated, \(outputs) outputs"),
        Shape(
          input: [2, 11, 70, 3], weight: [3, 3, 3, outputs],
          parameters: ConvolutionParameters(padding: .explicit(padded)),
          description: "three channels, \(outputs) outputs"),
        Shape(
          input: [1, 12, 67, 3], weight: [2, 3, 3, outputs],
          parameters: ConvolutionParameters(
            stride: AxisPair(2, 3), padding: .explicit(padded), dilation: AxisPair(3, 2)),
          description: "three channels with steps, \(outputs) outputs"),
        Shape(input: [1, 6, 9, 21], weight: [3, 3, 21, outputs], description: "inner products, \(outputs) outputs"),
        Shape(
          input: [1, 6, 7, 40], weight: [3, 3, 40, outputs],
          parameters: ConvolutionParameters(padding: .explicit(padded), dilation: AxisPair(2)),
          description: "inner products, padded and dilated, \(outputs) outputs"),
        Shape(
          input: [1, 3, 5, 600], weight: [1, 1, 600, outputs], description: "long inner products, \(outputs) outputs"),
        Shape(
          input: [1, 8, 9, 6], weight: [3, 3, 2, 3 * outputs],
          parameters: ConvolutionParameters(padding: .explicit(padded), groups: 3),
          description: "three groups of \(outputs) outputs"),
      ]
    }
    // Blocks beside each other, the last one narrower.
    for outputs in [3, 8] {
      shapes += [
        Shape(
          input: [1, 24, 700, 3], weight: [3, 3, 3, outputs], parameters: ConvolutionParameters(padding: .same),
          description: "wide lines, \(outputs) outputs"),
        Shape(
          input: [1, 11, 1205, 4], weight: [3, 5, 4, outputs],
          parameters: ConvolutionParameters(
            stride: AxisPair(1, 2), padding: .explicit(padded), dilation: AxisPair(1, 3)),
          description: "wide lines with steps, \(outputs) outputs"),
      ]
    }
    for columns in [9, 15, 24, 41, 63] {
      shapes += [
        Shape(input: [1, 6, 9, 5], weight: [3, 3, 5, columns], description: "\(columns) columns of panels"),
        Shape(
          input: [1, 3, 4, 520], weight: [3, 3, 520, columns], parameters: ConvolutionParameters(padding: .same),
          description: "\(columns) columns of panels, added to"),
      ]
    }
    // Neighbouring pixels as one of more channels: some fill whole vectors, some lines are too short for that.
    for (channels, width) in [(2, 40), (3, 40), (6, 23), (10, 9), (5, 3), (12, 31)] {
      shapes.append(
        Shape(
          input: [2, 9, width, channels], weight: [3, 3, 1, channels],
          parameters: ConvolutionParameters(padding: .same, groups: channels),
          description: "depthwise, \(channels) channels in lines of \(width)"))
    }
    // Groups that share lines of the cache, lines around a vector's length.
    for (group, outputs, width) in [(4, 4, 14), (2, 4, 29), (1, 3, 50), (8, 8, 28), (5, 2, 17), (3, 7, 20)] {
      shapes.append(
        Shape(
          input: [1, 6, width, 6 * group], weight: [3, 3, group, 6 * outputs],
          parameters: ConvolutionParameters(padding: .same, groups: 6),
          description: "six groups of \(group) to \(outputs) in lines of \(width)"))
    }
    // Groups whose outputs are put together to whole lines of the cache.
    for (groups, group, outputs, width, step) in [
      (8, 4, 4, 30, 2), (4, 8, 8, 14, 1), (16, 1, 4, 33, 1), (2, 5, 8, 61, 3),
    ] {
      shapes.append(
        Shape(
          input: [2, 7, width, groups * group], weight: [3, 3, group, groups * outputs],
          parameters: ConvolutionParameters(stride: AxisPair(step), padding: .explicit(padded), groups: groups),
          description: "\(groups) groups of \(group) to \(outputs) in lines of \(width), step \(step)"))
    }
    // Kernels nearly as large as the picture: each output lies on padding in its own way.
    for (channels, outputs) in [(1, 1), (2, 3), (1, 7)] {
      shapes.append(
        Shape(
          input: [1, 30, 31, channels], weight: [27, 29, channels, outputs],
          parameters: ConvolutionParameters(padding: .same), description: "27×29 kernels, \(channels) to \(outputs)"))
    }
    for channels in [3, 8, 19, 33] {
      shapes.append(
        Shape(
          input: [1, 9, 40, channels], weight: [3, 3, 1, channels],
          parameters: ConvolutionParameters(
            stride: AxisPair(channels == 8 ? 2 : 1), padding: .explicit(padded), groups: channels),
          description: "depthwise, \(channels) channels"))
    }
    // Much on padding: met kernel column by kernel column, or, where weights are many, element by element; some never meet the picture.
    let far = ConvolutionParameters(
      stride: AxisPair(2, 3), padding: .explicit(Padding(top: 5, bottom: 6, left: 2, right: 5)),
      dilation: AxisPair(4, 3))
    shapes += [
      Shape(
        input: [2, 5, 4, 256], weight: [3, 3, 256, 20], parameters: ConvolutionParameters(padding: .explicit(padded)),
        description: "kernel columns, padded"),
      Shape(
        input: [1, 6, 7, 260], weight: [3, 4, 260, 3], parameters: far, description: "kernel columns, far outside"),
      Shape(
        input: [2, 16, 9, 33], weight: [5, 5, 33, 37], parameters: ConvolutionParameters(padding: .same),
        description: "kernel columns in bands"),
      Shape(
        input: [1, 6, 7, 36], weight: [3, 4, 36, 5],
        parameters: ConvolutionParameters(padding: .explicit(Padding(top: 9, bottom: 0, left: 9, right: 9))),
        description: "kernel columns, rows on padding alone"),
      Shape(
        input: [2, 5, 4, 256], weight: [3, 3, 256, 120], parameters: ConvolutionParameters(padding: .explicit(padded)),
        description: "kernel elements, padded"),
      Shape(
        input: [1, 6, 7, 260], weight: [3, 4, 260, 90], parameters: far, description: "kernel elements, far outside"),
      Shape(
        input: [1, 3, 4, 520], weight: [3, 3, 260, 6],
        parameters: ConvolutionParameters(padding: .explicit(padded), groups: 2),
        description: "two groups of many channels"),
      Shape(
        input: [1, 7, 7, 64], weight: [3, 3, 64, 40], parameters: ConvolutionParameters(padding: .same),
        description: "several panels and steps"),
      Shape(input: [1, 9, 10, 20], weight: [3, 3, 20, 70], description: "lines of 8, several panels"),
      Shape(
        input: [1, 5, 14, 30], weight: [3, 3, 30, 70], parameters: ConvolutionParameters(padding: .same),
        description: "lines of 14, padded, several panels"),
      Shape(input: [3, 10, 11, 8], weight: [3, 3, 8, 16], description: "the lecture's channels"),
      Shape(input: [2, 5, 6, 7], weight: [1, 1, 7, 18], description: "1×1"),
    ]
    return shapes
  }()

  @Test(arguments: InstructionSet.available, DirectPathTests.shapes)
  func agreesWithNaive(instructionSet: InstructionSet, shape: Shape) throws {
    try expectAgreement(Float.self, instructionSet, shape)
    try expectAgreement(Double.self, instructionSet, shape)
  }

  private func expectAgreement<E: ConvolutionElement>(
    _ type: E.Type, _ instructionSet: InstructionSet, _ shape: Shape
  ) throws {
    var random = SeededGenerator(seed: 5)
    func integers(_ shape: [Int]) throws -> Tensor<E> {
      try Tensor(shape: shape, elements: (0..<shape.reduce(1, *)).map { _ in E(random.int(-3...3)) })
    }
    let geometry = try ConvolutionGeometry(input: shape.input, weight: shape.weight, parameters: shape.parameters)
    let (input, weight) = (try integers(shape.input), try integers(shape.weight))
    for bias in [nil, try integers([geometry.outputChannels])] {
      let expected = try convolve(input, weight, bias: bias, geometry: geometry, algorithm: .naive).elements()
      for algorithm in [ConvolutionAlgorithm.direct, .lazyIm2col] {
        let prepared = try PreparedConvolution(
          weight: weight, bias: bias, geometry: geometry, algorithm: algorithm, instructionSet: instructionSet)
        for threads in [1, 2, 3, 8] {
          // Both arrays end at a guard page, or begin after one.
          let source = try #require(GuardedMemory(input.elements(), atStart: threads == 2))
          let target = try #require(
            GuardedMemory([E](repeating: .nan, count: geometry.outputCount), atStart: threads == 2))
          prepared.runUnchecked(source.start, into: target.start, threads: threads)
          #expect(target.elements == expected, "\(algorithm), \(threads) threads, bias \(bias != nil), \(E.self)")
        }
      }
      for threads in [1, 3] {
        let output = try convolve(
          input, weight, bias: bias, geometry: geometry, algorithm: .im2col, threads: threads,
          instructionSet: instructionSet)
        #expect(output.elements() == expected, "im2col, \(threads) threads, bias \(bias != nil), \(E.self)")
      }
    }
  }

  /// What was measured with each instruction set, whether this processor runs it or not.
  @Test func fewWeightsToReadDecideForWinograd() throws {
    func choice(
      _ side: Int, _ channels: Int, runs: Int? = nil, padding: PaddingRule = .valid, with instructionSet: InstructionSet
    ) throws -> ConvolutionAlgorithm {
      try ConvolutionGeometry(
        input: [1, side, side, channels], weight: [3, 3, channels, channels],
        parameters: ConvolutionParameters(padding: padding)
      ).automaticChoice(runs: runs, instructionSet: instructionSet).algorithm
    }
    for instructionSet in [InstructionSet.avx2, .avx512] {
      #expect(try choice(56, 64, with: instructionSet) == .winograd)
      #expect(try choice(14, 256, with: instructionSet) == .winograd)
      #expect(try choice(7, 512, padding: .same, with: instructionSet) == .winograd)
      // 2×2 outputs of 512 channels: the transformed weights are nearly twice as many, and each is read for one tile.
      #expect(try choice(4, 512, with: instructionSet) == .direct)
      #expect(try choice(56, 16, with: instructionSet) == .winograd)
      // Fewer channels than a vector, and transforms and 36 products for a few outputs of few channels.
      #expect(try choice(56, 4, with: instructionSet) == .direct)
      #expect(try choice(14, 8, with: instructionSet) == .direct)
      // Used once, many weights are not worth their transform.
      #expect(try choice(56, 64, runs: 1, with: instructionSet) == .winograd)
      #expect(try choice(28, 128, runs: 1, with: instructionSet) == .winograd)
      #expect(try choice(14, 256, runs: 1, with: instructionSet) == .direct)
      #expect(try choice(14, 256, runs: 100, with: instructionSet) == .winograd)
      #expect(try choice(7, 512, runs: 1, with: instructionSet) == .direct)
    }
    // A slower cache between the cores, in the time of a faster multiplication.
    #expect(try choice(7, 512, with: .avx2) == .winograd)
    #expect(try choice(7, 512, with: .avx512) == (SecondLevelCache.isLarge ? .winograd : .direct))
    // Most of each field lies on padding, which `direct` leaves out.
    #expect(try choice(3, 512, padding: .same, with: .avx512) == .direct)
    #expect(try choice(5, 512, padding: .same, with: .avx512) == .direct)
    // Half a vector of channels.
    #expect(try choice(56, 8, with: .avx2) == .winograd)
    #expect(try choice(56, 8, with: .avx512) == .direct)
  }

  @Test func scratchOfPlanesStaysSmall() throws {
    let geometry = try ConvolutionGeometry(input: [1, 1080, 1920, 3], weight: [3, 3, 3, 3])
    let bytes = geometry.scratchBytes(of: .direct, itemSize: 4)
    #expect(bytes > 0 && bytes < 1 << 20)
    let wide = try ConvolutionGeometry(input: [1, 56, 56, 64], weight: [3, 3, 64, 64])
    #expect(wide.scratchBytes(of: .direct, itemSize: 4) == 0)
  }

  /// A field whose planes would fill memory, though only its middle meets the picture.
  @Test(arguments: InstructionSet.available, [3, 8]) func farApartFieldsTakeNoScratch(
    instructionSet: InstructionSet, outputs: Int
  ) throws {
    let far = 1 << 20
    var random = SeededGenerator(seed: 3)
    let input = try ExactCase<Float>.integers([1, 5, 20, 3], &random)
    let weight = try ExactCase<Float>.integers([3, 3, 3, outputs], &random)
    let geometry = try ConvolutionGeometry(
      input: input.shape, weight: weight.shape,
      parameters: ConvolutionParameters(
        padding: .explicit(Padding(top: far, bottom: far, left: far, right: far)), dilation: AxisPair(far)))
    #expect(geometry.scratchBytes(of: .direct, itemSize: 4) == 0)
    let middle = try weight.asStrided(
      Layout(
        shape: [1, 1, 3, outputs], strides: weight.strides,
        offset: weight.layout.offset + weight.strides[0] + weight.strides[1]))
    let expected = try convolve(
      input, middle, geometry: ConvolutionGeometry(input: input.shape, weight: middle.shape), algorithm: .naive)
    let output = try convolve(
      input, weight, geometry: geometry, algorithm: .direct, threads: 2, instructionSet: instructionSet)
    #expect(output.elements() == expected.elements())
  }

  /// Lines so long, and fields so large, that they are computed in stretches.
  @Test(
    arguments: [
      // The tile, depthwise, one channel, planes; im2col cuts the lines of the first, lazy-im2col the fields of the last.
      ([1, 3, 15_000, 64], [3, 3, 64, 17], 1), ([1, 1, 520_000, 24], [1, 3, 1, 24], 24),
      ([1, 1, 2_200_000, 1], [1, 3, 1, 1], 1), ([1, 1, 1_200_000, 2], [1, 3, 2, 3], 1),
      ([1, 4, 40, 2048], [3, 3, 2048, 2], 1),
    ] as [([Int], [Int], Int)])
  func longLinesAreComputedInStretches(input: [Int], weight: [Int], groups: Int) throws {
    let geometry = try ConvolutionGeometry(
      input: input, weight: weight, parameters: ConvolutionParameters(groups: groups))
    // Small whole numbers: every sum is exact.
    func numbers(_ shape: [Int], _ step: Int) throws -> Tensor<Float> {
      try Tensor(shape: shape) { target in
        for k in target.indices { target.initializeElement(at: k, to: Float(k &* step % 7 - 3)) }
      }
    }
    let (x, w) = (try numbers(input, 31), try numbers(weight, 17))
    let wanted = try convolve(x, w, geometry: geometry, algorithm: .naive).elements()
    for algorithm in [ConvolutionAlgorithm.direct, .im2col, .lazyIm2col] {
      for threads in [1, 2] {
        let got = try convolve(x, w, geometry: geometry, algorithm: algorithm, threads: threads).elements()
        #expect(got == wanted, "\(algorithm), \(threads) threads")
      }
    }
  }

  /// One line of a picture is one task; inside of it every algorithm but the oracle asks whether it is still wanted, and ends where it is not.
  @Test(
    arguments: [([1, 1, 3_000_000, 2], [1, 3, 2, 3]), ([1, 1, 3_000_000, 1], [1, 3, 1, 1])] as [([Int], [Int])],
    [ConvolutionAlgorithm.matmul, .im2col, .lazyIm2col, .direct])
  func aLongLineCanBeStopped(shapes: ([Int], [Int]), algorithm: ConvolutionAlgorithm) throws {
    let padded = ConvolutionParameters(padding: .explicit(Padding(top: 0, bottom: 0, left: 1, right: 1)))
    let geometry = try ConvolutionGeometry(input: shapes.0, weight: shapes.1, parameters: padded)
    let x = try Tensor<Float>(shape: shapes.0) { $0.initialize(repeating: 1) }
    let w = try Tensor<Float>(shape: shapes.1) { $0.initialize(repeating: 1) }
    func questions(before most: Int) throws -> (count: Int, isWhole: Bool) {
      var asked = 0
      let output = try WorkerPool.shared.stoppable(when: {
        asked += 1
        return asked > most
      }) {
        try convolve(x, w, geometry: geometry, algorithm: algorithm)
      }
      return (asked, output != nil)
    }
    let whole = try questions(before: .max)
    #expect(whole.isWhole && whole.count >= 6, "\(whole.count) questions")
    for most in 0..<min(whole.count, 12) {
      let stopped = try questions(before: most)
      #expect(!stopped.isWhole && stopped.count == most + 1)
    }
  }
}
