import Screens
import StridedTensor
import Walkthroughs

extension MemoryScene {
  func sentences(_ state: State) -> [String] {
    let explanation = state.shownView.explanation
    if explanation.excess != nil {
      return [
        "This view leaves its buffer: hatched cells are no memory of it, and nothing of them is read.",
        "This view leaves its buffer: hatched cells are never read.",
      ]
    }
    if explanation.isContiguous {
      return [
        "This view walks memory in order: every step goes one element on, so its copy would change nothing.",
        "This view walks memory in order, one element a step: a copy changes nothing.",
      ]
    }
    return [
      "A view is one formula over the old memory. Walking it jumps; its contiguous copy is walked straight on.",
      "A view is a formula over old memory: walking it jumps, its copy is walked on.",
    ]
  }

  func facts(_ state: State, _ painter: PanePainter) -> [[String]] {
    [formulaFact(painter)] + reasons(state, painter)
  }

  /// `pinned [15] = Z[0,2,3,0] is element 15, byte 60 · here B[1,1,0,1] · Esc unpins`; nothing without a pin.
  private func pinnedFact(_ state: State, _ painter: PanePainter) -> [String] {
    let shown = painter.shown
    guard let cell = state.view.selection, let offset = shown.offset(of: cell) else { return [] }
    let value = shown.value(at: offset).map { painter.format(of: shown).bare($0) } ?? ""
    let index = [cell.n, cell.y, cell.x, cell.c].map(String.init).joined(separator: ",")
    let name = "pinned [\(value)] = Z[\(index)]"
    let place = "is element \(offset), byte \(offset * shown.itemSize)"
    let entries = shown.layout.indices(showing: offset, workLimit: 1 << 10).prefix(4)
      .map { "B[" + $0.map(String.init).joined(separator: ",") + "]" }
    guard let first = entries.first else {
      // Not found within the work allowed is not the same as not there.
      let none = shown.copies(of: offset) == 0 ? " · no entry of this view shows it" : ""
      return ["\(name) \(place)\(none) · Esc unpins", "\(name) \(place) · Esc unpins", "\(name) · Esc unpins"]
    }
    let copies = shown.copies(of: offset) ?? entries.count
    let list = entries.prefix(3).joined(separator: " ") + (copies > min(entries.count, 3) ? " …" : "")
    let go = copies > 1 ? "n N go round" : "n goes there"
    return [
      "\(name) \(place) · here \(list) · \(go) · Esc unpins",
      "\(name) \(place) · here \(first)\(copies > 1 ? " …" : "") · \(go) · Esc unpins",
      "\(name) is \(first)\(copies > 1 ? " …" : "") · \(go) · Esc unpins",
      "\(name) · \(go) · Esc unpins",
    ]
  }

  /// `B[1,2,0,1] = element 0 + 1·12 + 2·2 + 0·6 + 1·1 = 17, byte 17·4 = 68: value 17`.
  private func formulaFact(_ painter: PanePainter) -> [String] {
    let shown = painter.shown
    guard let current = shown.current else { return ["a view without cells shows nothing"] }
    let layout = shown.layout
    let index = "B[" + current.index.map(String.init).joined(separator: ",") + "]"
    func term(_ axis: Int) -> String {
      let stride = layout.strides[axis]
      return "\(current.index[axis])·\(stride < 0 ? "(−\(stride.magnitude))" : String(stride))"
    }
    let terms = ([String(layout.offset)] + layout.shape.indices.map(term)).joined(separator: " + ")
    let short = ([String(layout.offset)] + layout.shape.indices.filter { layout.shape[$0] > 1 }.map(term))
      .joined(separator: " + ")
    let byte = "byte \(current.offset)·\(shown.itemSize) = \(current.offset * shown.itemSize)"
    let value =
      shown.value(at: current.offset).map { ": \(painter.format(of: shown).bare($0))" }
      ?? ": outside the buffer, not read"
    let copies = copiesPart(shown, at: current.offset)
    return [
      "\(index) is element \(terms) = \(current.offset), \(byte)\(value)\(copies)",
      "\(index) is element \(terms) = \(current.offset), \(byte)\(value)",
      "\(index) = \(short) = \(current.offset), \(byte)\(value)",
      "\(index) = element \(current.offset), \(byte)\(value)",
    ]
  }

  /// ` · shown by 9 entries, n goes on`.
  private func copiesPart(_ shown: ShownView, at offset: Int) -> String {
    guard shown.contains(offset), let copies = shown.copies(of: offset), copies > 1 else { return "" }
    return " · shown by \(copies) entries: n goes on, Enter writes to all"
  }

  /// The view's problems before its properties: what is outside, what was probably meant, the pin, contiguity, reshape,
  /// bytes.
  func reasons(_ state: State, _ painter: PanePainter) -> [[String]] {
    let shown = painter.shown
    let explanation = shown.explanation
    var lines: [[String]] = []
    if let problem = shown.problem { lines.append(["this view cannot be shown here: \(problem)"]) }
    if let mistake = explanation.mistakeSentence {
      let meant =
        explanation.meantInBytes.map { "meant as \($0.strides.map(String.init).joined(separator: ","))" } ?? ""
      lines.append([
        mistake, "byte strides given as elements? Divided by \(shown.itemSize) the view fits",
        "byte strides given as elements? \(meant)",
      ])
    }
    if let excess = explanation.excess { lines.append(outside(excess, shown)) }
    let write = writeFact(state, painter)
    if !write.isEmpty { lines.append(write) }
    let pinned = pinnedFact(state, painter)
    if !pinned.isEmpty { lines.append(pinned) }
    let order = explanation.contiguitySentence(names: shown.axisNames)
    let reshape = painter.reshapeReason(shown, explanation)
    lines.append(["\(order) · reshape \(reshape)", "reshape \(reshape)", order])
    lines.append([
      "\(explanation.bytesSentence) · \(painter.balanceSentence(shown))", explanation.bytesSentence,
    ])
    return lines
  }

  private func outside(_ excess: BufferExcess, _ shown: ShownView) -> [String] {
    let index = "(" + excess.firstIndex.map(String.init).joined(separator: ",") + ")"
    let counted = excess.cellsOutside.map { "\($0) of \(shown.count)" } ?? "some"
    var far: [String] = []
    if excess.bytesPastEnd > 0 { far.append("ends \(excess.bytesPastEnd) bytes too far") }
    if excess.bytesBeforeStart > 0 { far.append("begins \(excess.bytesBeforeStart) bytes too early") }
    let ends = far.joined(separator: " and ")
    return [
      "\(counted) cells lie outside the buffer (hatched), first \(index) at byte \(excess.byte); "
        + "the view \(ends); nothing is read",
      "\(counted) cells hatched: first \(index), byte \(excess.byte); \(ends); nothing read",
      "\(counted) cells hatched, first \(index), byte \(excess.byte); \(ends)",
      "\(counted) cells hatched, first \(index), byte \(excess.byte)",
    ]
  }

  /// The last edit by hand, if this view shows it: one write, and the entries that changed with it.
  private func writeFact(_ state: State, _ painter: PanePainter) -> [String] {
    let shown = painter.shown
    guard let offset = painter.changedOffset, let copies = shown.copies(of: offset), copies > 0
    else { return [] }
    let entries = shown.layout.indices(showing: offset, workLimit: 1 << 10).prefix(copies > 12 ? 4 : 12)
      .map { "(" + $0.map(String.init).joined(separator: ",") + ")" }
    let glyphs = state.appearance.glyphs
    let list = entries.joined(separator: " ") + (entries.count < copies ? " …" : "")
    let what = "one write to element \(offset) changed \(copies) entr\(copies == 1 ? "y" : "ies")"
    let mark = glyphs.marked("x", glyphs.written)
    return ["\(what) \(mark): \(list) · u undoes it", "\(what) \(mark) · u undoes it", what]
  }
}
