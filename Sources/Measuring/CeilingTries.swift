/// Tries of a ceiling: the fastest counts, for nothing is faster than the machine.
///
/// A disturbance makes a try slower. So a ceiling is doubted only if the fastest try was disturbed and no undisturbed one came
/// near it: the machine may be capable of more.
public struct CeilingTries: Sendable {
  /// An undisturbed try at this share of the fastest confirms it.
  public static let near = 0.95

  private var tries: [(rate: Double, taints: [Taint])] = []

  public init() {}

  /// Adds a try, in any unit a second, and what disturbed it.
  public mutating func add(_ rate: Double, _ taints: [Taint]) { tries.append((rate, taints)) }

  /// The fastest; 0 if there are none.
  public var best: Double { tries.map(\.rate).max() ?? 0 }

  /// Why the fastest is not to be trusted; empty if it is.
  public var taints: [Taint] {
    guard let fastest = tries.max(by: { $0.rate < $1.rate }) else { return [] }
    let isConfirmed = tries.contains { $0.taints.isEmpty && $0.rate >= fastest.rate * Self.near }
    return isConfirmed ? [] : fastest.taints
  }
}
