import Convolution
import StridedTensor

/// One place where the lecture's notes err, and what is true instead.
public struct Erratum: Hashable, Sendable {
  /// What the notes say.
  public let claim: String
  /// What is so, with its numbers.
  public let truth: String
}

/// Where the lecture's notes err: the numbers are computed from the layouts that the notes speak of.
public enum LectureErrata {
  /// All of them, in the order of the notes.
  ///
  /// - Throws: nothing in practice: the layouts are those of the lecture's small examples.
  public static func all() throws -> [Erratum] {
    [try strides(), try rows(), try contiguity(), try expansion(), try dump(), try defaultType(), try speed()]
  }

  /// The lecture's 6×6 matrix under its 3×3 kernel.
  private static func example() throws -> (input: Layout, matrix: PatchMatrix, view: PatchView) {
    let geometry = try ConvolutionGeometry(input: [1, 6, 6, 1], weight: [3, 3, 1, 1])
    let input = try Layout.rowMajor(geometry.inputShape)
    let matrix = PatchMatrix(geometry: geometry)
    return (input, matrix, try PatchView(matrix: matrix, input: input))
  }

  private static func strides() throws -> Erratum {
    let array = try Layout.rowMajor([2, 3])
    func bytes(_ type: ElementType) -> String { tuple(array.byteStrides(itemSize: type.itemSize)) }
    return Erratum(
      claim: "np.array([[1,2,3],[4,5,6]]).strides is \(bytes(.int32))",
      truth: "It is for int32, \(ElementType.int32.itemSize) bytes each. NumPy's default integer is int64 and gives "
        + "\(bytes(.int64)). In elements both are \(tuple(array.strides)).")
  }

  private static func rows() throws -> Erratum {
    let (_, matrix, _) = try example()
    let g = matrix.geometry
    return Erratum(
      claim: "each column of the im2col matrix is a flattened receptive field",
      truth: "In the code each row is: reshape(-1, K·K·C) gives \(matrix.rows)×\(matrix.columns) for the 6×6, "
        + "\(matrix.rows) rows for the \(g.outputHeight)×\(g.outputWidth) outputs, \(matrix.columns) columns for the "
        + "\(g.kernelHeight)×\(g.kernelWidth) kernel. Other texts transpose it; hence the name.")
  }

  private static func contiguity() throws -> Erratum {
    let (input, matrix, view) = try example()
    let slice = try input.reshapedRows().slice(axis: 1, start: 1, stop: 4)
    var merging = ""
    if let pair = view.pairThatDoesNotMerge {
      let (outer, inner) = (PatchView.axes[pair.outer], PatchView.axes[pair.inner])
      merging =
        "\(outer) and \(inner) do not: \(pair.outerStride * 4) B is not \(pair.innerLength) × \(pair.innerStride * 4) B"
    }
    return Erratum(
      claim: "matrix operations require contiguous memory",
      truth: "A leading dimension is enough: A[:,1:4] has strides \(tuple(slice.byteStrides(itemSize: 4))) B, "
        + "\(slice.isContiguous ? "contiguous" : "not contiguous"), and BLAS multiplies it as it lies, with leading "
        + "dimension \(slice.strides[0]). What a reshape to \(matrix.rows)×\(matrix.columns) needs is that the axes it joins "
        + "merge, and \(merging); that is why it copies.")
  }

  private static func expansion() throws -> Erratum {
    let (input, matrix, view) = try example()
    return Erratum(
      claim: "reshape compacts the overlapping fields",
      truth: "It expands them: \(input.count) elements become \(matrix.rows)×\(matrix.columns) = \(view.layout.count), "
        + "\(input.reportedBytes(itemSize: 4)) bytes become \(view.layout.reportedBytes(itemSize: 4)), because a pixel in the "
        + "middle is written \(FieldCoverage(geometry: matrix.geometry).mostCopies(geometry: matrix.geometry)) times.")
  }

  private static func dump() throws -> Erratum {
    let (input, _, view) = try example()
    let (reported, real) = (view.layout.reportedBytes(itemSize: 4), input.reportedBytes(itemSize: 4))
    let tiles = try Layout(shape: [3, 3, 2, 2], strides: [12, 2, 6, 1])
    return Erratum(
      claim: "a view's memory is dumped by string_at(B.ctypes.data, B.nbytes)",
      truth: "That is right for the tiles, which show each element once (\(tiles.reportedBytes(itemSize: 4)) bytes of "
        + "\(real)). An overlapping view counts shared elements again: nbytes of the 3×3 windows is \(reported), "
        + "the buffer has \(real), and the dump reads \(reported - real) bytes that are not its own.")
  }

  private static func defaultType() throws -> Erratum {
    let g = try example().matrix.geometry
    let output = try Layout.rowMajor(g.outputShape)
    return Erratum(
      claim: "out = np.zeros((N, H-K+1, W-K+1, C_out))",
      truth:
        "Without a dtype this is float64 whatever the input is: \(output.reportedBytes(itemSize: 8)) bytes for the "
        + "\(g.outputHeight)×\(g.outputWidth) output where float32 has \(output.reportedBytes(itemSize: 4)), and every sum "
        + "is made in float64. np.zeros(…, Z.dtype) keeps the type.")
  }

  private static func speed() throws -> Erratum {
    let g = try ConvolutionGeometry(input: [100, 32, 32, 8], weight: [3, 3, 8, 16])
    let (perOffset, im2col) = (Traffic(of: .matmul, g, itemSize: 4), Traffic(of: .im2col, g, itemSize: 4))
    let matrix = im2col.transfers.filter { $0.array == "patch matrix" }.reduce(0) { $0 + $1.bytes }
    func mega(_ bytes: Int) -> String { "\((bytes + (1 << 19)) >> 20) MiB" }
    return Erratum(
      claim: "im2col is about 2 times faster than one product for each kernel offset",
      truth:
        "Measured with NumPy on the lecture's 100×32×32×8 it was 1.4–1.6 times in float64 and 2.7–3.3 times in float32. "
        + "Traffic alone does not say so: by Timing's model \(g.kernelHeight * g.kernelWidth) products move "
        + "\(mega(perOffset.bytes)), im2col \(mega(im2col.bytes)) of which \(mega(matrix)) are the matrix, written and read. "
        + "The rest is small products of depth "
        + "\(g.inputChannels), and float32 added into a float64 output.")
  }

  private static func tuple(_ numbers: [Int]) -> String {
    "(" + numbers.map { String($0) }.joined(separator: ", ") + ")"
  }
}

extension Layout {
  /// The H×W matrix of a single picture with one channel.
  fileprivate func reshapedRows() throws(StridedTensorError) -> Layout { try at(0).at(0, axis: 2) }
}
