/// Standard normal numbers that are the same on every machine.
///
/// Sampled by C. F. F. Karney's algorithm N ("Sampling exactly from the normal distribution", ACM TOMS 42, 2016), which only
/// compares uniform numbers and so needs neither logarithm nor cosine: nothing that a mathematics library could round
/// differently. The uniform numbers come from `SplitMix64`, 53 bits each.
public struct NormalNumbers: Sendable {
  private var bits: SplitMix64

  public init(seed: UInt64) { bits = SplitMix64(seed: seed) }

  /// The next number: k + x, signed, with the integer part k and the fraction x drawn apart.
  public mutating func next() -> Double {
    while true {
      var k = 0
      while passesHalf() { k += 1 }
      guard k < 2 || passesHalf(times: k * (k - 1)) else { continue }
      let x = uniform()
      guard passes(fraction: x, above: k) else { continue }
      let magnitude = Double(k) + x
      return bits.next() >> 63 == 0 ? magnitude : -magnitude
    }
  }

  /// A number in 0..<1 in steps of 2⁻⁵³.
  private mutating func uniform() -> Double { Double(bits.next() >> 11) * 0x1p-53 }

  /// True with probability e^(−1/2): the length of a falling run of uniform numbers below 1/2 is even.
  private mutating func passesHalf() -> Bool {
    var limit = 0.5
    var isEven = true
    while true {
      let drawn = uniform()
      guard drawn < limit else { return isEven }
      limit = drawn
      isEven.toggle()
    }
  }

  private mutating func passesHalf(times: Int) -> Bool {
    for _ in 0..<times where !passesHalf() { return false }
    return true
  }

  /// True with probability e^(−x(2k+x)/2), as k + 1 trials of e^(−x(2k+x)/(2k+2)).
  private mutating func passes(fraction x: Double, above k: Int) -> Bool {
    let ratio = (2 * Double(k) + x) / (2 * Double(k) + 2)
    for _ in 0...k {
      var limit = x
      var isEven = true
      while true {
        let drawn = uniform()
        guard drawn < limit, uniform() < ratio else { break }
        limit = drawn
        isEven.toggle()
      }
      guard isEven else { return false }
    }
    return true
  }
}

/// A fast generator of 64-bit numbers whose stream is fixed by its seed.
///
/// By G. L. Steele, D. Lea and C. H. Flood, "Fast splittable pseudorandom number generators" (OOPSLA 2014).
public struct SplitMix64: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
