import CMicrokernels
import MatrixMultiply

/// Which of `direct`'s kernels suits a geometry.
extension ConvolutionGeometry {
  /// One channel at stride 1 to a few, in lines no shorter than any vector: neighbouring pixels are neighbours in memory.
  ///
  /// Not where most of a line lies on padding in part, each pixel in its own way.
  var isFilter: Bool {
    inputChannels == 1 && outputChannels <= Int(cm_max_outputs) && stride.horizontal == 1 && outputWidth >= 16
      && inputWidth - fieldWidth + 1 >= (outputWidth + 1) / 2
  }

  /// Every channel is convolved by itself.
  var isDepthwise: Bool { groups > 1 && groupInputChannels == 1 && groupOutputChannels == 1 }

  /// Neighbouring pixels whose channels a depthwise kernel takes for those of one: as many as fill whole vectors, or one vector
  /// at least where a line is shorter; 1 where the channels of one pixel do, or neighbours are not read side by side.
  func pixelsTogether(lanes: Int) -> Int {
    guard isDepthwise, outputChannels < lanes, stride.horizontal == 1 else { return 1 }
    // Lanes are a power of two: what they share with a number is a power of two as well.
    let whole = lanes / min(lanes, outputChannels & -outputChannels)
    let least = (lanes + outputChannels - 1) / outputChannels
    return whole <= outputWidth ? whole : least <= outputWidth ? least : 1
  }

  /// How the picture is taken apart where `PlanarConvolution` suits: few outputs in a group, and runs too short for inner products;
  /// nil where it does not.
  func planeLayout<E>(_ kernels: Kernels<E>) -> PlaneLayout? {
    guard isPlanar(kernels) else { return nil }
    return PlaneLayout(self, kernels: kernels)
  }

  private func isPlanar<E>(_ kernels: Kernels<E>) -> Bool {
    guard groupOutputChannels <= Int(kernels.table.pointee.planes_outputs), !isFilter else { return false }
    // Depthwise with too few channels to fill vectors, those of neighbouring pixels not counted.
    if isDepthwise { return outputChannels < kernels.lanes && pixelsTogether(lanes: kernels.lanes) == 1 }
    if groups == 1, 2 * outputWidth < kernels.lanes { return false }
    if groupOutputChannels > InnerProducts.mostColumns {
      // Groups pay where two of them fill a vector, and lines are hardly shorter than one.
      let fills = groups == 1 ? outputWidth >= kernels.lanes : 8 * outputWidth >= 7 * kernels.lanes
      return fills && (groups == 1 || 2 * groupOutputChannels == kernels.lanes)
        && kernelHeight * kernelWidth >= 4 && groupInputChannels <= 8
    }
    return fieldRunLength < InnerProducts.shortestRun
  }
}
