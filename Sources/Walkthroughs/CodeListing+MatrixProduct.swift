import Convolution

extension MatrixProductWalkthrough {
  /// The loops that this walk runs, outermost first, and the line that each step runs; with groups, for one of them.
  public var code: (listing: CodeListing, line: Int) {
    let g = matrix.geometry
    let (array, preparation) = g.paddedArray
    var lines: [String] = form == .perOffset ? preparation : []
    var indent = ""
    func loop(_ header: String) {
      lines.append("\(indent)for \(header):")
      indent += " "
    }
    if form == .perOffset, products > 1 {
      loop("i in range(\(g.kernelHeight))")
      loop("j in range(\(g.kernelWidth))")
    }
    let kernel = products > 1 ? "i,j" : "0,0"
    let left = form == .patchMatrix ? "A" : shifted(array)
    let right: String
    if form == .patchMatrix {
      right = g.groups == 1 ? "W.reshape(\(depth), \(columns))" : "W[...,\(outputs)].reshape(\(depth), \(columns))"
    } else {
      right = g.groups == 1 ? "W[\(kernel)]" : "W[\(kernel),:,\(outputs)]"
    }
    if form == .perOffset { lines.append("\(indent)A = \(left)") }
    lines.append("\(indent)B = \(right)")
    if tile == 1 {
      loop("r in range(\(rows))")
      loop("o in range(\(columns))")
      loop("k in range(\(depth))")
      lines.append("\(indent)out[r,o] += A[r,k] * B[k,o]")
    } else {
      loop("r in range(0, \(rows), \(tile))")
      loop("o in range(0, \(columns), \(tile))")
      loop("k in range(0, \(depth), \(tile))")
      lines.append("\(indent)out[r:r+\(tile),o:o+\(tile)] += A[r:r+\(tile),k:k+\(tile)] @ B[k:k+\(tile),o:o+\(tile)]")
    }
    return (CodeListing(lines), lines.count - 1)
  }

  /// The lecture's `conv_matrix_mult`: one product for each kernel offset, all added into the output.
  public var perOffsetCode: (listing: CodeListing, line: Int) {
    let g = matrix.geometry
    let (array, preparation) = g.paddedArray
    var lines = preparation
    let isSingle = products == 1
    if !isSingle {
      lines += [
        "out = np.zeros((\(g.batch), \(g.outputHeight), \(g.outputWidth), \(columns)), Z.dtype)",
        "for i in range(\(g.kernelHeight)):", " for j in range(\(g.kernelWidth)):",
      ]
    }
    let kernel = isSingle ? "0,0" : "i,j"
    let right = g.groups == 1 ? "W[\(kernel)]" : "W[\(kernel),:,\(outputs)]"
    lines.append((isSingle ? "out = " : "  out += ") + "\(slices(of: array)) @ \(right)")
    return (CodeListing(lines), lines.count - 1)
  }

  private var outputs: String {
    let first = matrix.group * columns
    return "\(first):\(first + columns)"
  }

  /// The input shifted by (i, j), its pixels taken at the stride, as a matrix of pixels × channels.
  private func shifted(_ array: String) -> String { "\(slices(of: array)).reshape(\(rows), \(depth))" }

  /// The input shifted by (i, j), as a view.
  private func slices(of array: String) -> String {
    let g = matrix.geometry
    func slice(_ letter: String, _ kernel: Int, _ dilation: Int, _ stride: Int, _ count: Int) -> String {
      let reach = (count - 1) * stride + 1
      let step = stride == 1 ? "" : ":\(stride)"
      guard kernel > 1 else { return "0:\(reach)\(step)" }
      let start = dilation == 1 ? letter : "\(dilation)*\(letter)"
      return "\(start):\(start)+\(reach)\(step)"
    }
    let y = slice("i", g.kernelHeight, g.dilation.vertical, g.stride.vertical, g.outputHeight)
    let x = slice("j", g.kernelWidth, g.dilation.horizontal, g.stride.horizontal, g.outputWidth)
    let first = matrix.group * g.groupInputChannels
    let channels = g.groups == 1 ? ":" : "\(first):\(first + g.groupInputChannels)"
    return "\(array)[:,\(y),\(x),\(channels)]"
  }
}

extension ConvolutionValues {
  /// The sum of the first `terms` products of an output element in (i, j, c) order, rounded as it grows, from 0.
  ///
  /// What `MatrixProductWalkthrough` has in its output; the bias is not in it.
  ///
  /// - Parameters:
  ///   - row: of the patch matrix.
  ///   - column: of the group.
  ///   - terms: how many products are summed.
  ///   - matrix: the patch matrix, of one group.
  /// - Complexity: O(terms).
  public func productSum(row: Int, column: Int, terms: Int, of matrix: PatchMatrix) -> Double {
    let o = matrix.group * geometry.groupOutputChannels + column
    let field = matrix.field(row: row)
    var sum = 0.0
    for term in 0..<min(max(terms, 0), matrix.columns) {
      let kernel = matrix.kernelIndex(column: term)
      sum = rounded(sum + rounded(input(at: field.index(under: kernel)) * weight(at: kernel, o: o)))
    }
    return sum
  }
}
