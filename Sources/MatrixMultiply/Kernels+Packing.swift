import CMicrokernels

extension Kernels {
  /// Copies the columns of one panel into rows of its width, zeros after the last column; or one column after the other,
  /// `depth` elements apart.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  func pack(
    _ panel: Panel, rows: Int, from b: UnsafePointer<Element>, rowStride: Int, columnStride: Int,
    into target: UnsafeMutablePointer<Element>, depth: Int
  ) {
    let (width, columns) = (panel.width, panel.columns)
    if panel.isByColumns {
      for j in 0..<columns {
        for k in 0..<rows { target[j * depth + k] = b[k * rowStride + j * columnStride] }
      }
      return
    }
    if columns < width {
      for k in 0..<rows { for j in columns..<width { target[k * width + j] = 0 } }
    }
    if columnStride == 1 {
      if columns == width { return copyWholeRows(b, rows: rows, rowStride: rowStride, width: width, into: target) }
      for k in 0..<rows {
        let row = b + k * rowStride
        let out = target + k * width
        for j in 0..<columns { out[j] = row[j] }
      }
    } else {
      copyColumns(
        b, rows: rows, columns: columns, rowStride: rowStride, columnStride: columnStride, into: target,
        targetRowStride: width)
    }
  }

  /// Copies a block of a matrix into rows of memory.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  func copyBlock(
    from source: UnsafePointer<Element>, rows: Int, columns: Int, rowStride: Int, columnStride: Int,
    into target: UnsafeMutablePointer<Element>, targetRowStride: Int
  ) {
    if columnStride == 1 {
      for i in 0..<rows {
        (target + i * targetRowStride).update(from: source + i * rowStride, count: columns)
      }
    } else if rowStride.magnitude < columnStride.magnitude {
      copyColumns(
        source, rows: rows, columns: columns, rowStride: rowStride, columnStride: columnStride, into: target,
        targetRowStride: targetRowStride)
    } else {
      for i in 0..<rows {
        for k in 0..<columns { target[i * targetRowStride + k] = source[i * rowStride + k * columnStride] }
      }
    }
  }

  /// Columns become rows: read down the columns, some of their elements at a time, so that no line of the cache has to be kept.
  @_specialize(where Element == Float)
  @_specialize(where Element == Double)
  private func copyColumns(
    _ source: UnsafePointer<Element>, rows: Int, columns: Int, rowStride: Int, columnStride: Int,
    into target: UnsafeMutablePointer<Element>, targetRowStride: Int
  ) {
    if rowStride == 1 { return table.pointee.take_apart(source, columnStride, rows, target, targetRowStride, columns) }
    for first in stride(from: 0, to: rows, by: 8) {
      let last = min(first + 8, rows)
      for k in 0..<columns {
        let column = source + k * columnStride
        for i in first..<last { target[i * targetRowStride + k] = column[i * rowStride] }
      }
    }
  }

  /// Rows of a whole panel: each is one run of memory.
  private func copyWholeRows(
    _ b: UnsafePointer<Element>, rows: Int, rowStride: Int, width: Int, into target: UnsafeMutablePointer<Element>
  ) {
    let size = MemoryLayout<Element>.stride
    var runs = cm_runs(
      in: b, out: target, planes: 1, plane_step: 0, rows: rows, row_step: rowStride * size, bytes: width * size,
      streams: false)
    copyRuns(&runs)
  }
}
