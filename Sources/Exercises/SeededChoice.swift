/// The same choices on every machine for a seed: SplitMix64 (Steele, Lea and Flood, 2014), reduced by remainder.
///
/// The library's own `randomElement` may change from one version of Swift to the next.
struct SeededChoice: Sendable {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  private mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  mutating func number(below bound: Int) -> Int { bound > 1 ? Int(next() % UInt64(bound)) : 0 }

  mutating func number(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + number(below: range.upperBound - range.lowerBound + 1)
  }

  /// One of the choices; nil if there are none.
  mutating func one<Choice>(of choices: [Choice]) -> Choice? {
    choices.isEmpty ? nil : choices[number(below: choices.count)]
  }
}
