import TensorFiles
import Testing

/// A generator that gives the same numbers for the same seed (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Damaged files are read or refused, and never bring the process down.
@Test(arguments: TensorFilesFixtures.names)
func survivesDamage(name: String) throws {
  let bytes = try TensorFilesFixtures.bytes(name)
  let seed = name.utf8.reduce(UInt64(17)) { $0 &* 31 &+ UInt64($1) }
  var generator = SeededGenerator(state: seed)
  for _ in 0..<60 {
    var damaged = bytes
    if Int.random(in: 0..<4, using: &generator) == 0 {
      damaged.removeLast(Int.random(in: 0...damaged.count, using: &generator))
    }
    if !damaged.isEmpty {
      for _ in 0..<Int.random(in: 1...8, using: &generator) {
        // Headers are where damage matters most.
        let reach = Bool.random(using: &generator) ? damaged.count : min(damaged.count, 64)
        damaged[Int.random(in: 0..<reach, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
      }
    }
    let result = failure { () throws(TensorFileError) in
      try TensorFile.decode(damaged, name: name, limit: 1 << 24)
    }
    #expect(result?.kind ?? .badData == .badData, "seed \(seed)")
  }
}
