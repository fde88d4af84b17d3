/// The buffer behind tensors: aligned to a cache line, shared by all views of it.
///
/// The only class and the only owner of memory in this module. Tensors are values: they write only into storage that they
/// alone hold (copy on write), so sharing it between threads is safe.
final class Storage<Element: TensorElement>: @unchecked Sendable {
  /// Bytes of a cache line, and the alignment of every buffer.
  static var alignment: Int { 64 }

  let elements: UnsafeMutableBufferPointer<Element>

  /// Memory for `count` elements, not yet initialised.
  init(uninitializedCount count: Int) {
    let bytes = UnsafeMutableRawPointer.allocate(
      byteCount: max(count, 1) * MemoryLayout<Element>.stride, alignment: Self.alignment)
    elements = UnsafeMutableBufferPointer(start: bytes.bindMemory(to: Element.self, capacity: count), count: count)
  }

  deinit { UnsafeMutableRawPointer(elements.baseAddress)?.deallocate() }

  func copy() -> Storage {
    let result = Storage(uninitializedCount: elements.count)
    _ = result.elements.initialize(fromContentsOf: elements)
    return result
  }
}
