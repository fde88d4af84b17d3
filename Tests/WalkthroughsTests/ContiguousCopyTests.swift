import StridedTensor
import TensorFiles
import TestSupport
import Testing
import Walkthroughs

@Suite struct ContiguousCopyTests {
  static func layouts() throws -> [Layout] {
    let matrix = try Layout.rowMajor([6, 6])
    var random = SeededGenerator(seed: 5)
    var all = [
      matrix, try matrix.tiled(2), try matrix.transposed(), try matrix.slice(axis: 1, step: -1),
      try Layout(shape: [4, 4, 3, 3], strides: [6, 1, 6, 1]), try Layout(shape: [6], strides: [7]),
      try Layout(shape: [3, 2], strides: [12, 4]), try Layout(shape: [3, 2], strides: [-8, 4], offset: 20),
      try Layout(shape: [], strides: [], offset: 3), try Layout(shape: [1, 3, 1], strides: [9, 2, 4]),
    ]
    for _ in 0..<40 { all.append(try BruteForce.layout(rank: random.int(1...4), using: &random)) }
    return all
  }

  @Test(arguments: try layouts())
  func stepsAreTheWalk(_ layout: Layout) throws {
    let walk = ContiguousCopyWalkthrough(view: layout, itemSize: 4)
    let offsets = BruteForce.offsets(layout)
    let indices = BruteForce.indices(layout.shape)
    #expect(walk.count == offsets.count)
    #expect((walk.step(at: 0) == nil) == offsets.isEmpty)
    var streamed: [Int] = []
    walk.view.forEachOffset(0..<walk.count) { streamed.append($0) }
    #expect(streamed == offsets)
    for t in offsets.indices {
      let step = try #require(walk.step(at: t))
      #expect(step.index == indices[t])
      #expect(step.offset == offsets[t])
      #expect(step.copyOffset == t)
      #expect(walk.view.step(of: step.index) == t)
      #expect(step.jump == (t > 0 ? (offsets[t] - offsets[t - 1]) * 4 : nil))
      #expect(step.copyJump == (t > 0 ? 4 : nil))
      if let axis = step.movedAxis, let jump = step.jump { #expect(walk.jumps[axis] == jump) }
    }
    #expect(walk.step(at: -5) == walk.step(at: 0))
    #expect(walk.step(at: .max) == walk.step(at: walk.count - 1))
    for line in [8, 16, 64] {
      #expect(
        walk.viewAddresses.linesTouched(line: line) == Set(offsets.map { ($0 * 4) >> line.trailingZeroBitCount }).count)
    }
  }

  /// The lecture's three dumps: A's memory, B's (the same, since a view copies nothing), C's.
  @Test func theLecturesDumpsAreReproduced() throws {
    let path = Fixtures.directory.appending(path: "golden/lecture-arange.npz").path
    let a = try TensorFile.read(path, member: "A").tensor
    let tiled = try TensorFile.read(path, member: "tiled").tensor
    let memory = try TensorFile.read(path, member: "tiled_memory").tensor
    let walk = try ContiguousCopyWalkthrough(view: a.layout.tiled(2), itemSize: 4)
    let steps = (0..<walk.count).compactMap { walk.step(at: $0) }
    let c = steps.compactMap { a.value(atOffset: $0.offset) }
    #expect(c == memory.elementsAsDouble)
    #expect(c == tiled.elementsAsDouble)
    #expect(
      c == [
        0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11, 12, 13, 18, 19, 14, 15, 20, 21, 16, 17, 22, 23, 24, 25, 30, 31, 26, 27,
        32,
        33, 28, 29, 34, 35,
      ])
    let dump = (0..<36).map { Double($0) }
    // B is the same memory as A: dumping either shows 0 to 35.
    #expect((0..<36).compactMap { a.value(atOffset: $0) } == dump)
    #expect((0..<36).compactMap { (try? a.asStrided(walk.view.layout))?.value(atOffset: $0) } == dump)
    #expect(walk.view.layout.byteStrides(itemSize: 4) == [48, 8, 24, 4])
    #expect(walk.copy.byteStrides(itemSize: 4) == [48, 16, 8, 4])
    #expect(steps.prefix(5).map(\.jump) == [nil, 4, 20, 4, -20])
    #expect(walk.jumps == [4, -20, 20, 4])
  }

  @Test func theRaceCountsLinesAndMisses() throws {
    let matrix = try Layout.rowMajor([6, 6])
    for (view, misses) in [(matrix, 9), (try matrix.tiled(2), 12), (try matrix.transposed(), 36)] {
      let walk = ContiguousCopyWalkthrough(view: view, itemSize: 4)
      var race = CopyRace(walk, cache: .toy)
      for t in [0, 3, 17, 16, 35, 99] {
        race.advance(to: t)
        let fresh = walk.costs(after: t, cache: .toy)
        #expect(fresh.view == race.view && fresh.copy == race.copy)
        #expect(race.copy.linesTouched == min(t, 35) / 4 + 1)
        let touched = walk.viewAddresses.addresses.prefix(t + 1).map { $0 / 16 }
        #expect(race.view.linesTouched == Set(touched).count)
      }
      #expect(race.view.misses == misses && race.copy.misses == 9)
    }
  }

  /// With the toy, each pass over the transpose misses 36 times, over its copy 9 times; making it costs both streams.
  @Test func theCopyPaysAfterAFewPasses() throws {
    let matrix = try Layout.rowMajor([6, 6])
    let simulation = CacheSimulation(.toy)
    let transpose = try #require(
      ContiguousCopyWalkthrough(view: matrix.transposed(), itemSize: 4).cost(cache: simulation))
    #expect(transpose.viewPass.counts.misses == 36 && transpose.copyPass.counts.misses == 9)
    // Every read misses; each of the copy's 9 lines is fetched once, since two lines are enough for write and read.
    #expect(transpose.making.counts.misses == 45)
    #expect(transpose.passesUntilPaid == 2)
    let contiguous = try #require(ContiguousCopyWalkthrough(view: matrix, itemSize: 4).cost(cache: simulation))
    #expect(contiguous.making.counts.misses == 18)
    #expect(contiguous.passesUntilPaid == nil)
    #expect(ContiguousCopyWalkthrough(view: matrix, itemSize: 4).cost(cache: simulation) { true } == nil)
  }

  @Test func theMakingReadsAndWritesInTurn() throws {
    let walk = ContiguousCopyWalkthrough(view: try Layout.rowMajor([6, 6]).tiled(2), itemSize: 4)
    let all = Array(walk.makingAddresses.addresses)
    #expect(all.count == 72)
    for t in 0..<36 {
      #expect(all[2 * t] == walk.view.offset(at: t) * 4)
      #expect(all[2 * t + 1] == 4096 + 4 * t)
    }
    for (low, high) in [(0, 1), (1, 2), (3, 17), (8, 30), (71, 72), (5, 5)] {
      var part: [Int] = []
      walk.makingAddresses.append(low..<high, to: &part)
      #expect(part == Array(all[low..<high]))
    }
  }

  @Test func theCodeRunsTheLoops() throws {
    let walk = ContiguousCopyWalkthrough(view: try Layout.rowMajor([6, 6]).tiled(2), itemSize: 4)
    let (listing, line) = walk.code(names: ["p", "q", "r", "s"])
    #expect(listing.lines[line] == "    C[t] = B[p,q,r,s]; t += 1")
    #expect(listing.lines[1] == "  strides=(48, 8, 24, 4))")
    #expect(listing.lines.last == "C = C.reshape((3, 3, 2, 2))  # strides (48, 16, 8, 4)")
  }
}
