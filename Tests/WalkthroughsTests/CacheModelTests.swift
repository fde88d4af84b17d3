import StridedTensor
import TestSupport
import Testing
import Walkthroughs

@Suite struct CacheModelTests {
  static func addresses(_ layout: Layout, itemSize: Int = 4) -> [Int] {
    BruteForce.offsets(layout).map { $0 * itemSize }
  }

  /// The lecture's 6×6 float32 matrix through two lines of 16 bytes: 9 lines, of which a tile needs two at a time.
  @Test func theToyCacheTellsTheLecturesOrdersApart() throws {
    let matrix = try Layout.rowMajor([6, 6])
    for (layout, misses) in [(matrix, 9), (try matrix.tiled(2), 12), (try matrix.transposed(), 36)] {
      var model = CacheModel(.toy)
      model.access(Self.addresses(layout))
      #expect(model.counts.accesses == 36)
      #expect(model.counts.misses == misses)
      #expect(model.counts.compulsory == 9)
      #expect(model.counts.capacity == misses - 9)
      #expect(model.linesTouched == 9)
    }
  }

  /// Worked by hand: direct-mapped, four lines of 8 bytes, of which 0 and 4 share set 0.
  @Test func aDirectMappedTrace() throws {
    var model = CacheModel(try CacheGeometry(size: 32, line: 8, ways: 1))
    let trace: [(line: Int, outcome: CacheOutcome)] = [
      (0, .compulsoryMiss), (4, .compulsoryMiss), (0, .conflictMiss), (4, .conflictMiss), (4, .hit),
      (1, .compulsoryMiss), (2, .compulsoryMiss), (3, .compulsoryMiss),
      // Five lines seen, four fit: fully associative, 0 is gone, and so 4 goes next.
      (0, .capacityMiss), (1, .hit),
    ]
    for (line, outcome) in trace { #expect(model.access(line * 8 + 3) == outcome, "line \(line)") }
    #expect(model.counts == CacheCounts(accesses: 10, compulsory: 5, capacity: 1, conflict: 2))
  }

  /// Worked by hand: two sets of two ways; lines 0, 2, 4 go to set 0, which holds two.
  @Test func aTwoWayTrace() throws {
    var model = CacheModel(try CacheGeometry(size: 64, line: 16, ways: 2))
    let trace: [(line: Int, outcome: CacheOutcome)] = [
      (0, .compulsoryMiss), (2, .compulsoryMiss), (0, .hit), (4, .compulsoryMiss), (0, .hit), (2, .conflictMiss),
      (1, .compulsoryMiss), (4, .conflictMiss), (0, .conflictMiss),
    ]
    for (line, outcome) in trace { #expect(model.access(line * 16) == outcome, "line \(line)") }
    #expect(model.holds(0) && model.holds(64 + 15) && model.holds(16))
    #expect(!model.holds(32))
  }

  private static func models(size: Int, line: Int, ways: Int) throws -> (CacheModel, PlainCache) {
    let geometry = try CacheGeometry(size: size, line: line, ways: ways)
    return (CacheModel(geometry), PlainCache(geometry))
  }

  /// Against the plainest model there is.
  @Test(arguments: [(256, 16, 2), (256, 16, 16), (256, 16, 1), (384, 32, 4), (1536, 64, 3)])
  func randomTracesAgreeWithAPlainModel(size: Int, line: Int, ways: Int) throws {
    var random = SeededGenerator(seed: 11)
    var (model, plain) = try Self.models(size: size, line: line, ways: ways)
    var address = 0
    for _ in 0..<20_000 {
      address = random.int(0...3) == 0 ? random.int(-1000...4000) : address + 4
      #expect(model.access(address) == plain.access(address))
    }
    for lines in plain.sets {
      for number in lines { #expect(model.holds(number * line)) }
    }
    #expect(model.linesTouched == plain.seen.count)
  }

  /// Many at once, over so much memory and for so long that all that is remembered outgrows its first size: near lines
  /// and far ones, as many as the cache holds and many more.
  @Test(arguments: [(256, 16, 2), (1024, 16, 64), (2048, 32, 1), (1536, 64, 3), (8192, 64, 16)])
  func longTracesAgreeWithAPlainModel(size: Int, line: Int, ways: Int) throws {
    var random = SeededGenerator(seed: 5)
    var (model, plain) = try Self.models(size: size, line: line, ways: ways)
    for reach in [size, size * 3, 1 << 22, 1 << 44, 1 << 22] {
      var trace: [Int] = []
      for _ in 0..<25_000 {
        let address = random.int(-reach / 2...reach / 2)
        // Some of what came lately comes again.
        trace.append(random.int(0...2) == 0 ? trace[max(trace.count - random.int(1...40), 0)...].first ?? 0 : address)
      }
      let half = trace.count / 2
      for part in [trace[..<half], trace[half...]] {
        model.access(Array(part))
        for address in part { plain.access(address) }
        #expect(model.counts == plain.counts, "reach \(reach)")
      }
      #expect(model.linesTouched == plain.seen.count)
    }
  }

  /// Line by line counts what element by element counts, whatever the stride.
  @Test(arguments: [4, -4, 0, 12, -20, 64, -200, 1])
  func runsCountAsTheirElementsDo(byteStride: Int) throws {
    let geometry = try CacheGeometry(size: 512, line: 32, ways: 2)
    var byRun = CacheModel(geometry)
    var byElement = CacheModel(geometry)
    for start in [0, 7, 100, 64, 7, -300] {
      byRun.access(from: start, byteStride: byteStride, count: 57)
      for k in 0..<57 { byElement.access(start + k * byteStride) }
      #expect(byRun.counts == byElement.counts)
    }
  }

  @Test func lazySequencesRunAndCanBeCancelled() throws {
    var model = CacheModel(.toy)
    let finished = model.run((0..<200_000).lazy.map { $0 * 4 }, isCancelled: { false })
    #expect(finished)
    #expect(model.counts == CacheCounts(accesses: 200_000, compulsory: 50_000))
    var cancelled = CacheModel(.toy)
    var questions = 0
    let stopped = cancelled.run((0..<Int.max).lazy.map { $0 & 0xFFFF }) {
      questions += 1
      return questions > 2
    }
    #expect(!stopped)
    #expect(cancelled.counts.accesses == 2 * CacheModel.batchSize)
  }

  @Test(arguments: [
    (0, 64, 8), (32, 64, 1), (32768, 48, 8), (32768, 64, 0), (32768, 64, 7), (100, 64, 1), (32768, 4, 8),
    (Int.max - 63, 64, 1), (-64, 64, 1), (64, -64, 1),
  ])
  func impossibleCachesAreRefused(size: Int, line: Int, ways: Int) {
    #expect(throws: WalkthroughError.self) { try CacheGeometry(size: size, line: line, ways: ways) }
  }

  @Test func theMessageSaysWhatCame() {
    #expect(throws: WalkthroughError.cache("expected ways that divide the cache's 512 lines, got 7")) {
      try CacheGeometry(size: 32768, line: 64, ways: 7)
    }
  }
}

/// The plainest model there is: an array of lines for each set and one for the whole, searched and shifted.
private struct PlainCache {
  private let geometry: CacheGeometry
  var sets: [[Int]]
  private var whole: [Int] = []
  var seen: Set<Int> = []
  var counts = CacheCounts()

  init(_ geometry: CacheGeometry) {
    self.geometry = geometry
    sets = [[Int]](repeating: [], count: geometry.sets)
  }

  @discardableResult
  mutating func access(_ address: Int) -> CacheOutcome {
    let number = Int((Double(address) / Double(geometry.line)).rounded(.down))
    let place = ((number % geometry.sets) + geometry.sets) % geometry.sets
    let wasSeen = !seen.insert(number).inserted
    let isInWhole = Self.use(number, of: &whole, holding: geometry.lines)
    let isInSet = Self.use(number, of: &sets[place], holding: geometry.ways)
    counts.accesses += 1
    if isInSet { return .hit }
    if !wasSeen {
      counts.compulsory += 1
      return .compulsoryMiss
    }
    if isInWhole {
      counts.conflict += 1
      return .conflictMiss
    }
    counts.capacity += 1
    return .capacityMiss
  }

  /// Makes a line the first of those held; whether it was one of them.
  private static func use(_ number: Int, of lines: inout [Int], holding most: Int) -> Bool {
    let former = lines.firstIndex(of: number)
    if let former { lines.remove(at: former) } else if lines.count == most { lines.removeLast() }
    lines.insert(number, at: 0)
    return former != nil
  }
}
