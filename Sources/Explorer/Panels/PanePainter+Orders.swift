import Screens
import StridedTensor
import Walkthroughs

/// Memory in a storage order, a cache line a row: only the lines that the field touches are shown, so their number is seen.
extension PanePainter {
  /// Numbers short enough that a line of 16 fits on a small screen.
  private func lineFormat(_ format: NumberFormat, _ range: NumberRange) -> NumberFormat {
    state.size.columns >= 200 ? format : NumberFormat(for: range, decimals: state.size.columns >= 120 ? 2 : 1)
  }

  func orderGrid(_ order: TensorOrder) -> Grid {
    let lines = state.shownLines(order)
    let orders = state.storageOrders
    let addressing = (try? orders.logicalLayout(order)).map(InputAddressing.init(layout:)) ?? values.addressing
    let cursor = matrix.inputIndex(state.gatheredEntry)
    let format = lineFormat(inputFormat, state.summary.input)
    let centre = addressing.contains(selected) ? addressing.offset(of: selected) : 0
    func isGathered(_ offset: Int) -> Bool {
      guard let index = addressing.index(ofOffset: offset) else { return false }
      return index.n == field.n && index.c / geometry.groupInputChannels == field.group
        && field.kernelElement(y: index.y, x: index.x) != nil
    }
    let count = values.addressing.layout.count
    return linesGrid(lines, of: count, itemSize: orders.itemSize, format: format, centre: centre) { [self] offset in
      guard let index = addressing.index(ofOffset: offset) else { return nil }
      var cell = GridCell(content: .number(values.input(at: index)))
      if isGathered(offset) {
        cell.background = tint(row: index.y, column: index.x)
        cell.beginsRun = !isGathered(offset - 1)
        cell.endsRun = !isGathered(offset + 1)
      } else {
        cell.style = Style(.faint)
      }
      if values.addressing.address(of: index) == selectedAddress { cell.mark = .selected }
      if index == cursor { cell.hasCursor = true }
      return cell
    }
  }

  func orderGrid(_ order: WeightOrder) -> Grid {
    let lines = state.shownLines(order)
    let orders = state.storageOrders
    let (o, isFlipped) = (state.shownOutputChannel, state.view.flipped)
    let layout = (try? orders.layout(order)).map(LayoutWalk.init)
    let stored = ConvolutionValues(state.experiment, flipped: false)
    let lit = state.kernelOnSelection
    let cursor = matrix.kernelIndex(column: state.gatheredEntry.column)
    let format = lineFormat(weightFormat, state.summary.weight)
    let centre = lit.flatMap { orders.offset(of: state.stored($0), o: o, in: order) } ?? 0
    /// Row-major in its own shape, so the offset is the step of the walk over it.
    func place(_ offset: Int) -> (weight: KernelIndex, o: Int)? {
      guard let layout, (0..<layout.count).contains(offset) else { return nil }
      return order.weight(at: layout.index(at: offset))
    }
    let count = layout?.count ?? 0
    return linesGrid(lines, of: count, itemSize: orders.itemSize, format: format, centre: centre) { [self] offset in
      guard let (weight, filter) = place(offset) else { return nil }
      var cell = GridCell(content: .number(stored.weight(at: weight, o: filter)))
      guard filter == o else {
        cell.style = Style(.faint)
        return cell
      }
      cell.beginsRun = place(offset - 1)?.o != o
      cell.endsRun = place(offset + 1)?.o != o
      // Turned by 180°, a weight meets the opposite place of the field.
      let met = isFlipped ? state.stored(weight) : weight
      cell.background = kernelColors(i: met.i, j: met.j).background.ink
      if met == lit { cell.mark = .selected }
      if met == cursor { cell.hasCursor = true }
      return cell
    }
  }

  private func linesGrid(
    _ lines: [Int], of count: Int, itemSize: Int, format: NumberFormat, centre: Int,
    _ cell: @escaping (Int) -> GridCell?
  ) -> Grid {
    let perLine = max(State.lineBytes / itemSize, 1)
    let widest = String((lines.last ?? 0) * State.lineBytes).count
    var grid = Grid(
      // Fewer elements than a line holds want no more columns than they are.
      rows: 0..<lines.count, columns: 0..<min(perLine, max(count, 1)), format: format,
      center: (lines.firstIndex(of: centre / perLine) ?? 0, centre % perLine),
      rowLabel: { lines.indices.contains($0) ? String(lines[$0] * State.lineBytes) : "" },
      columnLabel: { "+\($0 * itemSize)" }, labelWidth: widest + 1
    ) { row, column in
      cell(lines[row] * perLine + column) ?? GridCell(content: .glyph(" "))
    } pixel: { _, _, _ in
      nil
    }
    grid.shortColumnLabel = { String($0 * itemSize) }
    return grid
  }

  func orderTitles(_ order: TensorOrder) -> [String] {
    guard let layout = try? state.storageOrders.layout(order) else { return [order.rawValue] }
    return orderTitles(order.rawValue, layout)
  }

  func orderTitles(_ order: WeightOrder) -> [String] {
    guard let layout = try? state.storageOrders.layout(order) else { return [order.rawValue] }
    let many = geometry.outputChannels > 1 ? ", filter \(state.shownOutputChannel)" : ""
    return orderTitles("weight \(order.rawValue)", layout, many) + orderTitles(order.rawValue, layout)
  }

  private func orderTitles(_ name: String, _ layout: Layout, _ more: String = "") -> [String] {
    func list(_ numbers: [Int]) -> String { numbers.map { String($0) }.joined(separator: ",") }
    let bytes = list(layout.byteStrides(itemSize: state.storageOrders.itemSize))
    return [
      "\(name) (\(list(layout.shape))): strides \(list(layout.strides)) elements = \(bytes) bytes\(more)",
      "\(name) (\(list(layout.shape))): strides \(list(layout.strides)) = \(bytes) B\(more)",
      "\(name): strides \(list(layout.strides)) = \(bytes) B\(more)", "\(name), strides \(bytes) B", name,
    ]
  }

  /// The lines that the field touches, which are those shown, of all that there are.
  func orderCaptions(_ order: TensorOrder) -> [String] {
    guard let runs = try? state.storageOrders.runs(of: field, in: order) else { return [] }
    let perLine = max(State.lineBytes / state.storageOrders.itemSize, 1)
    let all = (values.addressing.layout.count + perLine - 1) / perLine
    let touched = "\(runs.linesTouched) of \(Explanation.counted(all, "line")) of \(State.lineBytes) B"
    let gathered = Explanation.runs(runs.count, runs.length) + letters(runs, order)
    return [
      "the field touches \(touched), in \(gathered)", "field on \(touched), in \(gathered)",
      "field on \(touched)", "field: \(gathered)", gathered,
    ]
  }

  /// What the length of the runs is in the lecture's letters, for a field that lies wholly in the picture.
  private func letters(_ runs: FieldRuns, _ order: TensorOrder) -> String {
    let (width, channels) = (geometry.kernelWidth, geometry.groupInputChannels)
    guard runs.count * runs.length == geometry.patchColumns else { return "" }
    if order == .nchw { return runs.length == width && width > 1 ? " = K" : "" }
    guard channels > 1 else { return runs.length == width && width > 1 ? " = K" : "" }
    return runs.length == width * channels && width > 1 ? " = K·C" : runs.length == channels ? " = C" : ""
  }

  func orderCaption(_ order: WeightOrder) -> String? {
    guard let filter = try? state.storageOrders.filter(o: state.shownOutputChannel, in: order) else { return nil }
    return Explanation.counted(state.shownLines(order).count, "line") + ", "
      + Explanation.runs(filter.count, filter.length)
  }
}

extension State {
  /// The weight that meets a kernel place; with a flipped kernel, the one opposite.
  func stored(_ kernel: KernelIndex) -> KernelIndex {
    guard view.flipped else { return kernel }
    return KernelIndex(i: geometry.kernelHeight - 1 - kernel.i, j: geometry.kernelWidth - 1 - kernel.j, c: kernel.c)
  }
}

extension Explanation {
  /// `1 line`, `4 lines`.
  static func counted(_ count: Int, _ thing: String) -> String { "\(count) \(thing)\(count == 1 ? "" : "s")" }

  /// `row 3`, `rows 0–3`.
  static func span(_ range: Range<Int>, _ thing: String) -> String {
    range.count == 1
      ? "\(thing) \(range.lowerBound)" : "\(thing)s \(range.lowerBound)–\(range.upperBound - 1)"
  }

  /// `3 runs of 9`.
  static func runs(_ count: Int, _ length: Int) -> String { "\(counted(count, "run")) of \(length)" }
}
