import Walkthroughs

/// What a contiguous copy costs and saves, once it has been worked out for a walk.
public struct CopyBalance: Hashable, Sendable {
  let walk: ContiguousCopyWalkthrough
  let cost: CopyCost

  /// The cache of the race: two lines of 16 bytes, on which 36 numbers show a difference.
  static let cache = CacheGeometry.toy
  /// Elements up to which the balance is worked out at once.
  static let immediate = 1024

  /// - Complexity: O(elements), sampled above four million accesses.
  public init?(_ walk: ContiguousCopyWalkthrough) {
    guard let cost = walk.cost(cache: CacheSimulation(CopyBalance.cache), isCancelled: { false }) else { return nil }
    self.walk = walk
    self.cost = cost
  }
}

extension State {
  /// The walk whose copy should be weighed and is not yet.
  private var unbalancedWalk: ContiguousCopyWalkthrough? {
    guard scene.panes.contains(.race) else { return nil }
    let walk = shownView.walk
    return balance?.walk != walk && walk.count > 0 ? walk : nil
  }

  mutating func workOutBalanceIfQuick() {
    guard let walk = unbalancedWalk, walk.count <= CopyBalance.immediate else { return }
    balance = CopyBalance(walk)
  }

  /// Works out the balance of the shown view's copy: at once if that is quick, else it says what is to be done outside.
  mutating func workOutBalance() -> [Effect] {
    workOutBalanceIfQuick()
    // One at a time: the answer to an outdated question asks the next one.
    guard let walk = unbalancedWalk, awaitedBalance == nil else { return [] }
    awaitedBalance = walk
    return [.balance(walk)]
  }

  /// The same however long it takes.
  mutating func finishBalance() {
    if let walk = unbalancedWalk { balance = CopyBalance(walk) }
  }

  mutating func learn(_ found: CopyBalance?) {
    awaitedBalance = nil
    if let found { balance = found }
  }
}
