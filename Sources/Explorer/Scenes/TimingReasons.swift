import Convolution
import Measuring
import Screens

/// Why a row takes what it takes, in sentences with the numbers in them.
struct TimingReasons {
  let report: MeasuringReport
  let geometry: ConvolutionGeometry
  let rows: [TimedRow]
  let selected: TimedRow

  init?(_ state: State) {
    guard let report = state.timingReport, let selected = state.timedRow else { return nil }
    self.report = report
    geometry = state.timedGeometry
    rows = state.timedRows
    self.selected = selected
  }

  /// What is to be said of the row with the cursor, the most telling first.
  var sentences: [String] {
    let own: [String?]
    switch selected.contender.name {
    case "naive": own = [naive]
    case "matmul", "numpy-matmul": own = [perOffset, traffic, upcast]
    case "im2col", "numpy-im2col": own = [im2col, traffic]
    case "lazy-im2col": own = [lazy, traffic]
    case "direct": own = [direct, traffic]
    case "winograd": own = [winograd, traffic]
    case "numpy-naive": own = [pythonLoops, traffic]
    default: own = [pyTorch, atLeast]
    }
    return (own + [againstReference, leftToWin]).compactMap { $0 }
  }

  private func median(_ name: String) -> Double? {
    rows.first { $0.contender.name == name }?.contender.statistics?.median
  }

  private var offsets: Int { geometry.kernelHeight * geometry.kernelWidth }
  private var pixels: Int { geometry.patchRows }

  private var naive: String {
    let passes = geometry.groupInputChannels * geometry.outputChannels
    return
      "Seven loops, compiled: each addition waits for the one before it, and the outer loops go over pictures and outputs"
      + (passes == 1 ? " once." : " \(passes) times, once for each pair of channels.")
  }

  private var pythonLoops: String {
    let factor = median("naive").flatMap { naive in median("numpy-naive").map { $0 / naive } }
    let than = factor.map { ": \(TimingText.factor($0)) times the compiled loops" } ?? ""
    return "The lecture's seven loops in Python\(than). The arithmetic is the same; the interpreter takes the rest."
  }

  private var pyTorch: String {
    let order =
      selected.contender.name == "pytorch-channels-last"
      ? "Arrays lie in PyTorch's channels-last memory order, NHWC as here (pytorch-nhwc in short). "
      : "Arrays lie in PyTorch's own memory order, NCHW. "
    return order + "PyTorch hands the convolution to oneDNN, which chooses among ways like those above."
  }

  private var atLeast: String? {
    selected.contender.work.traffic.map {
      "Which it takes is not known: its point in the roofline, a small letter, counts the direct operations, and the "
        + "\(ByteCount.text($0.bytes)) that any way moves at least, each array once; its true place is there or left of it."
    }
  }

  private var perOffset: String {
    let (depth, whole) = (geometry.groupInputChannels, geometry.patchColumns)
    return "\(offsets) products, one for each kernel offset, each only \(depth) deep: \(pixels)×\(depth) by "
      + "\(depth)×\(geometry.groupOutputChannels). Each reads and writes the whole output again; im2col's one product is "
      + "\(whole) deep and keeps its sums in registers."
  }

  /// NumPy's `np.zeros` without a dtype.
  private var upcast: String? {
    selected.contender.name == "numpy-matmul" && report.request.elementType == .float32
      ? "The lecture's np.zeros has no dtype, so its sums are float64; here they are float32, as the input is." : nil
  }

  private var im2col: String {
    let itemSize = report.request.elementType.itemSize
    let bytes = geometry.patchMatrixCount * geometry.groups * itemSize
    let input = geometry.inputShape.reduce(1, *) * itemSize
    let matrix =
      "The patch matrix \(pixels)×\(geometry.patchColumns) holds \(ByteCount.text(bytes)), the input "
      + "\(ByteCount.text(input)): each pixel up to \(offsets) times."
    let steps = selected.contender.steps.compactMap { step in step.median.map { (step.name, $0) } }
    let total = steps.reduce(0) { $0 + $1.1 }
    guard total > 0, steps.count > 1 else { return matrix }
    let shares = steps.map { "\($0.0) \(TimingText.time($0.1)) (\(TimingText.percent($0.1 / total)))" }
    return "\(matrix) Timed apart: \(shares.joined(separator: ", "))."
  }

  private var lazy: String {
    "The same product as im2col's, but rows are fetched by address into a block that stays in the cache: "
      + "\(selected.contender.scratchBytes.map(ByteCount.text) ?? "little") instead of the whole matrix."
  }

  private var direct: String {
    "Fields are read where they lie and sums stay in registers until they are whole: input, weight and output move once, "
      + "and nothing else does."
  }

  private var winograd: String {
    let work = selected.contender.work
    let share = work.executedOperations.map { $0 / work.directOperations }
    var text = "Other sums: "
    if let share { text += "\(TimingText.percent(share)) of the direct operations are executed. " }
    text += "Its GFLOP/s count the direct ones and are called effective"
    if let executed = selected.contender.executedGigaflops { text += "; really \(TimingText.digits(executed))" }
    let error = { (name: String) in rows.first { $0.contender.name == name }?.contender.error?.relative }
    if let own = error("winograd"), let direct = error("direct"), direct > 0 {
      text += ". The transforms round: \(TimingText.factor(own / direct)) times direct's error"
    }
    return text + "."
  }

  /// What is moved, the largest first, beside im2col's.
  private var traffic: String? {
    guard let traffic = selected.contender.work.traffic else { return nil }
    let largest = traffic.transfers.sorted { $0.bytes > $1.bytes }.prefix(3).map { transfer in
      let times = transfer.passes > 1 ? " \(transfer.passes) times" : ""
      return "\(transfer.array) \(transfer.direction == .read ? "read" : "written")\(times)"
    }
    var text = "Moves \(ByteCount.text(traffic.bytes)) by the model"
    let reference = rows.first { $0.contender.name == "im2col" }?.contender.work.traffic?.bytes
    if selected.contender.name != "im2col", let reference {
      text += " (im2col \(ByteCount.text(reference)))"
    }
    return text + ": \(largest.joined(separator: ", "))."
  }

  private var againstReference: String? {
    guard let item = report.cases.first, let index = item.reference, let ratio = selected.contender.ratio else {
      return nil
    }
    let reference = item.contenders[index].name
    guard reference != selected.contender.name else { return nil }
    guard ratio.showsDifference else {
      return "Against \(reference) no difference is shown: the interval \(TimingText.factor(ratio.low))–"
        + "\(TimingText.factor(ratio.high)) holds 1."
    }
    if ratio.ratio < 0.1, ratio.low > 0 {
      return "\(reference) is \(TimingText.factor(1 / ratio.ratio)) times as fast (95 %: "
        + "\(TimingText.factor(1 / ratio.high))–\(TimingText.factor(1 / ratio.low)))."
    }
    return "\(TimingText.factor(ratio.ratio)) times as fast as \(reference) (95 %: \(TimingText.factor(ratio.low))–"
      + "\(TimingText.factor(ratio.high)))."
  }

  /// The row's share of what the machine allows it.
  private var leftToWin: String? {
    guard let roof = Roof(selected.contender, report) else { return nil }
    let share = roof.executed / roof.gigaflops
    let bound =
      roof.isCompute
      ? "the multiply-add units"
      : roof.fitsNearer
        ? "\(roof.level.rawValue), the nearest measured; its \(ByteCount.text(roof.footprint)) fit into L1"
        : "\(roof.level.rawValue), where its \(ByteCount.text(roof.footprint)) lie"
    let most = selected.contender.work.isLeast ? " at most" : ""
    return
      "At \(TimingText.digits(roof.intensity)) operations a byte\(most) the roof is\(most) \(TimingText.digits(roof.gigaflops)) GFLOP/s, "
      + "set by \(bound). It reaches \(TimingText.digits(roof.executed)), \(TimingText.percent(share))"
      + (share < 1 ? "; the rest is left to win." : ".")
      + (roof.isDoubtful ? " The roof was measured while disturbed and may be higher." : "")
  }
}

/// What the machine allows a contender, by the level of memory that its data fit into.
struct Roof {
  let intensity: Double
  /// 10⁹ operations a second.
  let executed: Double
  let gigaflops: Double
  let level: MemoryLevel
  let footprint: Int
  /// Whether the data fit into L1, which is not measured.
  let fitsNearer: Bool
  /// Whether arithmetic is the limit, not memory.
  let isCompute: Bool
  /// Whether what sets it was measured while something disturbed the machine.
  let isDoubtful: Bool

  init?(_ contender: ContenderReport, _ report: MeasuringReport) {
    guard let intensity = contender.intensity, let executed = contender.executedGigaflops,
      let traffic = contender.work.traffic,
      let ceilings = report.ceilings.first(where: { $0.threads == contender.threads }),
      let level = Roof.level(of: traffic.footprint, ceilings, report.machine),
      let gigaflops = ceilings.roof(intensity: intensity, level: level), gigaflops > 0
    else { return nil }
    self.intensity = intensity
    self.executed = executed
    self.gigaflops = gigaflops
    self.level = level
    footprint = traffic.footprint
    fitsNearer = report.machine.caches.contains { $0.level == 1 && traffic.footprint <= $0.bytes }
    isCompute = gigaflops >= ceilings.peakGigaflops
    isDoubtful =
      isCompute
      ? !ceilings.peakTaints.isEmpty : ceilings.levels.contains { $0.level == level && $0.isDoubtful }
  }

  /// The nearest level that was measured and that holds so many bytes.
  private static func level(of bytes: Int, _ ceilings: Ceilings, _ machine: Machine) -> MemoryLevel? {
    let measured = ceilings.levels.map(\.level)
    for (level, number) in [(MemoryLevel.l2, 2), (.l3, 3)] where measured.contains(level) {
      if let cache = machine.caches.first(where: { $0.level == number }), bytes <= cache.bytes { return level }
    }
    return measured.last
  }
}
