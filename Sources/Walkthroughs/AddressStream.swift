/// The byte addresses that an algorithm touches, in order, as a formula: nothing is stored, any part can be asked for.
public protocol AddressStream: Sendable {
  /// How many accesses there are.
  var count: Int { get }

  /// Appends the addresses of a range of accesses.
  ///
  /// - Parameters:
  ///   - range: within 0..<count.
  ///   - addresses: what is appended to.
  /// - Complexity: O(range), wherever it lies.
  func append(_ range: Range<Int>, to addresses: inout [Int])

  /// How many different cache lines the whole stream touches: its compulsory misses.
  func linesTouched(line: Int) -> Int
}

extension AddressStream {
  /// All addresses, generated batch by batch as they are asked for.
  public var addresses: AddressSequence { AddressSequence(stream: self, range: 0..<count) }
}

/// A part of an address stream as a lazy sequence.
public struct AddressSequence: Sequence, IteratorProtocol, Sendable {
  private let stream: any AddressStream
  private var rest: Range<Int>
  private var batch: [Int] = []
  private var place = 0

  init(stream: any AddressStream, range: Range<Int>) {
    self.stream = stream
    rest = range
  }

  public mutating func next() -> Int? {
    if place == batch.count {
      guard !rest.isEmpty else { return nil }
      batch.removeAll(keepingCapacity: true)
      let part = rest.prefix(4096)
      stream.append(part, to: &batch)
      rest = part.upperBound..<rest.upperBound
      place = 0
      guard !batch.isEmpty else { return nil }
    }
    defer { place += 1 }
    return batch[place]
  }
}
