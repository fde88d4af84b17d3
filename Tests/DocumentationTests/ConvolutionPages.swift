import Convolution
import MatrixMultiply
import StridedTensor
import Testing

/// The code of the pages of `Convolution`, run.
@Suite struct ConvolutionPages {
  @Test func landing() throws {
    let page = try Article("Convolution/Convolution")
    func print(_ items: Any...) { page.print(items) }

    let image = try Tensor<Float>(shape: [1, 6, 6, 1], elements: (0..<36).map { Float($0) })
    let weight = try Tensor<Float>(shape: [3, 3, 1, 1], elements: (0..<9).map { Float($0) })
    let geometry = try ConvolutionGeometry(input: image.shape, weight: weight.shape)
    let output = try convolve(image, weight, geometry: geometry, algorithm: .auto)
    print(output.shape, try output.element(at: [0, 0, 0, 0]))  // [1, 4, 4, 1] 366.0

    try page.check()
  }

  @Test func storageOrder() throws {
    let page = try Article("Convolution/StorageOrder")
    func print(_ items: Any...) { page.print(items) }

    let image = try Tensor<Float>(shape: [1, 6, 6, 3], elements: (0..<108).map { Float($0) })
    print(image.strides)  // [108, 18, 3, 1]

    let channelsLast = try image.permuted(AxisOrder.nchwFromNHWC)
    print(channelsLast.shape, channelsLast.strides)  // [1, 3, 6, 6] [108, 1, 18, 3]
    print(try channelsLast.contiguous().strides)  // [108, 36, 6, 1]

    let fromPyTorch = try Tensor<Float>(shape: [1, 3, 6, 6], repeating: 1)
    let kernels = try Tensor<Float>(shape: [2, 3, 3, 3], repeating: 1)
    let input = try fromPyTorch.permuted(AxisOrder.nhwcFromNCHW)
    let weight = try kernels.permuted(AxisOrder.kkioFromOIKK)
    let geometry = try ConvolutionGeometry(input: input.shape, weight: weight.shape)
    let output = try convolve(input, weight, geometry: geometry, algorithm: .im2col)
    print(try output.permuted(AxisOrder.nchwFromNHWC).shape)  // [1, 2, 4, 4]

    try page.check()
  }

  @Test func perOffsetProducts() throws {
    let page = try Article("Convolution/PerOffsetProducts")
    func print(_ items: Any...) { page.print(items) }

    let image = try Tensor<Float>(shape: [1, 6, 6, 3], elements: (0..<108).map { Float($0) })
    let weight = try Tensor<Float>(shape: [1, 1, 3, 2], elements: (0..<6).map { Float($0) })
    let pixels = try image.reshaped(to: [36, 3])
    let product = try matrixProduct(pixels, weight.reshaped(to: [3, 2]))
    let geometry = try ConvolutionGeometry(input: image.shape, weight: weight.shape)
    let output = try convolve(image, weight, geometry: geometry, algorithm: .matmul)
    print(product.elements() == output.elements())  // true

    try page.check()
  }

  @Test func im2col() throws {
    let page = try Article("Convolution/Im2col")
    func print(_ items: Any...) { page.print(items) }

    let image = try Tensor<Float>(shape: [1, 6, 6, 1], elements: (0..<36).map { Float($0) })
    let weight = try Tensor<Float>(shape: [3, 3, 1, 1], elements: (0..<9).map { Float($0) })
    let geometry = try ConvolutionGeometry(input: image.shape, weight: weight.shape)
    let fields = try patchView(image, geometry: geometry)
    print(fields.shape, fields.strides)  // [1, 4, 4, 3, 3, 1] [36, 6, 1, 6, 1, 1]

    let patches = try fields.reshaped(to: [16, 9])
    print(fields.bufferCount, patches.bufferCount)  // 36 144
    print(try patches.at(1).elements())  // [1.0, 2.0, 3.0, 7.0, 8.0, 9.0, 13.0, 14.0, 15.0]

    let output = try matrixProduct(patches, weight.reshaped(to: [9, 1]))
    print(output.elements(first: 3))  // [366.0, 402.0, 438.0]

    try page.check()
  }

  @Test func duplicatesAndOverlap() throws {
    let page = try Article("Convolution/DuplicatesAndOverlap")
    func print(_ items: Any...) { page.print(items) }

    let image = try Tensor<Float>(shape: [1, 6, 6, 1], elements: (0..<36).map { Float($0) })
    let geometry = try ConvolutionGeometry(input: image.shape, weight: [3, 3, 1, 1])
    let fields = try patchView(image, geometry: geometry).layout
    print(fields.multiplicity(of: 14) ?? 0, fields.multiplicity(of: 0) ?? 0)  // 9 1

    print(fields.reportedBytes(itemSize: 4), fields.touchedBytes(itemSize: 4) ?? 0)  // 576 144

    var view = try patchView(image, geometry: geometry)
    do {
      try view.write(99, at: [0, 0, 0, 2, 2, 0])
    } catch {
      print("refused")  // refused
    }
    try view.writeThroughOverlap(99, at: [0, 0, 0, 2, 2, 0])
    print(try view.element(at: [0, 1, 1, 1, 1, 0]), try image.element(at: [0, 2, 2, 0]))  // 99.0 14.0

    try page.check()
  }

  @Test func performance() throws {
    let page = try Article("Convolution/Performance")
    func print(_ items: Any...) { page.print(items) }

    let geometry = try ConvolutionGeometry(input: [100, 32, 32, 8], weight: [3, 3, 8, 16])
    print(geometry.operations / 1_000_000)  // 207
    print(geometry.scratchBytes(of: .im2col, itemSize: 4) / 1_000_000)  // 25

    print(geometry.automaticChoice(isExact: true).algorithm == .winograd)  // false

    let small = try ConvolutionGeometry(input: [1, 6, 6, 1], weight: [3, 3, 1, 1])
    let weight = try Tensor<Float>(shape: [3, 3, 1, 1], elements: (0..<9).map { Float($0) })
    let edges = try PreparedConvolution(weight: weight, geometry: small)
    let image = try Tensor<Float>(shape: [1, 6, 6, 1], elements: (0..<36).map { Float($0) })
    print(try edges(image).elements(first: 2))  // [366.0, 402.0]

    try page.check()
  }
}
