import Convolution
import Experiments
import StridedTensor
import TensorFiles
import Testing

/// What becomes of words and tensors.
@Suite struct ExperimentTests {
  private func words(_ options: [(String, String)]) throws -> ExperimentWords {
    var words = ExperimentWords()
    for (option, value) in options { try words.set(option, value) }
    return words
  }

  private func experiment(
    _ options: [(String, String)], source: MemorySource = MemorySource()
  ) throws -> Experiment {
    try Experiment(words(options), source: source)
  }

  private func array(_ shape: [Int], type: ElementType = .float32) throws -> LoadedTensor {
    let count = shape.reduce(1, *)
    let tensor = try Tensor(shape: shape, elements: (0..<count).map { Double($0) }).erased
    return LoadedTensor(tensor: try tensor.converted(to: type), kind: .array)
  }

  @Test func theDefaultIsAGreyPictureUnderSobel() throws {
    let experiment = try experiment([])
    #expect(experiment.input.shape == [1, 48, 64, 1])
    #expect(experiment.weight.shape == [3, 3, 1, 1])
    #expect(experiment.weight.elementsAsDouble == [-1, 0, 1, -2, 0, 2, -1, 0, 1])
    #expect(experiment.elementType == .float32)
    #expect(experiment.geometry.outputShape == [1, 46, 62, 1])
    let levels = experiment.input.elementsAsDouble.map { ($0 * 255).rounded() }
    #expect(zip(levels, experiment.input.elementsAsDouble).allSatisfy { Double(Float($0) / 255) == $1 })
    // A scene with darks and lights, the same on every machine.
    #expect(try #require(levels.min()) < 40)
    #expect(try #require(levels.max()) > 230)
    #expect(levels.reduce(0, +) == 356_860)
  }

  @Test func colouredPicturesTakeTheKernelChannelByChannel() throws {
    let experiment = try experiment([("input", "picture:10x12x3")])
    #expect(experiment.input.shape == [1, 10, 12, 3])
    #expect(experiment.weight.shape == [3, 3, 1, 3])
    #expect(experiment.geometry.groups == 3)
    #expect(experiment.weight.elementsAsDouble.prefix(9) == [-1, -1, -1, 0, 0, 0, 1, 1, 1])
    #expect(throws: ExperimentError.self) { try self.experiment([("input", "picture:10x12x3"), ("groups", "1")]) }
  }

  @Test(arguments: [
    ("H", "nhwc", [4, 5], [1, 4, 5, 1], [0, 5, 1, 0]), ("HWC", "nhwc", [4, 5, 2], [1, 4, 5, 2], [0, 10, 2, 1]),
    ("NHWC", "nhwc", [3, 4, 5, 2], [3, 4, 5, 2], [40, 10, 2, 1]), ("H", "nchw", [4, 5], [1, 4, 5, 1], [0, 5, 1, 0]),
    ("CHW", "nchw", [2, 4, 5], [1, 4, 5, 2], [0, 5, 1, 20]),
    ("NCHW", "nchw", [3, 2, 4, 5], [3, 4, 5, 2], [40, 5, 1, 20]),
  ])
  func arraysAreViewsOverTheirOwnMemory(
    name: String, layout: String, given: [Int], shape: [Int], strides: [Int]
  ) throws {
    let source = MemorySource(["x.npy": try array(given)])
    let input = try experiment([("input", "x.npy"), ("layout", layout), ("kernel-size", "3")], source: source).input
    #expect(input.shape == shape)
    for axis in 0..<4 where shape[axis] > 1 { #expect(input.strides[axis] == strides[axis]) }
    #expect(input.bufferCount == given.reduce(1, *))
  }

  @Test func pyTorchWeightsAreSeenAsKKIO() throws {
    let source = MemorySource(["w.npy": try array([4, 2, 3, 5])])
    let experiment = try experiment(
      [("input", "arange:1x2x8x8"), ("weight", "w.npy"), ("layout", "nchw")], source: source)
    #expect(experiment.weight.shape == [3, 5, 2, 4])
    #expect(experiment.weight.strides == [5, 1, 15, 30])
  }

  @Test(arguments: [
    (ElementType.float32, ElementType.float32, ElementType.float32), (.float64, .float32, .float64),
    (.float32, .float64, .float64), (.int64, .float32, .float32), (.uint8, .int32, .float32),
    (.int32, .float64, .float64),
  ])
  func theWiderFloatingTypeIsTaken(input: ElementType, weight: ElementType, wider: ElementType) throws {
    let source = MemorySource(["x": try array([6, 6], type: input), "w": try array([3, 3], type: weight)])
    let options = [("input", "x"), ("weight", "w")]
    let experiment = try experiment(options, source: source)
    #expect(experiment.elementType == wider)
    #expect(experiment.weight.elementType == wider)
    let integers = [input, weight].filter { !$0.isFloating }
    #expect(experiment.notes.count == integers.count)
    #expect(zip(experiment.notes, integers).allSatisfy { $0.contains("integers (\($1))") })
    #expect(try self.experiment(options + [("dtype", "float32")], source: source).elementType == .float32)
  }

  @Test func builtInNumbersAreRoundedOnce() throws {
    let single = try experiment([("input", "random:8x8,3"), ("weight", "gaussian")])
    let double = try experiment([("input", "random:8x8,3"), ("weight", "gaussian"), ("dtype", "float64")])
    #expect(double.elementType == .float64)
    #expect(single.input.elementsAsDouble == double.input.elementsAsDouble.map { Double(Float($0)) })
    #expect(single.weight.elementsAsDouble == double.weight.elementsAsDouble.map { Double(Float($0)) })
  }

  @Test func theTrainedLayerGivesItsRecordedShape() throws {
    let experiment = try experiment([
      ("input", "digit:3"), ("weight", "digits-cnn:conv1"), ("bias", "digits-cnn:conv1"),
    ])
    #expect(experiment.input.shape == [1, 8, 8, 1])
    #expect(experiment.geometry.outputShape == [1, 6, 6, 8])
    #expect(experiment.bias?.shape == [8])
    #expect(experiment.input.elementsAsDouble.max() == 1)
    let planar = try self.experiment([("input", "digit:3"), ("weight", "digits-cnn:conv1"), ("layout", "nchw")])
    #expect(planar.geometry == experiment.geometry)
  }

  @Test func editsChangeTheirCellsOnly() throws {
    let plain = try experiment([("input", "arange:1x2x4x4"), ("layout", "nchw")])
    let edited = try experiment([
      ("input", "arange:1x2x4x4"), ("layout", "nchw"), ("edit-input", "1,2,1=99"), ("edit-weight", "0,0,0,1=7"),
    ])
    var expected = plain.input.elementsAsDouble
    expected[(1 * 4 + 2) * 2 + 1] = 99
    #expect(edited.input.elementsAsDouble == expected)
    #expect(edited.input.strides == plain.input.strides)
    // Channel 0 keeps its own copy of the spread kernel.
    expected = plain.weight.elementsAsDouble
    expected[1] = 7
    #expect(edited.weight.elementsAsDouble == expected)
    let outside = try #require(throws: ExperimentError.self) {
      try experiment([("input", "arange:4x4"), ("edit-input", "4,0=1")])
    }
    #expect(outside.exitStatus == 65)
  }

  @Test func changedWordsReadNothingAgain() throws {
    let source = MemorySource(["x": try array([6, 6, 2]), "w": try array([3, 3]), "b": try array([2])])
    let first = try experiment([("input", "x"), ("weight", "w"), ("bias", "b")], source: source)
    var words = first.words
    words.stride = AxisPair(2)
    words.padding = .same
    let second = try first.changed(to: words, source: MemorySource())
    #expect(second.geometry.stride == AxisPair(2))
    #expect(second.bias?.elementsAsDouble == [0, 1])
    words.elementType = .float64
    words.inputEdits = [CellEdit(index: [0, 0, 0, 0], value: 5)]
    let third = try second.changed(to: words, source: MemorySource())
    #expect(third.elementType == .float64)
    #expect(third.input.value(atOffset: 0) == 5)
    #expect(first.input.value(atOffset: 0) == 0)
    words.weight = .file("other")
    #expect(throws: ExperimentError.self) { try third.changed(to: words, source: MemorySource()) }
  }

  @Test func changingOnlyTheGeometryKeepsTheBuffer() throws {
    let first = try experiment([("input", "picture:32x32x3")])
    var words = first.words
    words.padding = .explicit(Padding(2))
    let second = try first.changed(to: words, source: MemorySource())
    func address(_ tensor: AnyTensor) -> UnsafePointer<Float>? {
      if case .float32(let tensor) = tensor { tensor.withUnsafeBuffer { $0.baseAddress } } else { nil }
    }
    #expect(address(first.input) != nil)
    #expect(address(first.input) == address(second.input))
  }

  @Test(arguments: [
    ("input=arange:4x4 weight=arange:5x5", Int32(65), "padding"),
    ("input=arange:4x4x6 weight=arange:3x3x1x6", 65, "--groups 6"),
    ("input=arange:1x3x8x8 weight=arange:4x3x3x3", 65, "--layout nchw"),
    ("input=arange:4x4x6 weight=arange:3x3x1x6 groups=4", 65, "1, 2, 3, 6"),
    ("input=arange:4", 64, "H×W"), ("input=missing.npy", 66, "missing.npy"),
    ("input=arange:4x4 weight=laplacian kernel-size=5", 64, "laplacian"),
    ("input=arange:4x4 kernel-size=1", 64, "sobel-x"),
    ("input=arange:1000000x1000000", 65, "--max-bytes"),
    ("input=arange:1000000000000x1000000000000", 65, "memory"),
    ("input=arange:9x9 weight=digits-cnn:conv1 kernel-size=5", 65, "3×3"),
    ("input=arange:9x9x2 weight=digits-cnn:conv1", 65, "--groups 2"),
    ("input=arange:4x4 bias=digits-cnn:conv1", 65, "bias"),
  ])
  func whatDoesNotFitSaysWhatToChange(words: String, status: Int32, hint: String) throws {
    let options = words.split(separator: " ").map { word in
      let parts = word.split(separator: "=").map(String.init)
      return (parts[0], parts[1])
    }
    let error = try #require(throws: ExperimentError.self) { try experiment(options) }
    #expect(error.exitStatus == status)
    #expect(error.description.contains(hint), "\(error)")
  }

  @Test func impossibleValuesSetDirectlyAreErrors() throws {
    let first = try experiment([])
    for change in [
      { $0.stride = AxisPair(0) }, { $0.dilation = AxisPair(1, -1) }, { $0.groups = 0 },
      { $0.padding = .explicit(Padding(-1)) }, { $0.kernelSize = AxisPair(0) }, { $0.kernelSize = AxisPair(Int.max) },
      { $0.groups = Int.max }, { $0.input = .digit(77) }, { $0.input = .picture(height: 0, width: 5, channels: 9) },
      { $0.input = .arange([-1, 4]) }, { $0.inputEdits = [CellEdit(index: [1], value: 0)] },
    ] as [(inout ExperimentWords) -> Void] {
      var words = first.words
      change(&words)
      #expect(throws: ExperimentError.self) { try first.changed(to: words, source: MemorySource()) }
    }
  }

  @Test(arguments: BuiltInKernel.allCases, 2...6)
  func kernelsOfAllSizes(kernel: BuiltInKernel, size: Int) throws {
    let options = [("input", "arange:9x9"), ("weight", kernel.rawValue), ("kernel-size", "\(size)")]
    if [.laplacian, .sharpen, .emboss].contains(kernel), size != 3 {
      #expect(throws: ExperimentError.self) { try experiment(options) }
      return
    }
    let values = try experiment(options + [("dtype", "float64")]).weight.elementsAsDouble
    #expect(values.count == size * size)
    let total = values.reduce(0, +)
    switch kernel {
    case .sobelX, .sobelY, .laplacian: #expect(total == 0)
    case .gaussian, .box, .sharpen, .identity, .emboss: #expect(abs(total - 1) < 1e-12)
    }
    if kernel == .sobelY { #expect(values[0] == -1 && values[size * size - 1] == 1 && values[size - 1] == -1) }
  }
}
