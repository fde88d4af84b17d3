import Walkthroughs

/// The cache that a scene counts misses in, as the command line names it.
public enum CacheWord: Hashable, Sendable {
  case toy, level1, level2
  case custom(CacheGeometry)

  static let expected = "toy, l1, l2, or SIZE,LINE,WAYS in bytes"

  /// Reads `toy`, `l1`, `l2` or `32768,64,8`.
  ///
  /// - Returns: nil with the reason why a cache of three numbers cannot be built, or without one.
  static func read(_ word: String) -> (cache: CacheWord?, reason: String?) {
    switch word {
    case "toy": return (.toy, nil)
    case "l1": return (.level1, nil)
    case "l2": return (.level2, nil)
    default:
      let parts = word.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
      let numbers = parts.compactMap { $0 }
      guard parts.count == 3, numbers.count == 3 else { return (nil, nil) }
      do {
        return (.custom(try CacheGeometry(size: numbers[0], line: numbers[1], ways: numbers[2])), nil)
      } catch {
        return (nil, error.description)
      }
    }
  }

  /// The word that `read` takes back.
  var word: String {
    switch self {
    case .toy: "toy"
    case .level1: "l1"
    case .level2: "l2"
    case .custom(let cache): "\(cache.size),\(cache.line),\(cache.ways)"
    }
  }

  /// The name of a preset.
  var preset: String? {
    if case .custom = self { return nil }
    return word
  }

  func geometry(on machine: MachineCaches) -> CacheGeometry {
    switch self {
    case .toy: .toy
    case .level1: machine.level1
    case .level2: machine.level2
    case .custom(let cache): cache
    }
  }

  /// The next or previous preset, round and round.
  func next(_ direction: Int) -> CacheWord {
    let presets: [CacheWord] = [.toy, .level1, .level2]
    let place = presets.firstIndex(of: self) ?? 0
    return presets[(place + direction + presets.count) % presets.count]
  }

  /// Where its numbers come from.
  func origin(on machine: MachineCaches) -> String {
    switch self {
    case .toy: "a toy"
    case .level1, .level2: machine.areMeasured ? "this machine" : "typical"
    case .custom: "yours"
    }
  }

  /// What a sentence calls it.
  func name(on machine: MachineCaches) -> String {
    switch self {
    case .toy: "the toy cache"
    case .level1: machine.areMeasured ? "this machine's L1" : "a typical L1"
    case .level2: machine.areMeasured ? "this machine's L2" : "a typical L2"
    case .custom: "your cache"
    }
  }
}
