import Convolution
import StridedTensor
import Walkthroughs

/// What a sweep along a row of receptive fields depends on.
struct FieldSweepKey: Equatable, Sendable {
  let orders: StorageOrders
  let n: Int
  let y: Int
  let group: Int
  let order: TensorOrder
  let cache: CacheGeometry
}

extension State {
  /// Gathering the row of fields that a field lies in, in an order of memory, with a bounded part of it really gone through.
  func sweep(rowOf field: ReceptiveField, in order: TensorOrder, cache: CacheGeometry) -> FieldSweep? {
    let orders = storageOrders
    let key = FieldSweepKey(orders: orders, n: field.n, y: field.y, group: field.group, order: order, cache: cache)
    return fieldSweeps.value(key) { try? orders.sweep(rowOf: field, in: order, cache: cache, work: 600) }
  }

  var storageOrders: StorageOrders {
    StorageOrders(geometry: geometry, itemSize: experiment.elementType.itemSize)
  }

  /// The element of its field that the walk of Orders gathers: an entry of the patch matrix, one after another.
  var gatheredEntry: PatchEntry {
    PatchEntry(row: view.step / patchMatrix.columns, column: view.step % patchMatrix.columns)
  }

  /// What reordering this input takes on this machine, once it has been measured.
  var orderTimes: OrderTimes? {
    guard let measured = measuredOrders, measured.generation == generation else { return nil }
    return measured.times
  }

  /// Everything that the scene wants to have measured, whether or not it has been asked for.
  public mutating func measurementsWanted() -> [Effect] {
    askedOrders = nil
    return update(&self, .terminal(.woken))
  }

  /// Whether they have been asked for and are not there yet.
  var areOrdersBeingTimed: Bool { askedOrders == generation && measuredOrders?.generation != generation }

  /// Asks once for the times of this experiment.
  mutating func askForOrderTimes() -> [Effect] {
    guard askedOrders != generation else { return [] }
    askedOrders = generation
    return [.timeOrders(experiment, generation: generation)]
  }

  /// Bytes of a cache line, on every machine that this is likely to run on.
  static let lineBytes = 64

  /// The lines of an order's memory that are shown: those that the field touches, and that of the selected cell.
  func shownLines(_ order: TensorOrder) -> [Int] {
    let orders = storageOrders
    let touched = (try? orders.runs(of: field, in: order).runs.lines(itemSize: orders.itemSize, line: State.lineBytes))
    let own = orders.offset(of: selected, in: order).map { $0 * orders.itemSize / State.lineBytes }
    return State.merged(touched ?? [], own)
  }

  /// The lines of an order's memory that the weights of the shown output channel lie in.
  func shownLines(_ order: WeightOrder) -> [Int] {
    let orders = storageOrders
    let filter = try? orders.filter(o: shownOutputChannel, in: order)
    return filter?.lines(itemSize: orders.itemSize, line: State.lineBytes) ?? []
  }

  private static func merged(_ lines: [Int], _ own: Int?) -> [Int] {
    guard let own, let place = lines.firstIndex(where: { $0 >= own }) ?? Optional(lines.count),
      place == lines.count || lines[place] != own
    else { return lines }
    var all = lines
    all.insert(own, at: place)
    return all
  }

  /// The kernel element that lies on the selected cell, if the field reads it.
  var kernelOnSelection: KernelIndex? {
    let cell = selected
    guard cell.n == field.n, let (i, j) = field.kernelElement(y: cell.y, x: cell.x),
      cell.c / geometry.groupInputChannels == field.group
    else { return nil }
    return KernelIndex(i: i, j: j, c: cell.c % geometry.groupInputChannels)
  }

  /// An arrow in an order's memory: the neighbours there, or the same place a cache line away.
  mutating func moveInMemory(_ delta: (rows: Int, columns: Int), order: TensorOrder) {
    let orders = storageOrders
    guard let offset = orders.offset(of: selected, in: order) else { return }
    let moved = offset + delta.columns + delta.rows * (State.lineBytes / orders.itemSize)
    if let cell = orders.index(atOffset: moved, in: order) { select(cell) }
  }

  mutating func clickInMemory(_ place: (row: Int, column: Int), order: TensorOrder) {
    let orders = storageOrders
    let lines = shownLines(order)
    guard lines.indices.contains(place.row) else { return }
    let offset = lines[place.row] * (State.lineBytes / orders.itemSize) + place.column
    if let cell = orders.index(atOffset: offset, in: order) { select(cell) }
  }

  /// A weight leads to the cell of the field that it is multiplied with, and to its own filter.
  mutating func clickInMemory(_ place: (row: Int, column: Int), order: WeightOrder) {
    let orders = storageOrders
    let lines = shownLines(order)
    guard lines.indices.contains(place.row), let layout = (try? orders.layout(order)).map(LayoutWalk.init) else {
      return
    }
    let offset = lines[place.row] * (State.lineBytes / orders.itemSize) + place.column
    guard (0..<layout.count).contains(offset) else { return }
    let (weight, o) = order.weight(at: layout.index(at: offset))
    if o != shownOutputChannel { view.outputChannel = o }
    let cell = field.index(under: view.flipped ? stored(weight) : weight)
    guard values.addressing.contains(cell) else {
      clampView()
      notice = Notice(text: "this weight meets a zero of the padding")
      return
    }
    select(cell)
  }
}

extension WeightOrder {
  /// The weight that an index in this order's own shape stands for, and its filter.
  func weight(at index: [Int]) -> (weight: KernelIndex, o: Int) {
    switch self {
    case .kkio: (KernelIndex(i: index[0], j: index[1], c: index[2]), index[3])
    case .oikk: (KernelIndex(i: index[2], j: index[3], c: index[1]), index[0])
    }
  }
}
