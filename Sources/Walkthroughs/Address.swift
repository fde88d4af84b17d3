/// The buffers that an algorithm reads and writes.
public enum Buffer: Hashable, Sendable {
  case input, weight, output, patchMatrix
}

/// What a cell on a screen shows: a place in memory, or why there is none.
///
/// Two cells that show the same address show the same memory, wherever they stand. An input address is always an offset in
/// the unpadded input: a padded or reordered copy maps back to it through the logical index.
public enum Address: Hashable, Sendable {
  /// An element of a buffer, as an offset in elements.
  case element(Buffer, offset: Int)
  /// A zero of the border around the input; no memory of the input holds it.
  case padding
  /// Outside the buffer: never read.
  case outOfBounds
}
