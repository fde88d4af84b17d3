import StridedTensor

/// The addresses of a view's elements in row-major order.
public struct ViewAddressStream: AddressStream {
  private let walk: LayoutWalk
  private let itemSize: Int
  private let base: Int

  /// - Parameters:
  ///   - walk: the view, in its order.
  ///   - itemSize: bytes of an element.
  ///   - base: the address of the buffer's first element.
  public init(_ walk: LayoutWalk, itemSize: Int, base: Int = 0) {
    self.walk = walk
    self.itemSize = itemSize
    self.base = base
  }

  public var count: Int { walk.count }

  public func append(_ range: Range<Int>, to addresses: inout [Int]) {
    walk.forEachOffset(range) { addresses.append(base &+ $0 &* itemSize) }
  }

  /// - Complexity: O(different elements / elements of a line) for windows, tiles and permutations of them: axes whose
  ///   steps overlap are joined first, so that no element is visited twice. A view of more than 2²⁴ rows, or one that
  ///   reaches beyond what bytes can be counted, is not visited: the answer is then the lines in its reach.
  public func linesTouched(line: Int) -> Int {
    guard let touched = walk.layout.touchedOffsets, line > 0 else { return 0 }
    let ends = [touched.lowerBound, touched.upperBound].map { $0.multipliedReportingOverflow(by: itemSize) }
    guard !ends.contains(where: { $0.overflow || $0.partialValue.magnitude > 1 << 60 }), base.magnitude < 1 << 60 else {
      return walk.count
    }
    func number(_ offset: Int) -> Int {
      let byte = base &+ offset &* itemSize
      return byte >= 0 ? byte / line : -((line - 1 &- byte) / line)
    }
    let lowest = number(touched.lowerBound)
    let span = number(touched.upperBound) &- lowest
    // A byte for each line in reach, up to 64 MiB; beyond, a set of the lines found.
    var isMarked = [Bool](repeating: false, count: span >= 0 && span < 1 << 26 ? span + 1 : 0)
    var found = Set<Int>()
    var count = 0
    func mark(_ number: Int) {
      if isMarked.isEmpty {
        if found.insert(number).inserted { count += 1 }
      } else if !isMarked[number - lowest] {
        isMarked[number - lowest] = true
        count += 1
      }
    }
    var axes = joinedAxes()
    let inner = axes.popLast() ?? (length: 1, stride: 1)
    let rows = axes.reduce(1.0) { $0 * Double($1.length) }
    let isDense = inner.stride.multipliedReportingOverflow(by: itemSize).partialValue <= line
    let visits = isDense ? rows : rows * Double(inner.length)
    guard visits <= Double(1 << 24) else { return min(walk.count, span + 1) }
    func visit(_ k: Int, _ offset: Int) {
      guard k == axes.count else {
        for position in 0..<axes[k].length { visit(k + 1, offset + position * axes[k].stride) }
        return
      }
      if isDense {
        for line in number(offset)...number(offset + (inner.length - 1) * inner.stride) { mark(line) }
      } else {
        for position in 0..<inner.length { mark(number(offset + position * inner.stride)) }
      }
    }
    visit(0, touched.lowerBound)
    return count
  }

  /// Axes of positive strides, longest first, that reach the same elements: an axis that steps within the reach of
  /// another with steps that divide its own is joined to it.
  private func joinedAxes() -> [(length: Int, stride: Int)] {
    var axes = zip(walk.layout.shape, walk.layout.strides).filter { $0.0 > 1 && $0.1 != 0 }
      .map { (length: $0.0, stride: abs($0.1)) }.sorted { $0.stride < $1.stride }
    var k = 0
    while k + 1 < axes.count {
      let (low, high) = (axes[k], axes[k + 1])
      if high.stride % low.stride == 0, high.stride / low.stride <= low.length {
        axes[k].length += (high.length - 1) * (high.stride / low.stride)
        axes.remove(at: k + 1)
      } else {
        k += 1
      }
    }
    return axes.reversed()
  }
}
