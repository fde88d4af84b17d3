import CMicrokernels
import MatrixMultiply

/// The transform of 3×3 kernels for Winograd's products, from weights as they are given to packed panels.
///
/// Computed in Double and rounded once.
struct WinogradWeights {
  /// The matrix G, whose product G·g·Gᵀ transforms a kernel g: a row for each interpolation point.
  private let matrix: [[Double]]
  private var side: Int { matrix.count }

  init(_ tile: WinogradTile) {
    matrix =
      switch tile {
      case .two: [[1, 0, 0], [0.5, 0.5, 0.5], [0.5, -0.5, 0.5], [0, 0, 1]]
      case .four: Self.matrix(near: cm_winograd_near, far: cm_winograd_far)
      }
  }

  /// G for the points 0, ±near, ±far and infinity; the kernels in C have the other two matrices.
  ///
  /// Lavin and Gray's ±1 and ±2 round three to four times worse than ±3/4 and ±3/2, whose powers stay nearer to 1.
  private static func matrix(near: Double, far: Double) -> [[Double]] {
    let (a, b) = (near * near, far * far)
    let (inner, outer) = (2 * a * (a - b), 2 * b * (b - a))
    return [
      [1 / (a * b), 0, 0],
      [1 / inner, near / inner, a / inner], [1 / inner, -near / inner, a / inner],
      [1 / outer, far / outer, b / outer], [1 / outer, -far / outer, b / outer],
      [0, 0, 1],
    ]
  }

  /// Kernels that are transformed together, neighbours in the weight: the loops over them become vectors.
  private static let lanes = 32
  /// Kernels whose transformed elements stay in the cache until they are packed.
  private static let kernelsAtOnce = 1024

  /// Transforms a row-major weight 3×3×C×Cout into a matrix C×Cout for each element of the tile, one below the other.
  ///
  /// - Complexity: some 160 multiplications and additions for each pair of channels, with tiles of 4×4.
  func pack<E: ConvolutionElement>(
    _ weight: UnsafePointer<E>, channels: Int, outputs: Int, into packing: Packing<E>
  ) {
    let atOnce = min(max(Self.kernelsAtOnce / outputs, 1), channels)
    // A line more, since planes at powers of two would crowd each other out of the cache.
    let plane = atOnce * outputs + 64 / MemoryLayout<E>.stride
    let planes: UnsafeMutablePointer<E> = allocateAligned(side * side * plane)
    defer { planes.deallocate() }
    WorkerPool.shared.run(tasks: (channels + atOnce - 1) / atOnce, threads: 1) { part in
      let rows = (part * atOnce)..<min((part + 1) * atOnce, channels)
      transform(
        weight + rows.lowerBound * outputs, count: rows.count * outputs, step: channels * outputs, into: planes,
        plane: plane)
      for element in 0..<(side * side) {
        packing.pack(
          (element * channels + rows.lowerBound)..<(element * channels + rows.upperBound),
          from: planes + element * plane, rowStride: outputs, columnStride: 1)
      }
    }
  }

  /// Transforms `count` kernels, whose elements lie `step` apart, into planes of one element each.
  @_specialize(where E == Float)
  @_specialize(where E == Double)
  private func transform<E: ConvolutionElement>(
    _ weight: UnsafePointer<E>, count: Int, step: Int, into planes: UnsafeMutablePointer<E>, plane: Int
  ) {
    let lanes = Self.lanes
    let rows = matrix.map { ($0[0], $0[1], $0[2]) }
    let scratch: UnsafeMutablePointer<Double> = allocateAligned((9 + 3 * side) * lanes)
    defer { scratch.deallocate() }
    scratch.initialize(repeating: 0, count: (9 + 3 * side) * lanes)
    let half = scratch + 9 * lanes
    for first in stride(from: 0, to: count, by: lanes) {
      let used = min(lanes, count - first)
      for k in 0..<9 {
        let (source, target) = (weight + k * step + first, scratch + k * lanes)
        for lane in 0..<used { target[lane] = Double(source[lane]) }
      }
      // G·g, by columns of g.
      for (p, row) in rows.enumerated() {
        for j in 0..<3 {
          let (source, target) = (scratch + j * lanes, half + (3 * p + j) * lanes)
          for lane in 0..<lanes {
            target[lane] =
              row.0 * source[lane] + row.1 * source[lane + 3 * lanes] + row.2 * source[lane + 6 * lanes]
          }
        }
      }
      // Times Gᵀ, by rows.
      for p in 0..<side {
        let source = half + 3 * p * lanes
        for (q, row) in rows.enumerated() {
          let target = planes + (p * side + q) * plane + first
          for lane in 0..<used {
            target[lane] = E(row.0 * source[lane] + row.1 * source[lane + lanes] + row.2 * source[lane + 2 * lanes])
          }
        }
      }
    }
  }
}
