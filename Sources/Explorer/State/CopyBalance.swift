import Walkthroughs

/// What a contiguous copy costs and saves, once it has been worked out for a walk.
public struct CopyBalance: Hashable, Sendable {
  let race: MemoryRace
  let cost: CopyCost

  /// Elements up to which the balance is worked out at once.
  static let immediate = 1024
  /// Elements beyond which it is not worked out: no buffer of this machine holds such a copy.
  static let most = 1 << 40

  /// Nil if it was cancelled.
  ///
  /// - Complexity: O(elements), sampled above four million accesses.
  public init?(_ race: MemoryRace, isCancelled: () -> Bool = { false }) {
    guard let cost = race.walk.cost(cache: CacheSimulation(race.cache), isCancelled: isCancelled) else { return nil }
    self.race = race
    self.cost = cost
  }
}

/// The two walks side by side, and the cache in which their misses are counted.
public struct MemoryRace: Hashable, Sendable {
  let walk: ContiguousCopyWalkthrough
  let cache: CacheGeometry
}

extension State {
  /// The cache of the race: unless told otherwise two lines of 16 bytes, on which 36 numbers show a difference.
  var raceCacheWord: CacheWord { view.cache ?? .toy }

  /// The walk whose copy should be weighed and is not yet.
  private var unbalancedRace: MemoryRace? {
    guard scene.panes.contains(.race) else { return nil }
    let race = shownView.race
    return balance?.race != race && (1...CopyBalance.most).contains(race.walk.count) ? race : nil
  }

  mutating func workOutBalanceIfQuick() {
    guard let race = unbalancedRace, race.walk.count <= CopyBalance.immediate else { return }
    balance = CopyBalance(race)
  }

  /// Works out the balance of the shown view's copy: at once if that is quick, else it says what is to be done outside.
  ///
  /// What was asked before and is no longer wanted is given up.
  mutating func workOutBalance() -> [Effect] {
    workOutBalanceIfQuick()
    let race = unbalancedRace
    guard race != awaitedBalance else { return [] }
    awaitedBalance = race
    return [race.map(Effect.balance) ?? .cancelBalance]
  }

  /// The same however long it takes.
  mutating func finishBalance() {
    if let race = unbalancedRace { balance = CopyBalance(race) }
  }

  mutating func learn(_ found: CopyBalance) {
    if found.race == awaitedBalance { awaitedBalance = nil }
    balance = found
  }
}
