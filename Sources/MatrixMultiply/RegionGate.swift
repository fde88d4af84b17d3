import Synchronization

/// The door of a region, in one word: its number, how many threads it has, and the seats still free for workers.
struct RegionGate: BitwiseCopyable, AtomicRepresentable {
  typealias AtomicRepresentation = UInt64.AtomicRepresentation
  /// From the top: 32 bits of the number, 16 of the threads, 16 of the seats.
  private var word: UInt64

  init() { word = 0 }

  private init(word: UInt64) { self.word = word }

  private init(number: UInt64, threads: Int, seats: Int) {
    word = number << 32 | UInt64(threads) << 16 | UInt64(seats)
  }

  private var number: UInt64 { word >> 32 }
  var seats: Int { Int(word & 0xFFFF) }

  func next(threads: Int) -> RegionGate { RegionGate(number: number &+ 1, threads: threads, seats: threads - 1) }
  var closed: RegionGate { RegionGate(number: number, threads: 0, seats: 0) }
  var withOneSeatLess: RegionGate { RegionGate(word: word - 1) }

  /// Whether the worker of that number may join.
  func admits(_ worker: Int) -> Bool { seats > 0 && worker < Int(word >> 16 & 0xFFFF) }

  static func encodeAtomicRepresentation(_ gate: consuming RegionGate) -> AtomicRepresentation {
    UInt64.encodeAtomicRepresentation(gate.word)
  }

  static func decodeAtomicRepresentation(_ representation: consuming AtomicRepresentation) -> RegionGate {
    RegionGate(word: UInt64.decodeAtomicRepresentation(representation))
  }
}
