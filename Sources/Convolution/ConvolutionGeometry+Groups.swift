import StridedTensor

extension ConvolutionGeometry {
  /// The input channels of one group: a slice of the last axis of an input or patch layout.
  func channels(ofGroup group: Int, in layout: Layout) throws(StridedTensorError) -> Layout {
    try layout.slice(
      axis: layout.rank - 1, start: group * groupInputChannels, stop: (group + 1) * groupInputChannels)
  }

  /// The output channels of one group: a slice of the last axis of a weight layout.
  func outputs(ofGroup group: Int, in layout: Layout) throws(StridedTensorError) -> Layout {
    try layout.slice(
      axis: layout.rank - 1, start: group * groupOutputChannels, stop: (group + 1) * groupOutputChannels)
  }
}
