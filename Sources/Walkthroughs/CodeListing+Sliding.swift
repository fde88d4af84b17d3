import Convolution

extension SlidingWalkthrough {
  /// The loops that this walk runs, outermost first; the last line is the one that each step runs.
  ///
  /// - Parameter eachMultiply: whether a step is one multiplication, not one output.
  public func code(eachMultiply: Bool) -> CodeListing {
    let g = geometry
    let (array, preparation) = g.paddedArray
    var lines = preparation
    var depth = 0
    func loop(_ variable: String, _ count: Int) {
      guard count > 1 || ["y", "x"].contains(variable) else { return }
      lines.append(String(repeating: " ", count: depth) + "for \(variable) in range(\(count)):")
      depth += 1
    }
    func name(_ variable: String, _ count: Int) -> String { count > 1 ? variable : "0" }

    loop("n", g.batch)
    if order == .lecture {
      loop("c", g.groupInputChannels)
      loop("o", g.outputChannels)
    }
    loop("y", g.outputHeight)
    loop("x", g.outputWidth)
    if order == .pixel { loop("o", g.outputChannels) }

    let output = "out[\(name("n", g.batch)),y,x,\(name("o", g.outputChannels))]"
    let indent: String
    let statement: String
    if eachMultiply {
      if order == .pixel { loop("c", g.groupInputChannels) }
      loop("i", g.kernelHeight)
      loop("j", g.kernelWidth)
      indent = String(repeating: " ", count: depth)
      let row = ConvolutionGeometry.index(
        output: "y", kernel: "i", stride: g.stride.vertical, dilation: g.dilation.vertical, kernelLength: g.kernelHeight
      )
      let column = ConvolutionGeometry.index(
        output: "x", kernel: "j", stride: g.stride.horizontal, dilation: g.dilation.horizontal,
        kernelLength: g.kernelWidth)
      let kernel = "\(name("i", g.kernelHeight)),\(name("j", g.kernelWidth))"
      statement =
        "\(output) += \(array)[\(name("n", g.batch)),\(row),\(column),\(inputChannel)]"
        + " * W[\(kernel),\(name("c", g.groupInputChannels)),\(name("o", g.outputChannels))]"
    } else {
      indent = String(repeating: " ", count: depth)
      let rows = ConvolutionGeometry.slice(
        output: "y", stride: g.stride.vertical, dilation: g.dilation.vertical, span: g.fieldHeight)
      let columns = ConvolutionGeometry.slice(
        output: "x", stride: g.stride.horizontal, dilation: g.dilation.horizontal, span: g.fieldWidth)
      let (channels, weight) =
        order == .lecture ? (inputChannel, name("c", g.groupInputChannels)) : (inputChannelSlice, ":")
      statement =
        "\(output) += (\(array)[\(name("n", g.batch)),\(rows),\(columns),\(channels)]"
        + " * W[:,:,\(weight),\(name("o", g.outputChannels))]).sum()"
    }
    lines.append(indent + statement)
    return CodeListing(lines)
  }

  private var groupOffset: String {
    let (perGroup, reads) = (geometry.groupOutputChannels, geometry.groupInputChannels)
    let group = perGroup == 1 ? "o" : "o//\(perGroup)"
    return reads == 1 ? group : "\(group)*\(reads)"
  }

  /// The input channel under kernel channel c: with groups, the output channel picks the slice.
  private var inputChannel: String {
    let c = geometry.groupInputChannels > 1 ? "c" : "0"
    guard geometry.groups > 1 else { return c }
    return c == "0" ? groupOffset : "\(groupOffset)+c"
  }

  private var inputChannelSlice: String {
    guard geometry.groups > 1 else { return ":" }
    return "\(groupOffset):\(groupOffset)+\(geometry.groupInputChannels)"
  }
}
