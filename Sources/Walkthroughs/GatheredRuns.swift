import StridedTensor

/// Elements that are gathered together, run by run.
///
/// `layout` has its axes in the order of memory and no stride below 1.
public struct GatheredRuns: Sendable {
  /// Elements of each run, and the layout of the runs' first elements.
  public let length: Int
  private let heads: LayoutWalk?

  /// - Parameter layout: each element shown once, axes from the longest stride to the shortest; nil for none.
  public init(_ layout: Layout?) {
    guard let layout, layout.count > 0 else {
      (length, heads) = (0, nil)
      return
    }
    let merged = layout.merged()
    let isDense = merged.strides.last == 1
    length = isDense ? merged.shape.last ?? 1 : 1
    let axes = isDense ? (merged.shape.dropLast(), merged.strides.dropLast()) : (merged.shape[...], merged.strides[...])
    heads = (try? Layout(shape: Array(axes.0), strides: Array(axes.1), offset: layout.offset)).map(LayoutWalk.init)
  }

  public var count: Int { heads?.count ?? 0 }

  /// The offset of each run's first element, in memory's order.
  public func forEach(_ body: (_ offset: Int) -> Void) { heads?.forEachOffset(0..<count, body) }

  /// The numbers of the cache lines that hold the elements, rising.
  ///
  /// - Complexity: O(runs + lines).
  public func lines(itemSize: Int, line: Int) -> [Int] {
    var found: [Int] = []
    forEach { offset in
      let first = max(offset * itemSize / line, (found.last ?? -1) + 1)
      let last = ((offset + length) * itemSize - 1) / line
      if first <= last { found += first...last }
    }
    return found
  }

  /// Reads all elements, or those that lie `shift` elements further on, through a cache, in memory's order.
  func read(through cache: inout CacheModel, itemSize: Int, shift: Int = 0) {
    forEach { cache.access(from: ($0 + shift) * itemSize, byteStride: itemSize, count: length) }
  }
}

extension FieldRuns {
  public var runs: GatheredRuns { GatheredRuns(layout) }
}

extension StorageOrders {
  /// The weights of one output channel, what a receptive field is multiplied by, in an order's memory.
  public func filter(o: Int, in order: WeightOrder) throws(StridedTensorError) -> GatheredRuns {
    let one = try logicalLayout(order).at(o, axis: 3)
    let axes = (0..<3).sorted { one.strides[$0] > one.strides[$1] }
    return GatheredRuns(try one.permuted(axes))
  }
}

/// What gathering receptive fields costs one after another along a row of outputs, in a model cache.
public struct FieldSweep: Hashable, Sendable {
  /// Fields that were gathered.
  public let fields: Int
  public let counts: CacheCounts

  /// Cache lines fetched for each field, on average.
  public var missesPerField: Double { fields > 0 ? Double(counts.misses) / Double(fields) : 0 }
}

extension StorageOrders {
  /// Gathers the fields of one output row from its first on, each in the order of memory; the cache is empty at first.
  ///
  /// - Parameters:
  ///   - field: any field of the row.
  ///   - order: of the memory.
  ///   - cache: what counts misses.
  ///   - work: runs and lines that may be visited; the sweep ends with the field in which they are used up.
  public func sweep(
    rowOf field: ReceptiveField, in order: TensorOrder, cache: CacheGeometry, work: Int = 10_000
  ) throws(StridedTensorError) -> FieldSweep {
    var model = CacheModel(cache)
    let input = try logicalLayout(order)
    let step = geometry.stride.horizontal * input.strides[2]
    let reach = (geometry.kernelWidth - 1) * geometry.dilation.horizontal
    var left = work
    var done = 0
    // Fields that padding does not cut at the sides are one and the same, moved along.
    var whole: (runs: GatheredRuns, x: Int)?
    while done < geometry.outputWidth, left > 0 {
      let next = ReceptiveField(geometry: geometry, n: field.n, y: field.y, x: done, group: field.group)
      let isWhole = next.left >= 0 && next.left + reach < geometry.inputWidth
      let known = isWhole ? whole : nil
      let runs: GatheredRuns
      if let known { runs = known.runs } else { runs = GatheredRuns(try cells(of: next, in: input)) }
      if isWhole && known == nil { whole = (runs, done) }
      runs.read(through: &model, itemSize: itemSize, shift: known.map { (done - $0.x) * step } ?? 0)
      left -= 1 + runs.count * (1 + runs.length * itemSize / cache.line)
      done += 1
    }
    return FieldSweep(fields: done, counts: model.counts)
  }
}
