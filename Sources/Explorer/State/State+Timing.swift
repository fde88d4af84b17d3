import Convolution
import Measuring

extension State {
  /// The convolution that Timing measures.
  var timedGeometry: ConvolutionGeometry {
    switch view.timing.shape {
    case .experiment: geometry
    case .specification(let shape): shape.geometry
    }
  }

  /// What the rows are to show.
  var timingSubject: TimingSubject {
    let isOwn = view.timing.shape == .experiment
    return TimingSubject(
      experiment: isOwn ? experiment.words : nil, specification: ShapeSpecification(timedGeometry).description,
      threads: view.timing.threads, elementType: experiment.elementType)
  }

  /// What the curve is to show; nil if none is wanted.
  var sweepSubject: TimingSubject? {
    guard let parameter = view.timing.sweep else { return nil }
    var subject = timingSubject
    subject.sweep = parameter
    return subject
  }

  /// The report of the rows, if there is one for what is shown now.
  var timingReport: MeasuringReport? {
    guard let run = timing.rows, run.subject == timingSubject else { return nil }
    return run.report
  }

  /// The report of the curve, if there is one for what is shown now.
  var sweepReport: MeasuringReport? {
    guard let run = timing.sweep, run.subject == sweepSubject else { return nil }
    return run.report
  }

  /// The rows in the order that they are shown in.
  var timedRows: [TimedRow] {
    let rows = TimedRow.all(
      of: timingReport?.cases.first, beside: timing.baseline?.run, elementType: experiment.elementType.rawValue)
    guard view.timing.order != .listed else { return rows }
    func key(_ row: TimedRow) -> Double {
      switch view.timing.order {
      case .listed: 0
      case .fastest: row.contender.statistics?.median ?? .infinity
      case .accurate: row.contender.error?.relative ?? .infinity
      }
    }
    // Equal ones stay in the listed order.
    return rows.enumerated().sorted { (key($0.element), $0.offset) < (key($1.element), $1.offset) }.map(\.element)
  }

  /// The row with the cursor: the one named, else the lecture's question, why a product for each offset is slow.
  var timedRow: TimedRow? {
    let rows = timedRows
    func row(_ name: String?) -> TimedRow? { rows.first { $0.contender.name == name } }
    return row(view.timing.contender) ?? row("matmul") ?? rows.first
  }

  /// The code of the row with the cursor, with the numbers of the measured shape.
  var timedCode: [String] {
    TimedCode.lines(of: timedRow?.contender.name ?? view.timing.contender ?? "matmul", timedGeometry)
  }
}

/// A row of Timing: a contender and the letter that it has in every panel.
struct TimedRow: Sendable {
  let letter: Character
  let contender: ContenderReport
  /// The same row of an earlier run.
  var earlier: MeasuringBaseline.Entry?

  /// The earlier time over this one.
  var earlierRatio: RatioEstimate? {
    contender.statistics.flatMap { now in earlier.flatMap { $0.ratio(to: now) } }
  }

  static func letter(_ index: Int) -> Character { Character(Unicode.Scalar(UInt8(65 + index % 26))) }

  static func all(
    of report: CaseReport?, beside baseline: MeasuringBaseline? = nil, elementType: String = ""
  ) -> [TimedRow] {
    guard let report else { return [] }
    return report.contenders.enumerated().map { index, contender in
      TimedRow(
        letter: letter(index), contender: contender,
        earlier: baseline?.entry(for: contender, of: report.measured, elementType: elementType))
    }
  }
}
