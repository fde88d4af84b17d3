import Screens
import StridedTensor
import Walkthroughs

/// What one receptive field costs to gather in each order: the table of Orders.
extension PanePainter {
  func drawGather(on canvas: Canvas) {
    let label = 10
    let orders = TensorOrder.allCases
    let width = max((canvas.columns - label - 1) / orders.count, 6)
    let rows = gatherRows(short: canvas.rows < 8)
    for (row, line) in rows.prefix(canvas.rows).enumerated() {
      canvas.put(glyphs(line.label), column: 1, row: row, Style(.faint))
      for (number, text) in line.cells.enumerated() {
        canvas.put(
          truncated(glyphs(text), width - 1, ellipsis: glyphSet.ellipsis),
          column: label + 1 + number * width, row: row, row == 0 ? Style(.title, [.bold]) : .plain)
      }
    }
    // What is averaged, where it has room under the table.
    let average =
      "misses: cache lines fetched for a field, on average, while the kernel slides along its row, "
      + "the cache empty at first"
    let note = wrapped(glyphs(average), canvas.columns - 2)
    guard rows.count + 1 + note.count <= canvas.rows else { return }
    for (row, text) in note.enumerated() {
      canvas.put(text, column: 1, row: rows.count + 1 + row, Style(.explanation))
    }
  }

  private func gatherRows(short: Bool) -> [(label: String, cells: [String])] {
    let all = TensorOrder.allCases
    let orders = state.storageOrders
    func cells(_ text: (TensorOrder) -> String) -> [String] { all.map(text) }
    func list(_ numbers: [Int]) -> String { numbers.map { String($0) }.joined(separator: ",") }
    func layout(_ order: TensorOrder) -> Layout? { try? orders.layout(order) }
    let runs = all.map { try? orders.runs(of: field, in: $0) }
    func text(_ runs: FieldRuns?) -> String { runs.map { Explanation.runs($0.count, $0.length) } ?? "" }
    func lines(_ runs: FieldRuns?) -> String { runs.map { Explanation.counted($0.linesTouched, "line") } ?? "" }
    let (permute, copy) = (permuteCells(state.orderTimes), copyCells(state.orderTimes))
    var rows: [(label: String, cells: [String])] = [("one field", cells(\.rawValue))]
    guard !short else {
      rows.append(("reads", runs.map { $0.map { "\($0.count)×\($0.length), \(lines($0))" } ?? "" }))
      return rows + [("permute", permute), ("copy", copy)]
    }
    rows.append(("gathers", runs.map(text)))
    rows.append(("touches", runs.map(lines)))
    rows.append(("L1 misses", misses(.level1)))
    rows.append(("toy cache", misses(.toy)))
    rows.append(("permute", permute))
    rows.append(("copy", copy))
    rows.append(("shape", cells { layout($0).map { list($0.shape) } ?? "" }))
    rows.append(("strides", cells { layout($0).map { list($0.strides) } ?? "" }))
    rows.append(("in bytes", cells { layout($0).map { list($0.byteStrides(itemSize: orders.itemSize)) } ?? "" }))
    rows.append(("row-major", cells { layout($0)?.isContiguous == true ? "yes" : "no: by strides" }))
    return rows
  }

  /// Lines fetched for each field while the kernel slides along the row.
  private func misses(_ cache: CacheGeometry) -> [String] {
    let format = NumberFormat(columns: 8, decimals: 2)
    func text(_ order: TensorOrder) -> String {
      guard let sweep = state.sweep(rowOf: field, in: order, cache: cache) else { return "" }
      return format.bare(sweep.missesPerField) + " a field"
    }
    let (together, apart) = (text(.nhwc), text(.nchw))
    return [together, apart, together]
  }

  private func permuteCells(_ times: OrderTimes?) -> [String] {
    let time = times.map { OrderTimes.text($0.permute) } ?? "not measured"
    return ["as it is", time, time]
  }

  private func copyCells(_ times: OrderTimes?) -> [String] {
    ["as it is", times.map { $0.copy.map { OrderTimes.text($0) } ?? "too large" } ?? "not measured", "none needed"]
  }
}

extension CacheGeometry {
  /// An L1 cache as most machines have it.
  static let level1 = (try? CacheGeometry(size: 32_768, line: 64, ways: 8)) ?? .toy
}
