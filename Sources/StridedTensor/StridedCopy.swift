import CMicrokernels

/// The copy of strided views of one shape and strides into row-major memory.
///
/// Axes are merged first, so that the innermost run is as long as it can be. What is moved are words of 1, 4 or 8 bytes,
/// whatever they mean. Callers have checked that the view stays in its buffer and that the destination is large enough.
struct StridedCopy {
  /// Copies from this many bytes on go past the cache where that is faster: half of the third-level cache of the processors that
  /// were measured.
  ///
  /// The cache would forget their beginning before anybody reads it, and would fetch every line only to have it overwritten.
  /// That is so with AVX2; the kernel for AVX-512 asks for the lines ahead instead.
  static let cacheBytes = 16 << 20
  /// Edge of the square blocks of a transposing copy: a block of each side stays in the first-level cache.
  private static let block = 16
  /// The copy of runs for this processor.
  private static let kernel = InstructionSet.best.copyRuns

  /// The merged axes, with axes of length 1 put before them if there are fewer than three.
  private let lengths: [Int]
  private let steps: [Int]
  private let isEmpty: Bool

  /// The copy of views that have a layout, wherever they begin.
  init(_ layout: Layout) {
    let (shape, strides) = layout.merged()
    let missing = max(3 - shape.count, 0)
    lengths = [Int](repeating: 1, count: missing) + shape
    steps = [Int](repeating: 0, count: missing) + strides
    isEmpty = layout.count == 0
  }

  /// Copies the view whose first element is at `source`.
  func callAsFunction(
    from source: UnsafeRawPointer, to destination: UnsafeMutableRawPointer, itemSize: Int, pastCache: Bool
  ) {
    guard !isEmpty else { return }
    switch itemSize {
    case 1: copy(of: UInt8.self, source, destination, pastCache)
    case 4: copy(of: UInt32.self, source, destination, pastCache)
    default: copy(of: UInt64.self, source, destination, pastCache)
    }
    if pastCache { cm_end_streams() }
  }

  @inline(__always)
  private func copy<Word>(
    of type: Word.Type, _ first: UnsafeRawPointer, _ target: UnsafeMutableRawPointer, _ pastCache: Bool
  ) {
    let source = first.assumingMemoryBound(to: type)
    let destination = target.assumingMemoryBound(to: type)
    let last = lengths.count - 1
    let planes = (lengths[last - 2], steps[last - 2])
    let rows = (lengths[last - 1], steps[last - 1])
    let run = (lengths[last], steps[last])
    let box = planes.0 * rows.0 * run.0
    // One box where there are no outer axes; an empty array takes no memory.
    var index = [Int](repeating: 0, count: last - 2)
    var base = 0
    var written = 0
    while true {
      if run.1 == 1, run.0 * MemoryLayout<Word>.stride >= Int(cm_shortest_run) {
        Self.copyRuns(source + base, destination + written, planes, rows, length: run.0, pastCache)
      } else {
        Self.copyBox(source + base, destination + written, planes, rows, run)
      }
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

  /// A box of runs that are at least as long as a vector.
  @inline(__always)
  private static func copyRuns<Word>(
    _ source: UnsafePointer<Word>, _ destination: UnsafeMutablePointer<Word>,
    _ planes: (Int, Int), _ rows: (Int, Int), length: Int, _ pastCache: Bool
  ) {
    let size = MemoryLayout<Word>.stride
    var runs = cm_runs(
      in: source, out: destination, planes: planes.0, plane_step: planes.1 * size, rows: rows.0,
      row_step: rows.1 * size, bytes: length * size, streams: pastCache)
    kernel(&runs)
  }

  @inline(__always)
  private static func copyBox<Word>(
    _ source: UnsafePointer<Word>, _ destination: UnsafeMutablePointer<Word>,
    _ planes: (Int, Int), _ rows: (Int, Int), _ run: (Int, Int)
  ) {
    var target = destination
    for plane in 0..<planes.0 {
      let from = source + plane * planes.1
      if run.1 == 1 {
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
