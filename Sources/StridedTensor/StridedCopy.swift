#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The copy of a strided view into row-major memory.
///
/// Axes are merged first, so that the innermost run is as long as it can be. What is moved are words of 1, 4 or 8 bytes,
/// whatever they mean. Callers have checked that the view stays in its buffer and that the destination is large enough.
enum StridedCopy {
  /// Runs from this many bytes on are left to `memcpy`; shorter ones cost less than the call does.
  private static let longRun = 256
  /// Edge of the square blocks of a transposing copy: a block of each side stays in the first-level cache.
  private static let block = 16

  static func copy(_ source: UnsafeRawPointer, _ layout: Layout, to destination: UnsafeMutableRawPointer, itemSize: Int)
  {
    guard layout.count > 0 else { return }
    switch itemSize {
    case 1: copy(source.assumingMemoryBound(to: UInt8.self), layout, destination.assumingMemoryBound(to: UInt8.self))
    case 4: copy(source.assumingMemoryBound(to: UInt32.self), layout, destination.assumingMemoryBound(to: UInt32.self))
    default:
      copy(source.assumingMemoryBound(to: UInt64.self), layout, destination.assumingMemoryBound(to: UInt64.self))
    }
  }

  @inline(__always)
  private static func copy<Word>(
    _ buffer: UnsafePointer<Word>, _ layout: Layout, _ destination: UnsafeMutablePointer<Word>
  ) {
    let (shape, strides) = layout.merged()
    let source = buffer + layout.offset
    // The three innermost axes, with axes of length 1 put before them if there are fewer.
    let missing = max(3 - shape.count, 0)
    let lengths = [Int](repeating: 1, count: missing) + shape
    let steps = [Int](repeating: 0, count: missing) + strides
    let last = lengths.count - 1
    let planes = (lengths[last - 2], steps[last - 2])
    let rows = (lengths[last - 1], steps[last - 1])
    let run = (lengths[last], steps[last])
    let box = planes.0 * rows.0 * run.0
    var index = [Int](repeating: 0, count: last - 2)
    var base = 0
    var written = 0
    while true {
      copyBox(source + base, destination + written, planes, rows, run)
      written += box
      // One step of the outer axes, as an odometer.
      var axis = last - 3
      while axis >= 0 {
        index[axis] += 1
        base += steps[axis]
        if index[axis] < lengths[axis] { break }
        base -= lengths[axis] * steps[axis]
        index[axis] = 0
        axis -= 1
      }
      if axis < 0 { return }
    }
  }

  @inline(__always)
  private static func copyBox<Word>(
    _ source: UnsafePointer<Word>, _ destination: UnsafeMutablePointer<Word>,
    _ planes: (Int, Int), _ rows: (Int, Int), _ run: (Int, Int)
  ) {
    var target = destination
    for plane in 0..<planes.0 {
      let from = source + plane * planes.1
      if run.1 == 1, run.0 * MemoryLayout<Word>.stride >= longRun {
        for row in 0..<rows.0 {
          memcpy(target, from + row * rows.1, run.0 * MemoryLayout<Word>.stride)
          target += run.0
        }
      } else if run.1 == 1, run.0 * MemoryLayout<Word>.stride >= MemoryLayout<Chunk>.size {
        for row in 0..<rows.0 {
          copyChunks(from + row * rows.1, target, bytes: run.0 * MemoryLayout<Word>.stride)
          target += run.0
        }
      } else if run.1 == 1 {
        for row in 0..<rows.0 {
          let line = from + row * rows.1
          for k in 0..<run.0 { target[k] = line[k] }
          target += run.0
        }
      } else if abs(rows.1) < abs(run.1) {
        transpose(from, target, rows, run)
        target += rows.0 * run.0
      } else {
        for row in 0..<rows.0 {
          let line = from + row * rows.1
          for k in 0..<run.0 { target[k] = line[k &* run.1] }
          target += run.0
        }
      }
    }
  }

  /// What a vector register of every processor holds.
  private typealias Chunk = SIMD16<UInt8>
  private typealias TwoChunks = SIMD32<UInt8>

  /// Copies a run of at least one chunk: two at a time, and a last one that overlaps those before it.
  @inline(__always)
  private static func copyChunks(_ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, bytes: Int) {
    var first = 0
    while first &+ MemoryLayout<TwoChunks>.size <= bytes {
      move(TwoChunks.self, source, target, at: first)
      first &+= MemoryLayout<TwoChunks>.size
    }
    let size = MemoryLayout<Chunk>.size
    if first &+ size <= bytes { move(Chunk.self, source, target, at: first) }
    if bytes % size != 0 { move(Chunk.self, source, target, at: bytes &- size) }
  }

  @inline(__always)
  private static func move<Words>(
    _: Words.Type, _ source: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, at byte: Int
  ) {
    target.storeBytes(
      of: source.loadUnaligned(fromByteOffset: byte, as: Words.self), toByteOffset: byte, as: Words.self)
  }

  /// Rows whose neighbours lie closer together than the elements of a row: copied block by block, down the columns.
  @inline(__always)
  private static func transpose<Word>(
    _ source: UnsafePointer<Word>, _ target: UnsafeMutablePointer<Word>, _ rows: (Int, Int), _ run: (Int, Int)
  ) {
    for rowStart in stride(from: 0, to: rows.0, by: block) {
      let rowEnd = min(rowStart + block, rows.0)
      for start in stride(from: 0, to: run.0, by: block) {
        let end = min(start + block, run.0)
        for row in rowStart..<rowEnd {
          let line = source + row * rows.1
          let out = target + row * run.0
          for k in start..<end { out[k] = line[k &* run.1] }
        }
      }
    }
  }
}
