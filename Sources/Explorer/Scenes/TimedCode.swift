import Convolution
import Walkthroughs

/// The listings of the ways that Timing compares.
enum TimedCode {
  static func lines(of contender: String, _ g: ConvolutionGeometry) -> [String] {
    let matrix = PatchMatrix(geometry: g, group: 0)
    switch contender {
    case "naive": return SlidingWalkthrough(geometry: g, order: .lecture).code(eachMultiply: true).lines
    case "matmul", "numpy-matmul":
      return MatrixProductWalkthrough(matrix: matrix, form: .perOffset).perOffsetCode.listing.lines
    case "im2col", "numpy-im2col": return PatchMatrixWalkthrough(matrix: matrix).code.listing.lines
    case "lazy-im2col":
      return [
        "for each block of rows r of A:  # A is never stored",
        " fetch: A[r,k] = Z[address(r) + offset(k)]",
        "        # \(g.patchColumns) entries a row, into a few KiB",
        " out[r] = rows @ W.reshape(\(g.patchColumns), \(g.groupOutputChannels))",
      ]
    case "direct":
      return [
        "for each tile of outputs (y,x..x+T, o..o+V):",
        " acc = T×V sums, all in registers",
        " for i,j,c in \(g.kernelHeight)×\(g.kernelWidth)×\(g.groupInputChannels):",
        "  acc += Z[n,y+i,x+j,c] * W[i,j,c,o]  # read where it lies",
        " store acc  # once",
      ]
    case "winograd":
      return [
        "U = G @ W @ G.T            # once, with the weights",
        "for each tile d of Z:      # (m+2)×(m+2) pixels",
        " V = B.T @ d @ B           # additions",
        " M = U * V, summed over c  # a product per point",
        " out tile = A.T @ M @ A    # m×m outputs",
      ]
    case "pytorch", "pytorch-channels-last":
      return [
        "x = Z.permute(0, 3, 1, 2)  # NCHW's shape",
        "w = W.permute(3, 2, 0, 1)  # OIKK",
        "out = F.conv2d(x, w, stride=\(g.stride.word))",
        contender == "pytorch" ? "# both contiguous in NCHW before" : "# both in channels-last memory before",
      ]
    default: return []
    }
  }
}
