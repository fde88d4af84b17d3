import StridedTensor

/// Answers about layouts by looking at every index: the oracle of the closed forms.
public enum BruteForce {
  /// All indices of a shape in row-major order.
  public static func indices(_ shape: [Int]) -> [[Int]] {
    var result: [[Int]] = [[]]
    for length in shape {
      result = result.flatMap { head in (0..<length).map { head + [$0] } }
    }
    return result
  }

  /// The offset of each entry in row-major order.
  public static func offsets(_ layout: Layout) -> [Int] {
    indices(layout.shape).map { zip($0, layout.strides).reduce(layout.offset) { $0 + $1.0 * $1.1 } }
  }

  /// The elements of a view in row-major order, each fetched by its own address.
  public static func elements<E: TensorElement>(_ tensor: Tensor<E>) -> [E?] {
    offsets(tensor.layout).map { tensor.element(atOffset: $0) }
  }

  /// A random layout of small axes with strides of both signs and 0.
  public static func layout(rank: Int, using random: inout SeededGenerator) throws -> Layout {
    try Layout(
      shape: (0..<rank).map { _ in random.int(random.int(0...20) == 0 ? 0...1 : 1...4) },
      strides: (0..<rank).map { _ in random.int(-7...7) }, offset: random.int(-5...25))
  }
}
