import MatrixMultiply

/// An aligned, immutable copy of numbers that kernels read by address, from any thread.
final class SharedElements<E: ConvolutionElement>: @unchecked Sendable {
  let count: Int
  private let memory: UnsafeMutablePointer<E>
  var start: UnsafePointer<E> { UnsafePointer(memory) }

  init(copying source: UnsafePointer<E>, count: Int) {
    self.count = count
    memory = allocateAligned(count)
    let memory = memory
    WorkerPool.shared.runInStretches(of: count) { part in
      (memory + part.lowerBound).initialize(from: source + part.lowerBound, count: part.count)
    }
  }

  convenience init(_ elements: [E]) {
    self.init(copying: elements, count: elements.count)
  }

  /// `count` elements that the closure writes.
  init(count: Int, initializedBy initialize: (UnsafeMutablePointer<E>) -> Void) {
    self.count = count
    memory = allocateAligned(count)
    let memory = memory
    WorkerPool.shared.runInStretches(of: count) { part in
      (memory + part.lowerBound).initialize(repeating: 0, count: part.count)
    }
    initialize(memory)
  }

  deinit { memory.deallocate() }
}

/// Offsets that kernels read by address, and as many ascending numbers from 0.
final class SharedIndices: @unchecked Sendable {
  let count: Int
  private let memory: UnsafeMutablePointer<Int>
  var start: UnsafePointer<Int> { UnsafePointer(memory) }
  var ascending: UnsafePointer<Int> { UnsafePointer(memory + count) }

  init(_ indices: [Int]) {
    count = indices.count
    memory = allocateAligned(2 * count)
    for (k, index) in indices.enumerated() {
      (memory + k).initialize(to: index)
      (memory + count + k).initialize(to: k)
    }
  }

  deinit { memory.deallocate() }
}
