import Screens
import StridedTensor
import Walkthroughs

/// What one receptive field costs to gather in each order: the table of Orders.
extension PanePainter {
  func drawGather(on canvas: Canvas) {
    let label = 10
    let orders = TensorOrder.allCases
    // The columns of the canvas that do not divide are not lost.
    func start(_ number: Int) -> Int { label + 1 + number * max(canvas.columns - label - 1, 0) / orders.count }
    let rows = gatherRows(short: canvas.rows < 8)
    for (row, line) in rows.prefix(canvas.rows).enumerated() {
      canvas.put(glyphs(line.label), column: 1, row: row, Style(.faint))
      for (number, wordings) in line.cells.enumerated() {
        let columns = start(number + 1) - start(number) - 1
        canvas.put(
          Explanation.fitting(wordings, columns: columns, state.appearance), column: start(number), row: row,
          row == 0 ? Style(.title, [.bold]) : .plain)
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

  /// The rows of the table; a cell may have several wordings, longer ones first.
  private func gatherRows(short: Bool) -> [(label: String, cells: [[String]])] {
    let all = TensorOrder.allCases
    let orders = state.storageOrders
    func cells(_ text: (TensorOrder) -> String) -> [[String]] { all.map { [text($0)] } }
    func list(_ numbers: [Int]) -> String { numbers.map { String($0) }.joined(separator: ",") }
    /// The stride from picture to picture, the longest, is the first that may be missing.
    func strides(_ numbers: (Layout) -> [Int]) -> [[String]] {
      all.map { layout($0).map(numbers).map { [list($0), "…," + list(Array($0.dropFirst()))] } ?? [] }
    }
    func layout(_ order: TensorOrder) -> Layout? { try? orders.layout(order) }
    let runs = all.map { try? orders.runs(of: field, in: $0) }
    func text(_ runs: FieldRuns?) -> String { runs.map { Explanation.runs($0.count, $0.length) } ?? "" }
    func lines(_ runs: FieldRuns?) -> String { runs.map { Explanation.counted($0.linesTouched, "line") } ?? "" }
    let (permute, copy) = (permuteCells(state.orderTimes).map { [$0] }, copyCells(state.orderTimes).map { [$0] })
    var rows: [(label: String, cells: [[String]])] = [("one field", cells(\.rawValue))]
    guard !short else {
      rows.append(("reads", runs.map { [$0.map { "\($0.count)×\($0.length), \(lines($0))" } ?? ""] }))
      return rows + [("permute", permute), ("copy", copy)]
    }
    rows.append(("gathers", runs.map { [text($0)] }))
    rows.append(("touches", runs.map { [lines($0)] }))
    rows.append(("L1 misses", misses(.level1).map { [$0] }))
    rows.append(("toy cache", misses(.toy).map { [$0] }))
    rows.append(("permute", permute))
    rows.append(("copy", copy))
    rows.append(("shape", cells { layout($0).map { list($0.shape) } ?? "" }))
    rows.append(("strides", strides(\.strides)))
    rows.append(("in bytes", strides { $0.byteStrides(itemSize: orders.itemSize) }))
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
