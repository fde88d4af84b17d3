import StridedTensor

/// A large picture at smaller sizes, so that drawing it zoomed out costs the same whatever its size.
///
/// Level 0 holds the means of 4×4 pixels, each next one the means of 2×2 of the level before.
struct Pyramid: Sendable {
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

  /// Pictures with fewer pixels are sampled directly.
  static let fewestPixels = 512 * 512

  /// The pyramid of an N×H×W×C tensor; nil for small pictures.
  ///
  /// - Complexity: O(elements), and a twelfth of its memory.
  init?(of tensor: AnyTensor) {
    let shape = tensor.shape
    guard shape.count == 4, shape[1] * shape[2] >= Self.fewestPixels else { return nil }
    var levels = [tensor.visit(FirstLevelVisitor(factor: 4))]
    while let last = levels.last, max(last.rows, last.columns) > 128 {
      levels.append(last.halved(batch: shape[0]))
    }
    self.levels = levels
  }

  /// The level for pixels that span so many of the picture's; nil where the picture itself is fine enough.
  func level(span: Double) -> Level? { levels.last { Double($0.factor) <= span } }
}

extension Pyramid.Level {
  /// The mean around a pixel of the picture.
  func value(n: Int, y: Int, x: Int, c: Int) -> Double {
    let (row, column) = (min(y / factor, rows - 1), min(x / factor, self.columns - 1))
    return Double(values[((n * rows + row) * columns + column) * channels + c])
  }
}

extension Pyramid.Level {
  fileprivate func halved(batch: Int) -> Pyramid.Level {
    let (newRows, newColumns) = ((rows + 1) / 2, (columns + 1) / 2)
    var means: [Float] = []
    means.reserveCapacity(batch * newRows * newColumns * channels)
    for n in 0..<batch {
      for row in 0..<newRows {
        for column in 0..<newColumns {
          for c in 0..<channels {
            var sum: Float = 0
            var count: Float = 0
            for y in 2 * row..<min(2 * row + 2, rows) {
              for x in 2 * column..<min(2 * column + 2, columns) {
                sum += values[((n * rows + y) * columns + x) * channels + c]
                count += 1
              }
            }
            means.append(sum / count)
          }
        }
      }
    }
    return Pyramid.Level(factor: 2 * factor, rows: newRows, columns: newColumns, channels: channels, values: means)
  }
}

private struct FirstLevelVisitor: TensorVisitor {
  let factor: Int

  func visit<Element: TensorElement>(_ tensor: Tensor<Element>) -> Pyramid.Level {
    let (shape, strides, offset) = (tensor.shape, tensor.strides, tensor.layout.offset)
    let (rows, columns) = ((shape[1] + factor - 1) / factor, (shape[2] + factor - 1) / factor)
    var means: [Float] = []
    means.reserveCapacity(shape[0] * rows * columns * shape[3])
    tensor.withUnsafeBuffer { buffer in
      for n in 0..<shape[0] {
        for row in 0..<rows {
          for column in 0..<columns {
            for c in 0..<shape[3] {
              var sum = 0.0
              var count = 0.0
              for y in factor * row..<min(factor * (row + 1), shape[1]) {
                for x in factor * column..<min(factor * (column + 1), shape[2]) {
                  let value =
                    buffer[offset + n * strides[0] + y * strides[1] + x * strides[2] + c * strides[3]].doubleValue
                  guard value.isFinite else { continue }
                  sum += value
                  count += 1
                }
              }
              means.append(Float(sum / max(count, 1)))
            }
          }
        }
      }
    }
    return Pyramid.Level(factor: factor, rows: rows, columns: columns, channels: shape[3], values: means)
  }
}
