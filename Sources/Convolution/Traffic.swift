import StridedTensor

/// The bytes that one run moves between memory and the processor, by a model of its loops.
///
/// All that is said of moved bytes comes from here: Timing's column and roofline, the questions, the errata.
///
/// Each pass over an array counts once: within a pass every element is fetched once, and between passes an array that is
/// walked again is taken to have left the nearest cache. What a block of scratch that fits the cache holds is not counted.
public struct Traffic: Hashable, Sendable {
  public let transfers: [Transfer]
  /// Bytes of all arrays walked: what must fit into a level of memory for the run to live there.
  public let footprint: Int

  public init(transfers: [Transfer], footprint: Int) {
    self.transfers = transfers
    self.footprint = footprint
  }

  /// Of all passes; the largest number where they are beyond counting.
  public var bytes: Int { transfers.reduce(0) { saturatingSum($0, $1.bytes) } }
}

/// Passes over one array.
public struct Transfer: Hashable, Sendable {
  public enum Direction: String, Sendable { case read, write }

  /// Its name, as `input` or `patch matrix`.
  public let array: String
  public let direction: Direction
  public let passes: Int
  public let bytesPerPass: Int
  public var bytes: Int { saturatingProduct(passes, bytesPerPass) }

  public init(_ direction: Direction, _ array: String, passes: Int = 1, bytesPerPass: Int) {
    self.direction = direction
    self.array = array
    self.passes = passes
    self.bytesPerPass = bytesPerPass
  }
}
