import Convolution
import Screens
import StridedTensor
import Walkthroughs

/// The same tensor in each order of memory: what lies beside what, and what one receptive field costs to gather.
struct OrdersScene: SceneDefinition {
  let title = "Orders"
  let panes: [Pane] = [.input, .nhwc, .nchw, .channelsLast, .gather, .kkio, .oikk, .geometry, .code, .cell]
  let firstFocus = Pane.nhwc
  let footerWithout = ["preset"]
  let leftPane = Pane.input
  let middlePanes: [Pane] = [.gather, .channelsLast, .kkio, .oikk, .geometry, .code, .cell]
  let rightPane = Pane.nchw

  /// A step gathers one element of one field, in the order of the patch matrix: all fields one after another.
  func stepCount(_ state: State) -> Int { state.patchMatrix.rows * state.patchMatrix.columns }

  func reached(_ state: State) -> OutputIndex {
    let field = state.patchMatrix.field(row: state.gatheredEntry.row)
    return OutputIndex(n: field.n, y: field.y, x: field.x, o: state.shownOutputChannel)
  }

  func step(reaching output: OutputIndex, _ state: State) -> Int {
    state.patchMatrix.row(n: output.n, y: output.y, x: output.x) * state.patchMatrix.columns
  }

  /// The element being gathered; where that is padding, the field's centre as elsewhere.
  func followed(_ state: State) -> InputIndex? {
    let index = state.patchMatrix.inputIndex(state.gatheredEntry)
    return state.values.addressing.contains(index) ? index : nil
  }

  /// Slow enough to see the cursors jump.
  func naturalSpeed(_ state: State) -> Speed { .stepsPerSecond(5) }

  func work(_ state: inout State) -> [Effect] { state.askForOrderTimes() }

  func code(_ state: State) -> (lines: [String], running: Int) {
    let g = state.geometry
    func tuple(_ numbers: [Int]) -> String { "(" + numbers.map { String($0) }.joined(separator: ",") + ")" }
    func bytes(_ order: TensorOrder) -> String {
      guard let layout = try? state.storageOrders.layout(order) else { return "" }
      return tuple(layout.byteStrides(itemSize: state.storageOrders.itemSize))
    }
    return (
      [
        "Z.strides  # NHWC: \(bytes(.nhwc))", "P = Z.transpose(0,3,1,2)  # a view", "P.strides  # channels-last:",
        "  # \(bytes(.channelsLast))", "Q = np.ascontiguousarray(P)  # a copy", "Q.strides  # NCHW: \(bytes(.nchw))",
        "row = \(g.fieldSlices(ofGroup: state.group)).ravel()",
      ], 6
    )
  }

  /// Two strips are always seen; the place above shows the costs, or what `i` brings.
  func arrangeSmall(_ area: Rect, _ painter: PanePainter) -> [(pane: Pane, rect: Rect)] {
    let third = area.rows / 3
    let top = Rect(column: area.column, row: area.row, columns: area.columns, rows: area.rows - 2 * third)
    let left = Rect(column: top.column, row: top.row, columns: 21, rows: top.rows)
    let side = Rect(column: left.endColumn, row: top.row, columns: top.columns - left.columns, rows: top.rows)
    let strips = [Pane.nhwc, .nchw].enumerated().map { number, pane in
      (
        pane: pane,
        rect: Rect(column: area.column, row: top.endRow + number * third, columns: area.columns, rows: third)
      )
    }
    return [(.input, left), (painter.state.side, side)] + strips
  }

  func arrange(_ area: Rect, _ painter: PanePainter) -> [(pane: Pane, rect: Rect)] {
    let least = max(area.rows * 2 / 5, 12)
    // The strips are compared line by line and column by column, so the three are equally high.
    let lowerRows = least - (3 - (area.rows - least) % 3) % 3
    let leftColumns = min(max(painter.room(for: .input).wanted, 30), area.columns / 4)
    let isWide = area.columns >= 180
    let (upper, lower) = Self.cut(area, rows: area.rows - lowerRows)
    let (left, right) = Self.cut(upper, columns: leftColumns)
    let (input, cell) = Self.cut(left, rows: left.rows - (isWide ? 20 : 8))
    let (gather, rest) = Self.cut(lower, columns: isWide ? 70 : 57)
    let (strips, code) = Self.cut(rest, columns: rest.columns - (isWide ? 56 : 34))
    return [(.input, input)] + Self.stack(isWide ? [.geometry, .cell] : [.cell], in: cell)
      + Self.stack([.nhwc, .nchw, .channelsLast], in: right) + [(.gather, gather)]
      + Self.stack([.kkio, .oikk], in: strips) + [(.code, code)]
  }

  private static func cut(_ area: Rect, rows: Int) -> (upper: Rect, lower: Rect) {
    let upper = Rect(column: area.column, row: area.row, columns: area.columns, rows: rows)
    return (upper, Rect(column: area.column, row: upper.endRow, columns: area.columns, rows: area.rows - rows))
  }

  private static func cut(_ area: Rect, columns: Int) -> (left: Rect, right: Rect) {
    let left = Rect(column: area.column, row: area.row, columns: columns, rows: area.rows)
    return (left, Rect(column: left.endColumn, row: area.row, columns: area.columns - columns, rows: area.rows))
  }

  /// Panels one above the other, the rows that do not come out even going to the first.
  private static func stack(_ panes: [Pane], in area: Rect) -> [(pane: Pane, rect: Rect)] {
    var row = area.row
    return panes.enumerated().map { number, pane in
      let rows = area.rows / panes.count + (number < area.rows % panes.count ? 1 : 0)
      defer { row += rows }
      return (pane, Rect(column: area.column, row: row, columns: area.columns, rows: rows))
    }
  }
}

extension OrdersScene {
  func sentences(_ state: State) -> [String] {
    guard state.geometry.inputChannels > 1 else {
      return [
        "One channel: all three orders are the same memory. :open picture:24x32x3 or arange:1x6x6x3 has three channels.",
        "One channel: all orders are the same memory. Try :open arange:1x6x6x3",
      ]
    }
    if state.geometry.groupInputChannels == 1 {
      return [
        "Depthwise: a field reads one channel, which NCHW has together. With :weight random:3x3x"
          + "\(state.geometry.inputChannels)x8 it reads all, and NHWC has those together.",
        "Depthwise: a field reads one channel only, and NCHW has that together.",
      ]
    }
    return [
      "The same numbers in three orders of memory. Each row is a cache line that the field touches: fewer rows, less to fetch.",
      "The same numbers in three orders; each row is a cache line the field touches.",
    ]
  }

  func facts(_ state: State, _ painter: PanePainter) -> [[String]] {
    [cellFact(state, painter), channelsLastFact(state), state.view.flipped ? Explanation.flipped : filterFact(state)]
  }

  /// The address formula of the selected cell in each order, with its numbers.
  private func cellFact(_ state: State, _ painter: PanePainter) -> [String] {
    let orders = state.storageOrders
    let cell = state.selected
    let value = painter.inputFormat.bare(painter.values.input(at: cell))
    let index = [cell.n, cell.y, cell.x, cell.c]
    func byte(_ order: TensorOrder) -> Int { (orders.offset(of: cell, in: order) ?? 0) * orders.itemSize }
    func formula(_ order: TensorOrder) -> String {
      guard let strides = try? orders.logicalLayout(order).byteStrides(itemSize: orders.itemSize) else { return "" }
      return zip(index, strides).map { "\($0)·\($1)" }.joined(separator: " + ")
    }
    let pinned = state.view.selection == nil ? "" : "pinned "
    let name = "\(pinned)[\(value)] = Z[\(index.map { String($0) }.joined(separator: ","))]"
    return [
      "\(name): byte \(formula(.nhwc)) = \(byte(.nhwc)) in NHWC and channels-last, "
        + "\(formula(.nchw)) = \(byte(.nchw)) in NCHW",
      "\(name): byte \(formula(.nhwc)) = \(byte(.nhwc)) in NHWC, \(formula(.nchw)) = \(byte(.nchw)) in NCHW",
      "\(name): byte \(byte(.nhwc)) in NHWC and channels-last, \(byte(.nchw)) in NCHW",
      "\(name): byte \(byte(.nhwc)) in NHWC, \(byte(.nchw)) in NCHW",
    ]
  }

  /// Why channels-last confuses.
  private func channelsLastFact(_ state: State) -> [String] {
    guard let layout = try? state.storageOrders.layout(.channelsLast) else { return [] }
    func tuple(_ numbers: [Int]) -> String { "(" + numbers.map { String($0) }.joined(separator: ",") + ")" }
    let answer = layout.isContiguous ? "True, for one channel fits both" : "False"
    return [
      "channels-last is NHWC's memory under NCHW's shape \(tuple(layout.shape)): printed alike, "
        + "only the strides \(tuple(layout.strides)) tell; is_contiguous() says \(answer)",
      "channels-last: NHWC's memory under NCHW's shape \(tuple(layout.shape)); only the strides "
        + "\(tuple(layout.strides)) tell",
      "channels-last: NHWC's memory, NCHW's shape; only strides \(tuple(layout.strides)) tell",
      "channels-last: NHWC's memory, NCHW's shape; only the strides tell",
    ]
  }

  /// What each order of the weight keeps together.
  private func filterFact(_ state: State) -> [String] {
    let orders = state.storageOrders
    let o = state.shownOutputChannel
    guard let lecture = try? orders.filter(o: o, in: .kkio), let pytorch = try? orders.filter(o: o, in: .oikk) else {
      return []
    }
    return [
      "weights of output channel \(o): \(Explanation.runs(pytorch.count, pytorch.length)) in OIKK, "
        + "\(Explanation.runs(lecture.count, lecture.length)) in KKIO, which keeps W[i,j] together, "
        + "the matrix that a product reads",
      "filter \(o): \(Explanation.runs(pytorch.count, pytorch.length)) in OIKK, "
        + "\(Explanation.runs(lecture.count, lecture.length)) in KKIO",
    ]
  }
}

extension ConvolutionGeometry {
  /// `Z[n,y:y+3,x:x+3,:]`: the field in NumPy's terms, of the padded input where there is padding.
  fileprivate func fieldSlices(ofGroup group: Int) -> String {
    let channels = groups == 1 ? ":" : "\(group * groupInputChannels):\((group + 1) * groupInputChannels)"
    func slice(_ output: String, _ stride: Int, _ dilation: Int, _ span: Int) -> String {
      let base = stride == 1 ? output : "\(stride)*\(output)"
      return "\(base):\(base)+\(span)" + (dilation == 1 ? "" : ":\(dilation)")
    }
    return (padding.isNone ? "Z" : "P") + "[n," + slice("y", stride.vertical, dilation.vertical, fieldHeight) + ","
      + slice("x", stride.horizontal, dilation.horizontal, fieldWidth) + ",\(channels)]"
  }
}
