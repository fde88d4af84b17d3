import Convolution
import Exercises
import Experiments
import StridedTensor
import TestSupport
import Testing
import Walkthroughs

/// The answers again, by counting everything that is asked about one by one.
@Suite struct ExerciseBruteForceTests {
  /// The geometry that the question is about, over the tensors that are there.
  private func counted(_ exhibit: Exhibit, _ experiment: Experiment) throws -> ConvolutionGeometry {
    try experiment.changed(to: exhibit.experiment, source: MemorySource()).geometry
  }

  private func numbers(_ exercise: Exercise) -> [Int] {
    if case .numbers(let numbers) = exercise.answer { return numbers }
    return []
  }

  /// The starts of all fields that lie within a padded axis.
  private func fields(length: Int, kernel: Int, stride: Int, dilation: Int) -> [Int] {
    stride == 0
      ? []
      : Array(Swift.stride(from: 0, to: length, by: stride)).filter { start in
        (0..<kernel).allSatisfy { start + $0 * dilation < length }
      }
  }

  private func rows(_ g: ConvolutionGeometry) -> [Int] {
    fields(length: g.paddedHeight, kernel: g.kernelHeight, stride: g.stride.vertical, dilation: g.dilation.vertical)
  }

  private func columns(_ g: ConvolutionGeometry) -> [Int] {
    fields(length: g.paddedWidth, kernel: g.kernelWidth, stride: g.stride.horizontal, dilation: g.dilation.horizontal)
  }

  @Test func sizesAreTheFieldsThatFit() throws {
    try ExerciseTests.forEach(kinds: [.size]) { exercise, experiment in
      let g = try counted(exercise.exhibit, experiment)
      #expect(numbers(exercise) == [rows(g).count, columns(g).count], "\(exercise.given)")
    }
  }

  @Test func copiesAreTheEntriesThatShowThePixel() throws {
    try ExerciseTests.forEach(kinds: [.copies]) { exercise, experiment in
      let g = try counted(exercise.exhibit, experiment)
      guard case .patchMatrix(_, let y?, let x?) = exercise.exhibit.place else {
        Issue.record("no pixel")
        return
      }
      var count = 0
      for top in rows(g) where abs(top - y) < 100 {
        for left in columns(g) where abs(left - x) < 100 {
          for i in 0..<g.kernelHeight {
            for j in 0..<g.kernelWidth {
              let (row, column) = (top + i * g.dilation.vertical, left + j * g.dilation.horizontal)
              if row - g.padding.top == y, column - g.padding.left == x { count += 1 }
            }
          }
        }
      }
      #expect(numbers(exercise) == [count], "\(exercise.given) \(exercise.question)")
    }
  }

  @Test func theMatrixHasAFieldInEachRow() throws {
    try ExerciseTests.forEach(kinds: [.matrix]) { exercise, experiment in
      let g = try counted(exercise.exhibit, experiment)
      let entries = BruteForce.indices([g.kernelHeight, g.kernelWidth, g.inputChannels / g.groups]).count
      #expect(numbers(exercise) == [g.batch * rows(g).count * columns(g).count, entries], "\(exercise.given)")
    }
  }

  @Test func valuesAreTheNaiveLoops() throws {
    try ExerciseTests.forEach(kinds: [.value]) { exercise, experiment in
      guard case .sliding(let step) = exercise.exhibit.place else { return }
      let outputs = try experiment.output(algorithm: .naive).elementsAsDouble
      #expect(numbers(exercise).map(Double.init) == [outputs[step]], "\(exercise.given) \(exercise.question)")
    }
  }

  private func layout(_ exercise: Exercise) throws -> Layout? {
    guard case .view(let word) = exercise.exhibit.place else { return nil }
    let layout = try ViewWord(parsing: word).layout()
    return layout.count < 100_000 ? layout : nil
  }

  /// A stride is how far the next entry lies.
  @Test func stridesAreDistances() throws {
    try ExerciseTests.forEach(kinds: [.strides]) { exercise, experiment in
      guard let layout = try layout(exercise) else { return }
      let indices = BruteForce.indices(layout.shape)
      let offsets = Dictionary(uniqueKeysWithValues: zip(indices, BruteForce.offsets(layout)))
      let unit = exercise.question.contains("bytes") ? experiment.elementType.itemSize : 1
      let origin = [Int](repeating: 0, count: layout.rank)
      for (axis, stride) in numbers(exercise).enumerated() {
        var next = origin
        next[axis] = 1
        let distance = (offsets[next] ?? 0) - (offsets[origin] ?? 0)
        #expect(distance * unit == stride)
      }
    }
  }

  @Test func picturesAreTheOffsetsInOrder() throws {
    try ExerciseTests.forEach(kinds: [.picture]) { exercise, _ in
      guard let layout = try layout(exercise) else { return }
      #expect(numbers(exercise) == BruteForce.offsets(layout))
    }
  }

  @Test func boundsAreTheFarthestEntry() throws {
    var outside = 0
    try ExerciseTests.forEach(kinds: [.bounds]) { exercise, experiment in
      guard let layout = try layout(exercise) else { return }
      let farthest = BruteForce.offsets(layout).max() ?? 0
      let past = max(0, farthest + 1 - experiment.input.bufferCount) * experiment.elementType.itemSize
      #expect(numbers(exercise) == [past], "\(exercise.given)")
      outside += past > 0 ? 1 : 0
    }
    #expect(outside > 50)
  }

  /// A reshape is free if one step along each new axis is the same distance everywhere.
  @Test func reshapesAreFreeWhereDistancesAgree() throws {
    var free = 0
    var copied = 0
    try ExerciseTests.forEach(kinds: [.reshape]) { exercise, experiment in
      guard let layout = try layout(exercise) else { return }
      let parts = exercise.question.split(separator: "reshape(")
      let target = try #require(parts.last?.split(separator: ")").first).split(separator: ",").compactMap { Int($0) }
      let offsets = BruteForce.offsets(layout)
      let indices = BruteForce.indices(target)
      #expect(indices.count == offsets.count)
      // The position in row-major order of an index one further along each axis.
      var isView = true
      var run = 1
      for axis in target.indices.reversed() {
        let steps = zip(indices, offsets.indices).filter { $0.0[axis] + 1 < target[axis] }
          .map { offsets[$0.1 + run] - offsets[$0.1] }
        if Set(steps).count > 1 { isView = false }
        run *= target[axis]
      }
      let bytes = isView ? 0 : layout.count * experiment.elementType.itemSize
      #expect(numbers(exercise) == [bytes], "\(exercise.given) \(exercise.question)")
      if isView { free += 1 } else { copied += 1 }
    }
    #expect(free > 20 && copied > 20)
  }

  /// Cells are counted in the order in which they are stored, until the one asked for comes.
  @Test func addressesAreCountedCells() throws {
    try ExerciseTests.forEach(kinds: [.address]) { exercise, experiment in
      guard case .orders(let y, let x, let c) = exercise.exhibit.place else { return }
      let g = experiment.geometry
      guard g.inputHeight * g.inputWidth * g.inputChannels < 10_000 else { return }
      let isByChannel = exercise.given[0].contains("NCHW.")
      let shape = [g.inputHeight, g.inputWidth, g.inputChannels]
      let cells = isByChannel ? BruteForce.indices([shape[2], shape[0], shape[1]]) : BruteForce.indices(shape)
      let place = try #require(cells.firstIndex(of: isByChannel ? [c, y, x] : [y, x, c]))
      #expect(numbers(exercise) == [place * experiment.elementType.itemSize], "\(exercise.given) \(exercise.question)")
    }
  }
}

extension ExerciseBruteForceTests {
  /// Elements are counted as the loops meet them.
  @Test func trafficIsWhatTheLoopsMeet() throws {
    var answers: [String: Int] = [:]
    try ExerciseTests.forEach(kinds: [.traffic]) { exercise, experiment in
      let g = try counted(exercise.exhibit, experiment)
      guard g.patchRows < 3000 else { return }
      let weights = g.kernelHeight * g.kernelWidth * g.inputChannels * g.outputChannels
      // matmul sets the output to zero; im2col's sums are written, and those of more than 512 terms are added to in parts.
      var perOffset = weights + g.outputCount
      var im2col = weights + g.inputHeight * g.inputWidth * g.inputChannels
      for _ in 0..<g.outputHeight * g.outputWidth {
        for _ in 0..<g.kernelHeight * g.kernelWidth {
          perOffset += g.inputChannels + 2 * g.outputChannels
          im2col += g.kernelHeight * g.kernelWidth == 1 ? 0 : 2 * g.inputChannels
        }
        im2col += g.outputChannels * (2 * ((g.patchColumns + 511) / 512) - 1)
      }
      let fewer = perOffset < im2col ? "matmul" : "im2col"
      #expect(exercise.answer == .word(fewer), "\(exercise.given)")
      // The figures are those of the model that Timing shows.
      let itemSize = experiment.elementType.itemSize
      #expect(exercise.reason.contains("= \(perOffset * itemSize) bytes. im2col"), "\(exercise.reason)")
      #expect(exercise.reason.hasSuffix("= \(im2col * itemSize) bytes."), "\(exercise.reason)")
      #expect(Traffic(of: .im2col, g, itemSize: itemSize).bytes == im2col * itemSize)
      answers[fewer, default: 0] += 1
    }
    #expect(answers.count == 2 && answers.values.allSatisfy { $0 > 10 }, "\(answers)")
  }
}
