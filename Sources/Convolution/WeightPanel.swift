import MatrixMultiply

/// A panel of the packed weights of one group, and the channels that it connects.
///
/// A value without references: the packed weights are to outlive it.
struct WeightPanel<E: ConvolutionElement>: @unchecked Sendable {
  let panel: Panel
  let elements: UnsafePointer<E>
  /// Rows of the weight matrix.
  let depth: Int
  /// First input channel of the group, and first output channel of the panel.
  let firstInput: Int
  let firstOutput: Int
  /// Whether all weights of the group are so many that they come from beyond the second-level cache.
  let isFar: Bool

  /// All panels, group by group.
  static func all(of groups: [PackedMatrix<E>], _ geometry: ConvolutionGeometry) -> [WeightPanel] {
    groups.enumerated().flatMap { group, packed in
      let isFar = packed.bytes >= packed.kernels.fetchedPanelBytes
      return packed.panels.map { panel in
        WeightPanel(
          panel: panel, elements: packed.elements(of: panel), depth: packed.depth,
          firstInput: group * geometry.groupInputChannels, firstOutput: group * packed.columns + panel.start,
          isFar: isFar)
      }
    }
  }
}
