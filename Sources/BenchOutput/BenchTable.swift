import Measuring
import Screens

/// The results of `bench` as text: a block for each case, a bar for each line, the fastest the longest.
///
/// On a narrow terminal the less important columns are left out, the bars get shorter, and what is said of a row stands under it.
public struct BenchTable {
  private let columns: Int?

  private static let longestBar = 16
  private static let shortestBar = 6
  private static let gap = 2

  /// - Parameter columns: of the terminal; nil for as many as it takes.
  public init(columns: Int?) { self.columns = columns }

  /// The lines, each ended, of a report and beside an earlier one.
  public func text(_ report: MeasuringReport, _ earlier: MeasuringBaseline? = nil) -> String {
    let machine = report.machine
    var lines = fitting("\(machine.processor), \(machine.processors) processors, \(machine.instructionSet.rawValue)")
    lines += report.ceilings.flatMap { fitting(Self.ceilingLine($0)) }
    for item in report.cases { lines += block(item, report, earlier) }
    lines += [""] + fitting(Self.conditions(report.conditions))
    if let legend = Self.doubts(report) { lines += fitting(legend) }
    return lines.joined(separator: "\n") + "\n"
  }

  /// One case: a title, a heading, and a line for each row, with what is special about it.
  private func block(_ item: CaseReport, _ report: MeasuringReport, _ earlier: MeasuringBaseline?) -> [String] {
    let rows = item.contenders.filter { $0.statistics != nil || $0.failure != nil }
    guard !rows.isEmpty else { return [] }
    let ceilings = item.isCopy ? nil : report.ceilings.first { $0.threads == item.measured.threads }
    let layout = Layout(item, rows, peak: ceilings.map(Self.peak), columns: columns)
    let best = max(rows.compactMap(\.rate).max() ?? 0, ceilings?.peakGigaflops ?? 0)
    var lines = ["", Self.title(item.measured), layout.heading]
    for row in rows {
      guard let statistics = row.statistics, let rate = row.rate else {
        lines += fitting("\(layout.name(row.name))  \(row.failure ?? "not measured")")
        continue
      }
      let line = layout.line(row, statistics, bar: rate / best)
      let before = earlier?.entry(for: row, of: item.measured, elementType: report.request.elementType.rawValue)
      let notes = (Self.notes(row) + (before.map { [Self.beside($0, row)] } ?? [])).joined(separator: "; ")
      if notes.isEmpty || line.count + Self.gap + notes.count <= columns ?? .max {
        lines.append(notes.isEmpty ? line : line + String(repeating: " ", count: Self.gap) + notes)
      } else {
        lines.append(line)
        lines += wrapped(notes, (columns ?? .max) - 4).map { "    " + $0 }
      }
    }
    if let ceilings {
      lines.append(layout.peakLine(Self.peak(ceilings), bar: ceilings.peakGigaflops / best))
    }
    return lines
  }

  private func fitting(_ text: String) -> [String] { columns.map { wrapped(text, $0) } ?? [text] }

  private static func ceilingLine(_ ceilings: Ceilings) -> String {
    let threads = ceilings.threads == 1 ? "one thread" : "\(ceilings.threads) threads"
    let levels = ceilings.levels.map { level in
      "\(level.level.rawValue) "
        + BenchText.marked(BenchText.digits(level.gigabytes, 1), isDoubtful: level.isDoubtful)
    }
    return "\(threads): peak \(peak(ceilings)) GFLOP/s in registers; GB/s: " + levels.joined(separator: ", ")
  }

  private static func peak(_ ceilings: Ceilings) -> String {
    BenchText.marked(BenchText.digits(ceilings.peakGigaflops, 1), isDoubtful: !ceilings.peakTaints.isEmpty)
  }

  /// What the question marks mean; nil where there are none.
  private static func doubts(_ report: MeasuringReport) -> String? {
    var words: [String] = []
    if report.cases.contains(where: { $0.contenders.contains { $0.statistics != nil && $0.isMostlyTainted } }) {
      words.append("of a median most samples are tainted")
    }
    if report.ceilings.contains(where: \.isDoubtful) {
      words.append("a ceiling was disturbed, and may be higher")
    }
    return words.isEmpty ? nil : "?: " + words.joined(separator: "; ")
  }

  /// How quiet the machine was.
  private static func conditions(_ conditions: MeasuringConditions) -> String {
    var words = ["\(conditions.samples) samples, \(conditions.taintedSamples) tainted"]
    if let clock = conditions.slowestClock {
      words.append("clock down to \(BenchText.digits(clock * 100, 1)) % of its fastest")
    }
    if let stolen = conditions.stolenSeconds { words.append("\(BenchText.digits(stolen, 2)) s stolen by the host") }
    if let waited = conditions.waitedSeconds {
      words.append("\(BenchText.digits(waited, 2)) s waited for a processor")
    }
    if let switches = conditions.involuntarySwitches { words.append("\(switches) involuntary switches") }
    return words.joined(separator: " · ")
  }

  private static func title(_ item: MeasuringCase) -> String {
    let threads = item.threads == 1 ? "" : " · \(item.threads) threads"
    return switch item.subject {
    case .convolution: item.specification + threads
    case .product: "product \(item.specification)" + threads
    case .patchCopy: "patches of \(item.specification)" + threads
    }
  }

  /// What is special about a row.
  private static func notes(_ row: ContenderReport) -> [String] {
    var notes: [String] = []
    if let part = row.part { notes.append("measured on \(part)") }
    let steps = row.steps.compactMap { step in
      step.median.map { "\(step.name) \(BenchText.digits($0 * 1e3, 3)) ms" }
    }
    if !steps.isEmpty { notes.append(steps.joined(separator: " + ")) }
    if let failure = row.failure { notes.append(failure) }
    return notes
  }

  /// A row beside its earlier self.
  private static func beside(_ earlier: MeasuringBaseline.Entry, _ row: ContenderReport) -> String {
    let words = "\(BenchText.digits(earlier.median * 1e3, 3)) ms earlier"
    guard let ratio = row.statistics.flatMap({ earlier.ratio(to: $0) }) else { return words }
    guard ratio.showsDifference else { return words + ": no difference shown" }
    return words + ": now \(BenchText.digits(ratio.ratio, 2))× as fast, "
      + "\(BenchText.digits(ratio.low, 2))–\(BenchText.digits(ratio.high, 2))"
  }

  /// The columns of one block and their widths, from what stands in them.
  private struct Layout {
    let item: CaseReport
    private let names: Int
    private let widths: [(column: BenchColumn, width: Int)]
    /// Columns where question marks stand behind numbers: the others there have a blank, so that digits stay in line.
    private let marked: Set<BenchColumn>
    private let barWidth: Int

    init(_ item: CaseReport, _ rows: [ContenderReport], peak: String?, columns: Int?) {
      self.item = item
      names = (rows.map { Self.name(of: $0).count } + ["algorithm".count]).max() ?? 0
      func texts(_ column: BenchColumn) -> [String] {
        rows.compactMap { row in row.statistics.map { column.text(row, $0) } } + [column == .rate ? peak ?? "" : ""]
      }
      let marked = Set(BenchColumn.allCases.filter { texts($0).contains { $0.hasSuffix("?") } })
      self.marked = marked
      func width(_ column: BenchColumn) -> Int {
        (texts(column) + [column.heading(item)]).map { Self.aligned($0, isMarked: marked.contains(column)).count }.max()
          ?? 0
      }
      var room = (columns ?? .max) - names - BenchTable.gap - BenchTable.shortestBar
      var chosen: [BenchColumn] = []
      for column in BenchColumn.byImportance where texts(column).contains(where: { $0 != "" }) {
        guard width(column) + BenchTable.gap <= room else { break }
        chosen.append(column)
        room -= width(column) + BenchTable.gap
      }
      widths = BenchColumn.allCases.filter(chosen.contains).map { ($0, width($0)) }
      barWidth = min(BenchTable.longestBar, BenchTable.shortestBar + max(room, 0))
    }

    private static func aligned(_ text: String, isMarked: Bool) -> String {
      isMarked && !text.hasSuffix("?") ? text + " " : text
    }

    private static func name(of row: ContenderReport) -> String {
      row.chosen.map { "\(row.name) (\($0.rawValue))" } ?? row.name
    }

    func name(_ text: String) -> String { text + String(repeating: " ", count: max(names - text.count, 0)) }

    private func line(_ name: String, bar share: Double? = nil, _ text: (BenchColumn) -> String) -> String {
      var line = self.name(name)
      for (column, width) in widths {
        let text = Self.aligned(text(column), isMarked: marked.contains(column))
        line += String(repeating: " ", count: BenchTable.gap + width - text.count) + text
      }
      guard let share, share > 0 else { return line }
      let length = max(Int((share * Double(barWidth)).rounded()), 1)
      return line + String(repeating: " ", count: BenchTable.gap) + String(repeating: "█", count: length)
    }

    var heading: String { line("algorithm") { $0.heading(item) } }

    func line(_ row: ContenderReport, _ statistics: SampleStatistics, bar: Double) -> String {
      line(Self.name(of: row), bar: bar) { $0.text(row, statistics) }
    }

    func peakLine(_ peak: String, bar: Double) -> String {
      line("FMA peak", bar: bar) { $0 == .rate ? peak : "" }
    }
  }
}
