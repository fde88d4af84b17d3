import StridedTensor
import Testing

/// The code of the pages of `StridedTensor`, run.
@Suite struct StridedTensorPages {
  @Test func landing() throws {
    let page = try Article("StridedTensor/StridedTensor")
    func print(_ items: Any...) { page.print(items) }

    let a = try Tensor<Float>(shape: [6, 6], elements: (0..<36).map { Float($0) })
    let upsideDown = try a.slice(axis: 0, step: -1)
    print(upsideDown.strides, upsideDown.layout.offset)  // [-6, 1] 30
    print(try a.transposed().element(at: [1, 0]))  // 1.0

    try page.check()
  }

  @Test func strides() throws {
    let page = try Article("StridedTensor/Strides")
    func print(_ items: Any...) { page.print(items) }

    let array = try Layout.rowMajor([2, 3])
    print(array.strides)  // [3, 1]
    print(array.byteStrides(itemSize: 4))  // [12, 4]
    print(array.offset(of: [1, 2]))  // 5

    print(try array.transposed().strides)  // [1, 3]
    print(try array.slice(axis: 1, step: -1).strides)  // [3, -1]
    print(try Layout.rowMajor([3]).broadcast(to: [2, 3]).strides)  // [0, 1]

    let matrix = try Tensor<Float>(shape: [6, 6], repeating: 1)
    do {
      _ = try matrix.asStrided(shape: [5, 4, 3, 3], strides: [6, 1, 6, 1])
    } catch {
      print("refused")  // refused
    }

    let windows = try Layout(shape: [4, 4, 3, 3], strides: [6, 1, 6, 1])
    if case .mustCopy(let pair) = try windows.reshape(to: [16, 9]) {
      print(pair.outerStride, pair.innerStride * pair.innerLength)  // 6 4
    }

    try page.check()
  }

  @Test func tiling() throws {
    let page = try Article("StridedTensor/Tiling")
    func print(_ items: Any...) { page.print(items) }

    let a = try Tensor<Float>(shape: [6, 6], elements: (0..<36).map { Float($0) })
    let b = try a.tiled(2)
    print(b.shape, b.strides)  // [3, 3, 2, 2] [12, 2, 6, 1]
    print(b.layout.byteStrides(itemSize: 4))  // [48, 8, 24, 4]
    print(b.elements(first: 8))  // [0.0, 1.0, 6.0, 7.0, 2.0, 3.0, 8.0, 9.0]

    let c = try b.contiguous()
    print(c.strides, c.layout.byteStrides(itemSize: 4))  // [12, 4, 2, 1] [48, 16, 8, 4]
    print(b.element(atOffset: 2) ?? -1, c.element(atOffset: 2) ?? -1)  // 2.0 6.0

    try page.check()
  }
}
