import Synchronization

/// Values that frames share, each looked up by everything that it depends on: a walk leaves them as they are.
///
/// It changes no frame: what is not here any more is worked out again.
final class Remembered<Key: Equatable & Sendable, Value: Sendable>: Sendable {
  private let kept = Mutex<[(key: Key, value: Value)]>([])
  private let most: Int

  /// - Parameter most: how many are kept; the one looked for least recently goes first.
  init(most: Int) { self.most = most }

  /// The value: the one kept, else made now and kept.
  func value(_ key: Key, make: () -> Value) -> Value {
    if let value = kept.withLock({ Self.find(key, in: &$0) }) { return value }
    let value = make()
    kept.withLock { kept in
      if kept.count >= most { kept.removeFirst() }
      kept.append((key, value))
    }
    return value
  }

  private static func find(_ key: Key, in kept: inout [(key: Key, value: Value)]) -> Value? {
    guard let place = kept.lastIndex(where: { $0.key == key }) else { return nil }
    if place < kept.count - 1 { kept.append(kept.remove(at: place)) }
    return kept.last?.value
  }
}
