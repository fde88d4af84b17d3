import StridedTensor

/// What a walk over a view and over its copy has cost so far, in lines and misses of a cache model.
public struct CursorCost: Hashable, Sendable {
  /// Different cache lines touched so far.
  public let linesTouched: Int
  public let counts: CacheCounts

  public var misses: Int { counts.misses }
}

/// When a contiguous copy has paid for itself, by the misses of a cache model.
///
/// The model: making the copy is one pass that reads the view and writes the copy through one cold cache; after that, a
/// pass over the copy costs its misses from a cold cache instead of those of the view. Real time also has prefetching and
/// arithmetic in it, which this leaves out.
public struct CopyCost: Hashable, Sendable {
  /// Misses of one pass over the view, over the copy, and of making the copy.
  public let viewPass: CacheReport
  public let copyPass: CacheReport
  public let making: CacheReport

  public init(viewPass: CacheReport, copyPass: CacheReport, making: CacheReport) {
    self.viewPass = viewPass
    self.copyPass = copyPass
    self.making = making
  }

  /// The first number of passes after which making the copy and walking it has cost no more misses than walking the
  /// view as often; nil if it never does.
  public var passesUntilPaid: Int? {
    let saved = viewPass.counts.misses - copyPass.counts.misses
    guard saved > 0 else { return nil }
    return (making.counts.misses + saved - 1) / saved
  }
}

extension ContiguousCopyWalkthrough {
  /// Where the copy's buffer is put for the cache model: behind everything the view touches, at a line and set of its own choosing.
  ///
  /// - Parameter alignment: a power of two; real allocators give large buffers page by page (4096).
  public func copyBase(alignment: Int = 4096) -> Int {
    let end = max(view.layout.touchedOffsets.map { $0.upperBound + 1 } ?? 0, 0)
    let (bytes, overflow) = end.multipliedReportingOverflow(by: itemSize)
    let (raised, beyond) = bytes.addingReportingOverflow(alignment - 1)
    return overflow || beyond ? 0 : raised & ~(alignment - 1)
  }

  /// The addresses of one pass over the view.
  public var viewAddresses: ViewAddressStream { ViewAddressStream(view, itemSize: itemSize) }

  /// The addresses of one pass over the copy.
  public var copyAddresses: ViewAddressStream {
    ViewAddressStream(LayoutWalk(copy), itemSize: itemSize, base: copyBase())
  }

  /// The addresses of making the copy: read an element, write it, and so on.
  public var makingAddresses: CopyAddressStream { CopyAddressStream(walkthrough: self) }

  /// The costs of both cursors after step `t`, each from a cold cache of its own.
  ///
  /// - Complexity: O(t); ask `CopyRace` for the next steps one by one.
  public func costs(after t: Int, cache: CacheGeometry) -> (view: CursorCost, copy: CursorCost) {
    var race = CopyRace(self, cache: cache)
    race.advance(to: t)
    return (race.view, race.copy)
  }

  /// The misses-based balance of the copy; nil if cancelled.
  public func cost(
    cache: CacheSimulation, isCancelled: () -> Bool = { Task.isCancelled }
  ) -> CopyCost? {
    guard let view = cache.run(viewAddresses, isCancelled: isCancelled),
      let copy = cache.run(copyAddresses, isCancelled: isCancelled),
      let making = cache.run(makingAddresses, isCancelled: isCancelled)
    else { return nil }
    return CopyCost(viewPass: view, copyPass: copy, making: making)
  }
}

/// The two cursors with a cache each, advanced as the steps go: forward at O(1) a step, backward by starting again.
///
/// In a long walk a race may start cold anywhere, so that jumping far does not mean walking there.
public struct CopyRace: Sendable {
  public let walkthrough: ContiguousCopyWalkthrough
  /// The step from which lines and misses are counted.
  public let start: Int
  private let cache: CacheGeometry
  private var viewCache: CacheModel
  private var copyCache: CacheModel
  /// The step that comes next.
  public private(set) var done: Int

  public init(_ walkthrough: ContiguousCopyWalkthrough, cache: CacheGeometry, from start: Int = 0) {
    self.walkthrough = walkthrough
    self.start = min(max(start, 0), walkthrough.count)
    done = self.start
    self.cache = cache
    viewCache = CacheModel(cache)
    copyCache = CacheModel(cache)
  }

  public var view: CursorCost { CursorCost(linesTouched: viewCache.linesTouched, counts: viewCache.counts) }
  public var copy: CursorCost { CursorCost(linesTouched: copyCache.linesTouched, counts: copyCache.counts) }

  /// Brings both cursors past step `t`.
  ///
  /// - Complexity: O(steps between), from the start again if `t` lies before what is done.
  public mutating func advance(to t: Int) {
    let target = t < walkthrough.count ? max(t + 1, start) : walkthrough.count
    if target < done { self = CopyRace(walkthrough, cache: cache, from: start) }
    guard target > done else { return }
    let size = walkthrough.itemSize
    walkthrough.view.forEachOffset(done..<target) { viewCache.access($0 &* size) }
    copyCache.access(from: walkthrough.copyBase() + done * size, byteStride: size, count: target - done)
    done = target
  }
}

/// Reads of a view and writes of its copy, in turn.
public struct CopyAddressStream: AddressStream {
  let walkthrough: ContiguousCopyWalkthrough

  public var count: Int { walkthrough.count * 2 }

  public func append(_ range: Range<Int>, to addresses: inout [Int]) {
    guard !range.isEmpty else { return }
    let (size, base) = (walkthrough.itemSize, walkthrough.copyBase())
    var t = range.lowerBound / 2
    walkthrough.view.forEachOffset(t..<(range.upperBound + 1) / 2) { offset in
      if 2 * t >= range.lowerBound { addresses.append(offset &* size) }
      if 2 * t + 1 < range.upperBound { addresses.append(base + t * size) }
      t += 1
    }
  }

  public func linesTouched(line: Int) -> Int {
    walkthrough.viewAddresses.linesTouched(line: line) + walkthrough.copyAddresses.linesTouched(line: line)
  }
}
