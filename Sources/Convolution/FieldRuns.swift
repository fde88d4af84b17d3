/// The receptive field of an output pixel as runs of memory, and the rows of the weight matrix that they meet.
///
/// For the kernel elements of one pair of segments: a run for each kernel row where the row's pixels are neighbours in
/// memory, else one for each kernel element. Runs are grouped into steps of at most `termLimit` terms: the sums in the
/// registers run over one step, then are set aside or go to the output, which bounds the rounding.
///
/// A value without references, whose memory is its plan's: threads that pass it on do not count its owners.
struct FieldRuns: @unchecked Sendable {
  struct Step: Sendable {
    let firstRun: Int
    let runs: Int
    /// Elements of each run.
    let length: Int
  }

  static let termLimit = 512

  let steps: UnsafePointer<Step>
  let stepCount: Int
  /// All runs: kernel elements, where each is a run of its own.
  let taps: Int
  /// Element offset of each run from the field's first element, and its row of the weight matrix of one group.
  let inputs: UnsafePointer<Int>
  let weightRows: UnsafePointer<Int>

  init(_ geometry: ConvolutionGeometry, _ vertical: AxisSegment, _ horizontal: AxisSegment) {
    let channels = geometry.groupInputChannels
    let rowStride = geometry.inputWidth * geometry.inputChannels
    // The one-channel kernel takes kernel elements one by one.
    let merges = geometry.kernelRowsAreRuns && !geometry.isFilter
    var starts: [(input: Int, weight: Int)] = []
    for i in vertical.taps {
      for j in merges ? horizontal.taps.prefix(1) : horizontal.taps {
        starts.append(
          (
            (i - vertical.taps.lowerBound) * geometry.dilation.vertical * rowStride
              + (j - horizontal.taps.lowerBound) * geometry.dilation.horizontal * geometry.inputChannels,
            (i * geometry.kernelWidth + j) * channels
          ))
      }
    }
    var length = merges ? horizontal.taps.count * channels : channels
    // A run that is too long alone is cut into equal pieces, and a rest.
    var steps: [Step] = []
    if length > Self.termLimit {
      let pieces = (length + Self.termLimit - 1) / Self.termLimit
      let piece = (length + pieces - 1) / pieces
      var cut: [(input: Int, weight: Int)] = []
      for start in starts {
        for first in stride(from: 0, to: length, by: piece) {
          steps.append(Step(firstRun: cut.count, runs: 1, length: min(piece, length - first)))
          cut.append((start.input + first, start.weight + first))
        }
      }
      starts = cut
      length = piece
    } else if !starts.isEmpty {
      let limit = max(Self.termLimit / length, 1)
      let parts = (starts.count + limit - 1) / limit
      for part in 0..<parts {
        let first = starts.count * part / parts
        steps.append(Step(firstRun: first, runs: starts.count * (part + 1) / parts - first, length: length))
      }
    } else {
      // The field lies wholly on padding: one step of no runs writes the bias.
      steps.append(Step(firstRun: 0, runs: 0, length: 0))
    }
    self.steps = .copy(of: steps)
    stepCount = steps.count
    taps = starts.count
    inputs = .copy(of: starts.map { $0.input })
    weightRows = .copy(of: starts.map { $0.weight })
  }

  /// Gives the memory back; to be called once, by the plan.
  func deallocate() {
    steps.deallocate()
    inputs.deallocate()
    weightRows.deallocate()
  }

  /// What one call of a kernel sums.
  struct Pass {
    let firstRun: Int
    var runs: Int
    /// Elements of each run.
    let length: Int
    /// Runs that are summed in one go, no more terms than a step's.
    var settle: Int
    /// The step that comes after it.
    var nextStep: Int

    var terms: Int { runs * length }
  }

  /// As many steps, from one on, as have runs of the same length and together no more than `termLimit` terms; at least one.
  func pass(fromStep first: Int, termLimit: Int) -> Pass {
    let step = steps[first]
    var pass = Pass(
      firstRun: step.firstRun, runs: step.runs, length: step.length, settle: step.runs, nextStep: first + 1)
    while pass.nextStep < stepCount {
      let next = steps[pass.nextStep]
      guard next.length == pass.length, pass.terms + next.runs * next.length <= termLimit else { break }
      pass.runs += next.runs
      pass.settle = max(pass.settle, next.runs)
      pass.nextStep += 1
    }
    return pass
  }
}

extension ConvolutionGeometry {
  /// Whether the pixels under one kernel row are neighbours in memory.
  var kernelRowsAreRuns: Bool { dilation.horizontal == 1 && groups == 1 }

  /// Elements that lie together in a receptive field away from the borders.
  var fieldRunLength: Int { kernelRowsAreRuns ? kernelWidth * inputChannels : groupInputChannels }
}

extension UnsafePointer {
  /// The elements of an array in memory of their own, which whoever asks gives back.
  static func copy(of elements: [Pointee]) -> UnsafePointer<Pointee> {
    let memory = UnsafeMutablePointer<Pointee>.allocate(capacity: max(elements.count, 1))
    memory.initialize(from: elements, count: elements.count)
    return UnsafePointer(memory)
  }
}
