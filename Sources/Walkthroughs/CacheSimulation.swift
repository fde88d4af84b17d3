/// What a cache makes of an address stream, wholly simulated or from a sample of it.
public struct CacheReport: Hashable, Sendable {
  /// All accesses of the stream; where sampled, the misses are estimates.
  public let counts: CacheCounts
  /// Accesses that were put through the model, warming up included.
  public let simulated: Int
  /// Twice the standard error of the misses, as a part of them; 0 if all were simulated.
  public let relativeError: Double

  public var isSampled: Bool { simulated < counts.accesses }
}

/// Runs address streams through a cache: exactly up to a number of accesses, above it from windows spread over the run.
///
/// Sampling is in time. The run is cut into equal strata, and in each a window of consecutive accesses is simulated
/// from a place that a fixed hash picks (so that it does not fall into step with the loops). The first half of a window
/// warms the cache up and is not counted; the cache keeps what it holds from window to window, which for the repeated
/// tiles of a blocked product is nearly what it would hold. Compulsory misses are not estimated: the stream knows its
/// lines.
public struct CacheSimulation: Hashable, Sendable {
  public let geometry: CacheGeometry
  /// Streams of at most so many accesses are simulated wholly.
  public let exactLimit: Int
  /// Windows of a sample; together they are `exactLimit` accesses.
  public let windows: Int

  /// - Parameters:
  ///   - geometry: size, line and ways of the cache.
  ///   - exactLimit: unless told 2²² accesses, or 512 for each line of a large cache, but at most 2²⁵: a window too short
  ///     to fill the cache would take first touches of the window for misses.
  ///   - windows: 4 to 32 unless told, as many as leave a window 128 accesses for each line of the cache.
  public init(_ geometry: CacheGeometry, exactLimit: Int? = nil, windows: Int? = nil) {
    self.geometry = geometry
    self.exactLimit = min(max(exactLimit ?? min(max(1 << 22, geometry.lines * 512), 1 << 25), 2), 1 << 40)
    let fitting = min(max(self.exactLimit / (geometry.lines * 128), 4), 32)
    self.windows = min(max(windows ?? fitting, 2), self.exactLimit)
  }

  /// The counts of a whole stream; nil if it was cancelled.
  ///
  /// - Parameters:
  ///   - stream: the accesses.
  ///   - isCancelled: asked every 65536 of them.
  /// - Complexity: O(min(count, exactLimit)).
  public func run(_ stream: some AddressStream, isCancelled: () -> Bool = { Task.isCancelled }) -> CacheReport? {
    var model = CacheModel(geometry)
    guard stream.count > exactLimit else {
      guard feed(0..<stream.count, of: stream, to: &model, isCancelled) else { return nil }
      return CacheReport(counts: model.counts, simulated: stream.count, relativeError: 0)
    }
    return sample(stream, &model, isCancelled)
  }

  private func sample(
    _ stream: some AddressStream, _ model: inout CacheModel, _ isCancelled: () -> Bool
  ) -> CacheReport? {
    let length = max(exactLimit / windows, 2)
    let stratum = stream.count / windows
    var misses: [Double] = []
    var conflicts = 0.0
    var counted = 0
    for window in 0..<windows {
      let spare = max(stratum - length, 0)
      let start = window * stratum + Int(Self.hash(window) % UInt64(spare + 1))
      let end = min(start + length, stream.count)
      let middle = start + (end - start) / 2
      guard feed(start..<middle, of: stream, to: &model, isCancelled) else { return nil }
      let before = model.counts
      guard feed(middle..<end, of: stream, to: &model, isCancelled) else { return nil }
      let found = model.counts - before
      misses.append(found.missRate)
      conflicts += Double(found.conflict)
      counted += found.accesses
    }
    let mean = misses.reduce(0, +) / Double(misses.count)
    let variance = misses.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(misses.count - 1)
    let error = (variance / Double(misses.count)).squareRoot()
    let compulsory = stream.linesTouched(line: geometry.line)
    let all = max(Int(mean * Double(stream.count)), compulsory)
    let conflict = min(Int(conflicts / Double(max(counted, 1)) * Double(stream.count)), all - compulsory)
    return CacheReport(
      counts: CacheCounts(
        accesses: stream.count, compulsory: compulsory, capacity: all - compulsory - conflict, conflict: conflict),
      simulated: model.counts.accesses, relativeError: mean > 0 ? 2 * error / mean : 0)
  }

  private func feed(
    _ range: Range<Int>, of stream: some AddressStream, to model: inout CacheModel, _ isCancelled: () -> Bool
  ) -> Bool {
    var batch: [Int] = []
    batch.reserveCapacity(min(range.count, CacheModel.batchSize))
    var start = range.lowerBound
    while start < range.upperBound {
      guard !isCancelled() else { return false }
      let end = min(start + CacheModel.batchSize, range.upperBound)
      batch.removeAll(keepingCapacity: true)
      stream.append(start..<end, to: &batch)
      model.access(batch)
      start = end
    }
    return !isCancelled()
  }

  private static func hash(_ window: Int) -> UInt64 {
    var z = UInt64(window + 1) &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    return z ^ (z >> 27)
  }
}
