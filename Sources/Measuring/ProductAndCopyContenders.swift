import Convolution
import MatrixMultiply
import StridedTensor

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Contender {
  /// A matrix product of rows×depth times depth×columns.
  public static func product<E: ConvolutionElement>(
    of type: E.Type, rows: Int, depth: Int, columns: Int, threads: Int
  ) -> Contender {
    let a = OutputMemory<E>(rows * depth)
    let b = OutputMemory<E>(depth * columns)
    let c = OutputMemory<E>(rows * columns)
    for (k, memory) in [a, b].enumerated() {
      fill(memory.elements, from: k)
    }
    var contender = Contender(name: "product", kind: .product, threads: threads) { runs, _ in
      Timing(
        seconds(runs: runs) {
          guard let left = a.elements.baseAddress, let right = b.elements.baseAddress, let out = c.elements.baseAddress
          else { return }
          MatrixMultiply.multiply(
            rows: rows, columns: columns, depth: depth, a: left, aRowStride: depth, aColumnStride: 1, b: right,
            bRowStride: columns, bColumnStride: 1, c: out, cRowStride: columns, threads: threads)
        })
    }
    let operations = 2 * Double(rows) * Double(depth) * Double(columns)
    let size = MemoryLayout<E>.stride
    let passes = MatrixMultiply.passesOverResult(depth: depth)
    contender.work = ContenderWork(
      directOperations: operations, executedOperations: operations,
      traffic: Traffic(
        transfers: [
          Transfer(.read, "A", bytesPerPass: rows * depth * size),
          Transfer(.read, "B", bytesPerPass: depth * columns * size),
          Transfer(.read, "C", passes: passes - 1, bytesPerPass: rows * columns * size),
          Transfer(.write, "C", passes: passes, bytesPerPass: rows * columns * size),
        ].filter { $0.passes > 0 }, footprint: (rows * depth + depth * columns + rows * columns) * size))
    return contender
  }

  /// The patch view of a picture copied into a matrix, and a `memcpy` of as many bytes.
  public static func patchCopies<E: ConvolutionElement>(_ item: ConvolutionCase<E>) throws -> [Contender] {
    let view = try patchView(item.input, geometry: item.geometry)
    try MeasuringCase.checkMemory(elements: 2 * view.count, itemSize: MemoryLayout<E>.stride)
    let target = OutputMemory<E>(view.count)
    let source = OutputMemory<E>(view.count)
    let threads = item.threads
    var patches = Contender(name: "patches", kind: .patchCopy, threads: threads) { runs, _ in
      Timing(try seconds(runs: runs) { try copyElements(of: view, into: target.elements, threads: threads) })
    }
    var plain = Contender(name: "memcpy", kind: .memcpy, threads: threads) { runs, _ in
      Timing(
        seconds(runs: runs) {
          guard let from = source.elements.baseAddress, let to = target.elements.baseAddress else { return }
          let bytes = view.count * MemoryLayout<E>.stride
          // Shares of some milliseconds at most, between which it can be stopped.
          let shares = bytes < 1 << 18 ? 1 : max(threads, bytes >> 23)
          WorkerPool.shared.run(tasks: shares, threads: threads) { share in
            let first = bytes * share / shares
            memcpy(
              UnsafeMutableRawPointer(to) + first, UnsafeRawPointer(from) + first, bytes * (share + 1) / shares - first)
          }
        })
    }
    patches.work = .patchCopy(item.geometry, itemSize: MemoryLayout<E>.stride)
    plain.work = .copy(bytes: view.count * MemoryLayout<E>.stride, from: "source")
    return [patches, plain]
  }
}

extension ContenderWork {
  /// A patch matrix made contiguous.
  static func patchCopy(_ geometry: ConvolutionGeometry, itemSize: Int) -> ContenderWork {
    // Counted as memcpy's are: as many bytes read as written, though the fields overlap.
    .copy(bytes: geometry.groups * geometry.patchMatrixCount * itemSize, from: "patch view")
  }

  /// A copy of so many bytes.
  fileprivate static func copy(bytes: Int, from source: String) -> ContenderWork {
    ContenderWork(
      directOperations: 0,
      traffic: Traffic(
        transfers: [
          Transfer(.read, source, bytesPerPass: bytes), Transfer(.write, "copy", bytesPerPass: bytes),
        ], footprint: 2 * bytes))
  }
}

/// Fills a matrix with numbers between -1 and 1 that differ from neighbour to neighbour.
@_specialize(where E == Float)
@_specialize(where E == Double)
private func fill<E: ConvolutionElement>(_ elements: UnsafeMutableBufferPointer<E>, from first: Int) {
  WorkerPool.shared.runInStretches(of: elements.count) { stretch in
    for i in stretch { elements[i] = E((i &* 7919 &+ first) % 127) / 64 - 1 }
  }
}
