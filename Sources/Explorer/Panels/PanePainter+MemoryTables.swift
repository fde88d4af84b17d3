import Screens
import StridedTensor
import Walkthroughs

/// Memory's tables: the numbers of the view, the race of the two cursors, the lecture's dumps.
extension PanePainter {
  /// Shape, strides, jumps, contiguity and bytes of the view.
  func drawLayout(on canvas: Canvas) {
    let key = ViewFacts.TableKey(size: canvas.size, appearance: state.appearance)
    drawTable(shown.table(key) { layoutTable(on: canvas) }, on: canvas)
  }

  private func layoutTable(on canvas: Canvas) -> [ViewFacts.TableRow] {
    let explanation = shown.explanation
    let layout = shown.layout
    let size = shown.itemSize
    // Whole numbers where they are short enough to be compared at sight.
    func bytes(_ count: Int) -> String { count < 1_000_000 ? "\(count) B" : ByteCount.text(count) }
    let touched = explanation.touchedBytes.map(bytes) ?? "not counted"
    let reported = explanation.reportedBytes
    let nbytes = reported < 1_000_000 ? String(reported) : bytes(reported)
    let named = explanation.isInBounds ? "shown" : "named"
    // Where there are lines to go on in, a column is left before the border.
    let columns = canvas.columns - (canvas.rows > 8 ? 10 : 9)
    func fitting(_ wordings: String...) -> String { Explanation.fitting(wordings, columns: columns, state.appearance) }
    func strides(itemSize: Int) -> String {
      let (strides, offset) = (tuple(layout.strides.map { $0 * itemSize }), layout.offset * itemSize)
      return fitting("\(strides), offset \(offset)", "\(strides) at \(offset)", strides)
    }
    let (shape, jumps) = (tuple(layout.shape), tuple(shown.walk.jumps, signed))
    // The jumps that are made most are the last.
    let last = "(…," + shown.walk.jumps.suffix(3).map(signed).joined(separator: ",") + ") B"
    return wrappedTable(
      [
        ("shape", fitting("\(shape), \(layout.count) cells", "\(shape), \(shortCount(layout.count)) cells", shape)),
        ("strides", strides(itemSize: 1)), ("bytes", strides(itemSize: size)),
        ("order", Explanation.fitting(order(explanation), columns: canvas.columns - 9, state.appearance)),
        ("nbytes", fitting("\(nbytes), memory \(named) \(touched)", "\(nbytes), \(named) \(touched)")),
        ("copies", copiesPerCell(explanation)),
        ("reshape", reshape(explanation, on: canvas)),
        ("jumps", fitting(jumps + " B by axis", jumps + " B", jumps, last)),
      ], on: canvas)
  }

  /// Contiguous, or the axis that breaks it; longer wordings first.
  private func order(_ explanation: ViewExplanation) -> [String] {
    guard let axis = explanation.axisBreakingContiguity, let expected = explanation.expectedStride else {
      return ["contiguous"]
    }
    let found = minus(shown.layout.strides[axis] * shown.itemSize)
    let steps = "\(shown.name(ofAxis: axis)) steps \(found) B, not \(expected * shown.itemSize)"
    return ["not contiguous: \(steps)", steps]
  }

  /// Whether a reshape copies and why: the whole sentence where it has lines to go on in.
  private func reshape(_ explanation: ViewExplanation, on canvas: Canvas) -> String {
    let whole = reshapeReason(shown, explanation)
    let columns = canvas.columns - 10
    guard canvas.rows < 8 + wrapped(whole, columns).count - 1 else { return whole }
    guard let pair = explanation.pairThatDoesNotMerge else {
      let short = "to (\(shown.layout.count)) is free"
      return Explanation.fitting([whole, short, "is free"], columns: columns, state.appearance)
    }
    let (outer, inner) = (minus(pair.outerStride * shown.itemSize), minus(pair.innerStride * shown.itemSize))
    return Explanation.fitting(
      [whole, "copies: \(outer) B ≠ \(inner) B × \(pair.innerLength)", "copies"], columns: columns, state.appearance)
  }

  private func copiesPerCell(_ explanation: ViewExplanation) -> String {
    guard let touched = explanation.touchedBytes, touched > 0 else { return "not counted" }
    let ratio = Double(explanation.reportedBytes) / Double(touched)
    return NumberFormat(columns: 12, decimals: 2).bare(ratio) + " for each element"
  }

  /// A table whose long values go on under themselves as far as there are lines for that; the others are cut.
  private func wrappedTable(_ rows: [(String, String)], on canvas: Canvas) -> [ViewFacts.TableRow] {
    let width = (rows.map(\.0.cellWidth).max() ?? 0) + 2
    var spare = canvas.rows - rows.count
    return rows.flatMap { label, value in
      let parts = wrapped(value, canvas.columns - width - 1)
      guard parts.count > 1, parts.count - 1 <= spare else { return [(label, value)] }
      spare -= parts.count - 1
      return parts.enumerated().map { ($0 == 0 ? label : "", $1) }
    }
  }

  func reshapeReason(_ shown: ShownView, _ explanation: ViewExplanation) -> String {
    let count = shown.layout.count
    guard let pair = explanation.pairThatDoesNotMerge else {
      let axes = shown.layout.shape.filter { $0 != 1 }.count
      return "to (\(count)) is free" + (axes > 1 ? ": all axes merge" : "")
    }
    let size = shown.itemSize
    return
      "to (\(count)) copies: \(shown.name(ofAxis: pair.outer)) and \(shown.name(ofAxis: pair.inner)) do not merge, "
      + "\(minus(pair.outerStride * size)) B ≠ \(minus(pair.innerStride * size)) B × \(pair.innerLength)"
  }

  /// The two cursors beside each other: where they are, how they jumped, what that costs a cache.
  func drawRace(on canvas: Canvas) {
    guard let current = shown.current else {
      canvas.put("a view without cells: nothing to walk", column: 1, row: 0, Style(.faint))
      return
    }
    let size = shown.itemSize
    let costs = shown.costs
    let width = 12
    func line(_ row: Int, _ label: String, _ left: String, _ right: String, _ style: Style = .plain) {
      canvas.put(glyphs(label), column: 1, row: row, Style(.faint))
      canvas.put(aligned(glyphs(left), .right, width), column: 10, row: row, style)
      canvas.put(aligned(glyphs(right), .right, width), column: 10 + width, row: row, style)
    }
    line(0, "", "view", "copy", Style(.title))
    // Beside the numbers that it is about: lines and misses begin afresh there.
    if shown.raceStart > 0 {
      let since = ["from step \(shown.raceStart)", "from \(shown.raceStart)"].first { $0.count <= 16 } ?? ""
      canvas.put(since, column: 1, row: 0, Style(.faint))
    }
    line(1, "byte", String(current.offset * size), String(current.copyOffset * size))
    line(2, "jump", current.jump.map(signed) ?? "start", current.copyJump.map(signed) ?? "start")
    line(3, "lines", String(costs.view.linesTouched), String(costs.copy.linesTouched))
    line(4, "misses", String(costs.view.misses), String(costs.copy.misses), Style.plain.adding(.bold))
    var row = 5
    if let balance = state.balance, balance.race == shown.race {
      let (view, copy) = (balance.cost.viewPass, balance.cost.copyPass)
      let about = view.isSampled ? "≈" : ""
      line(row, "a pass", about + String(view.counts.misses), about + String(copy.counts.misses))
      row += 1
    }
    // Each in the longest wording that stands whole: half a sentence says what is not so.
    func put(_ wordings: some Sequence<String>) {
      for wording in wordings {
        let lines = wrapped(glyphs(wording), canvas.columns - 2)
        guard row + lines.count <= canvas.rows else { continue }
        for line in lines {
          canvas.put(line, column: 1, row: row, Style(.explanation))
          row += 1
        }
        return
      }
    }
    put([balanceSentence(shown)])
    put(cacheSentences(shown))
    put(lastJumps(shown))
  }

  /// What making the copy costs, and when that has paid.
  func balanceSentence(_ shown: ShownView) -> String {
    guard shown.walk.count <= CopyBalance.most else { return "a walk too long to weigh its copy" }
    guard let balance = state.balance, balance.race == shown.race else {
      return shown.count > 0 ? "the cost of the copy is being worked out" : ""
    }
    let making = balance.cost.making
    let misses = "\(making.isSampled ? "about " : "")\(making.counts.misses) misses"
    guard let passes = balance.cost.passesUntilPaid else {
      return "making the copy: \(misses), and a pass over it saves none"
    }
    return "making the copy: \(misses), paid after \(passes) pass\(passes == 1 ? "" : "es")"
  }

  private func cacheSentences(_ shown: ShownView) -> [String] {
    let cache = shown.cache
    let toy = "\(state.raceCacheWord.name(on: state.machine)): \(cache.lines) lines of \(cache.line) B"
    if shown.raceStart > 0 { return ["\(toy), counted from step \(shown.raceStart)", toy] }
    guard shown.count <= CopyBalance.immediate, cache.line < 64 else { return [toy] }
    // A real cache holds so little memory whole: each of its lines is missed once, in any order.
    let lines = [shown.walk.viewAddresses, shown.walk.copyAddresses].map { $0.linesTouched(line: 64) }
    return ["\(toy); of 64 B it is \(Explanation.counted(lines[0], "line")) against \(lines[1])", toy]
  }

  /// The jumps of the view's cursor up to now, the latest last; in fewer words the latest only.
  private func lastJumps(_ shown: ShownView) -> some Sequence<String> {
    let first = max(shown.step - 11, 1)
    let steps = first..<max(shown.step + 1, first)
    let jumps = steps.compactMap { shown.walk.step(at: $0)?.jump }
    return jumps.indices.lazy.map { [self] start in
      "jumps: " + (first + start > 1 ? "… " : "") + jumps[start...].map(signed).joined(separator: " ")
    }
  }

  /// Three dumps as the lecture prints them: the memory of A, the memory that B begins at, the memory of C.
  func drawDumps(on canvas: Canvas) {
    let format = format(of: shown)
    let rows = max(canvas.rows / 3, 1)
    // As wide as the widest number, so that the three stand under each other.
    let perRow = max((canvas.columns - 3) / (format.columns + 1), 1)
    let most = perRow * rows
    func dump(_ name: String, _ start: Int, count: Int, offset: (Int) -> Int) {
      canvas.put(name, column: 1, row: start, Style(.title, [.bold]))
      let isCut = count > most
      for t in 0..<min(count, isCut ? most - 1 : most) {
        let (column, row) = (3 + t % perRow * (format.columns + 1), start + t / perRow)
        let offset = offset(t)
        let lit = offset == litOffset
        if let value = shown.value(at: offset) {
          canvas.put(format.text(value), column: column, row: row, lit ? Style(.selected, [.bold]) : .plain)
        } else {
          let hatch = String(repeating: Character(glyphSet.outOfBounds), count: format.columns)
          canvas.put(hatch, column: column, row: row, Style(.outOfBounds))
        }
      }
      if isCut {
        let column = 3 + (most - 1) % perRow * (format.columns + 1)
        canvas.put(
          Cell(glyphSet.ellipsis, Style(.faint)), column: column, row: start + (most - 1) / perRow)
      }
    }
    dump("A", 0, count: shown.view.bufferCount) { $0 }
    dump("B", rows, count: shown.count) { shown.layout.offset + $0 }
    dump("C", 2 * rows, count: shown.count) { shown.walk.view.offset(at: $0) }
  }

  func tuple(_ numbers: [Int], _ text: (Int) -> String = { String($0) }) -> String {
    "(" + numbers.map(text).joined(separator: ",") + (numbers.count == 1 ? ",)" : ")")
  }

  /// A number with the minus of texts.
  func minus(_ number: Int) -> String { number < 0 ? "−\(number.magnitude)" : "\(number)" }

  func signed(_ number: Int) -> String { number > 0 ? "+\(number)" : number < 0 ? "−\(number.magnitude)" : "0" }

  /// The fields of the view being typed, and under them what is wrong or what the view is.
  func drawEditedView(_ editing: Editing, on canvas: Canvas) {
    var column = 1
    for (index, field) in editing.fields.enumerated() {
      let isCurrent = index == editing.current
      column = canvas.put(
        field.label + " ", column: column, row: 0, isCurrent ? Style(.key, [.bold]) : Style(.faint))
      column = canvas.put(
        field.text + (isCurrent || field.text.isEmpty ? " " : ""), column: column, row: 0,
        isCurrent ? Style.plain.adding([.reverse, .bold]) : .plain)
      if isCurrent { canvas.placeCursor(column: column - 1, row: 0) }
      column += 2
    }
    var lines = MemoryScene().reasons(state, self)
    if let problem = editing.problem { lines.insert(["not a view yet: \(problem)"], at: 0) }
    for (row, wordings) in lines.prefix(max(canvas.rows - 1, 0)).enumerated() {
      let text = Explanation.fitting(wordings, columns: canvas.columns - 2, state.appearance)
      canvas.put(
        text, column: 1, row: row + 1, editing.problem != nil && row == 0 ? Style(.warning) : Style(.explanation))
    }
  }
}

extension ShownView {
  /// A name for each axis, `axis 2` where it has no letter.
  var axisNames: [String] { layout.shape.indices.map(name(ofAxis:)) }

  /// Steps after which lines and misses are counted afresh, so that a far step costs no more than a near one.
  private static let raceLength = 1024

  /// The step from which the race is counted.
  var raceStart: Int { step / ShownView.raceLength * ShownView.raceLength }

  /// Lines touched and misses of both cursors up to the current step, from cold caches.
  var costs: (view: CursorCost, copy: CursorCost) {
    var race = CopyRace(walk, cache: cache, from: raceStart)
    race.advance(to: step)
    return (race.view, race.copy)
  }
}
