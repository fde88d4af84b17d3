import StridedTensor

/// A large picture at smaller sizes, so that drawing it zoomed out costs the same whatever its size.
///
/// Level 0 stands for blocks of 4×4 pixels (2×2 of a small picture), each next one for 2×2 of the level before.
struct Pyramid: Sendable {
  /// What stands for a block of pixels.
  enum Pooling: Sendable {
    case mean
    /// The value farthest from zero: the mean of an edge's two sides, one below zero and one above, would be nothing.
    case strongest
  }

  struct Level: Sendable {
    /// Pixels of the picture that one value stands for, on each axis.
    let factor: Int
    let rows: Int
    let columns: Int
    let channels: Int
    /// N×rows×columns×channels.
    let values: [Float]
  }

  let levels: [Level]

  /// From so many pixels on means are made; smaller pictures are sampled directly.
  static let fewestPixels = 512 * 512

  /// The pyramid of an N×H×W×C tensor; nil for pictures so small that a few samples of each block do as well.
  ///
  /// - Complexity: O(elements), and a twelfth of its memory (a third of a small picture's).
  init?(of tensor: AnyTensor, pooling: Pooling) {
    let shape = tensor.shape
    guard shape.count == 4 else { return nil }
    let isLarge = shape[1] * shape[2] >= Self.fewestPixels
    guard isLarge || pooling == .strongest, shape[1] > 1 || shape[2] > 1 else { return nil }
    let first = FirstLevelVisitor(factor: isLarge ? 4 : 2, pooling: pooling)
    var levels: [Level]
    // Pictures and outputs are large: for their types the loop is compiled by itself.
    switch tensor {
    case .float32(let tensor): levels = [first.visit(tensor)]
    case .float64(let tensor): levels = [first.visit(tensor)]
    default: levels = [tensor.visit(first)]
    }
    while let last = levels.last, max(last.rows, last.columns) > (isLarge ? 128 : 1) {
      levels.append(last.halved(batch: shape[0], pooling: pooling))
    }
    self.levels = levels
  }

  /// The level for pixels that span so many of the picture's; nil where the picture itself is fine enough.
  func level(span: Double) -> Level? { levels.last { Double($0.factor) <= span } }
}

extension Pyramid.Level {
  /// What stands for the block around a pixel of the picture.
  func value(n: Int, y: Int, x: Int, c: Int) -> Double {
    let (row, column) = (min(y / factor, rows - 1), min(x / factor, self.columns - 1))
    return Double(values[((n * rows + row) * columns + column) * channels + c])
  }
}

extension Pyramid.Level {
  fileprivate func halved(batch: Int, pooling: Pyramid.Pooling) -> Pyramid.Level {
    let (newRows, newColumns) = ((rows + 1) / 2, (columns + 1) / 2)
    var pooled: [Float] = []
    pooled.reserveCapacity(batch * newRows * newColumns * channels)
    for n in 0..<batch {
      for row in 0..<newRows {
        for column in 0..<newColumns {
          for c in 0..<channels {
            var pool = Pool()
            for y in 2 * row..<min(2 * row + 2, rows) {
              for x in 2 * column..<min(2 * column + 2, columns) {
                pool.add(Double(values[((n * rows + y) * columns + x) * channels + c]), pooling)
              }
            }
            pooled.append(pool.value(pooling))
          }
        }
      }
    }
    return Pyramid.Level(factor: 2 * factor, rows: newRows, columns: newColumns, channels: channels, values: pooled)
  }
}

extension Double {
  /// Whether it is farther from zero; what is not finite is stronger than all that is.
  func isStronger(than other: Double) -> Bool { other.isFinite && (!isFinite || abs(self) > abs(other)) }
}

/// What has been seen of a block.
private struct Pool {
  private var sum = 0.0
  private var count = 0.0

  /// NaN and infinities are left out of a mean; nothing is stronger.
  mutating func add(_ value: Double, _ pooling: Pyramid.Pooling) {
    switch pooling {
    case .mean where value.isFinite:
      sum += value
      count += 1
    case .mean: break
    case .strongest:
      if value.isStronger(than: sum) { sum = value }
    }
  }

  func value(_ pooling: Pyramid.Pooling) -> Float { Float(pooling == .mean ? sum / max(count, 1) : sum) }
}

private struct FirstLevelVisitor: TensorVisitor {
  let factor: Int
  let pooling: Pyramid.Pooling

  func visit<Element: TensorElement>(_ tensor: Tensor<Element>) -> Pyramid.Level {
    let (shape, strides, offset) = (tensor.shape, tensor.strides, tensor.layout.offset)
    let (rows, columns) = ((shape[1] + factor - 1) / factor, (shape[2] + factor - 1) / factor)
    var pooled: [Float] = []
    pooled.reserveCapacity(shape[0] * rows * columns * shape[3])
    tensor.withUnsafeBuffer { buffer in
      for n in 0..<shape[0] {
        for row in 0..<rows {
          for column in 0..<columns {
            for c in 0..<shape[3] {
              var pool = Pool()
              for y in factor * row..<min(factor * (row + 1), shape[1]) {
                for x in factor * column..<min(factor * (column + 1), shape[2]) {
                  let place = offset + n * strides[0] + y * strides[1] + x * strides[2] + c * strides[3]
                  pool.add(buffer[place].doubleValue, pooling)
                }
              }
              pooled.append(pool.value(pooling))
            }
          }
        }
      }
    }
    return Pyramid.Level(factor: factor, rows: rows, columns: columns, channels: shape[3], values: pooled)
  }
}
