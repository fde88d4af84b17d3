import Measuring
import StridedTensor

/// What `strided` tells of a view.
struct StridedReport {
  /// Elements that are listed at most; beyond it `-o` has them.
  static let mostElements = 1 << 20

  let view: AnyTensor
  let reshape: Reshape?
  /// How many different cells of memory the view shows; nil if that could not be decided.
  let distinct: Int?

  init(_ view: AnyTensor) {
    self.view = view
    reshape = try? view.layout.reshape(to: [-1])
    distinct = view.layout.distinctCount()
  }

  private var layout: Layout { view.layout }
  private var itemSize: Int { view.elementType.itemSize }
  private var byteStrides: [Int] { layout.byteStrides(itemSize: itemSize) }

  private var byteOffset: Int { saturatingProduct(layout.offset, itemSize) }

  /// Why a reshape to one axis copies; nil if it need not.
  private var copyReason: String? {
    if case .mustCopy(let axes) = reshape { axes.explanation() } else { nil }
  }

  /// The elements in order, as text that reads back as the same numbers.
  private func elements(_ limit: Int) -> [String] {
    view.count <= limit ? view.visit(TextVisitor(count: view.count)) : view.visit(TextVisitor(count: limit))
  }

  func text(limit: Int) -> String {
    func list(_ numbers: [Int]) -> String { "(\(numbers.map(String.init).joined(separator: ", ")))" }
    var lines = [
      "shape       \(list(view.shape)), \(view.count) entries of \(view.elementType)",
      "strides     \(list(view.strides)) elements, \(list(byteStrides)) bytes, from element \(layout.offset), "
        + "byte \(byteOffset)",
      "contiguous  " + (layout.axisBreakingContiguity.map { "no: axis \($0) has stride \(view.strides[$0])" } ?? "yes"),
    ]
    if let distinct {
      let repeats = view.count - distinct
      lines.append(
        "memory      \(distinct) of the buffer's \(view.bufferCount) cells"
          + (repeats > 0 ? "; \(repeats) entries share a cell with an earlier one" : ", each shown once"))
    } else {
      lines.append("memory      not decided how many entries share cells")
    }
    lines.append("reshape     to 1-D " + (copyReason.map { "copies: \($0)" } ?? "is a view: nothing is copied"))
    let shown = elements(limit)
    let rest = view.count - shown.count
    lines.append(
      "elements    " + shown.joined(separator: " ") + (rest > 0 ? " … and \(rest) more (-o writes all)" : ""))
    return lines.joined(separator: "\n") + "\n"
  }

  var json: String {
    let isListed = view.count <= Self.mostElements
    return JSONText.object([
      ("dtype", .string(view.elementType.rawValue)), ("shape", .integers(view.shape)),
      ("strides", .integers(view.strides)), ("byte_strides", .integers(byteStrides)),
      ("offset", .integer(layout.offset)), ("byte_offset", .integer(byteOffset)),
      ("contiguous", .bool(view.isContiguous)),
      ("axis_breaking_contiguity", layout.axisBreakingContiguity.map { .integer($0) } ?? .null),
      ("entries", .integer(view.count)), ("buffer_cells", .integer(view.bufferCount)),
      ("distinct_cells", distinct.map { .integer($0) } ?? .null),
      ("sharing_entries", distinct.map { .integer(view.count - $0) } ?? .null),
      ("reshape_to_1d_copies", .bool(copyReason != nil)), ("reason", copyReason.map { .string($0) } ?? .null),
      ("elements", isListed ? .array(elements(Self.mostElements).map(Self.number)) : .null),
    ]).text
  }

  private static func number(_ text: String) -> JSONText {
    // "nan" and "inf" are not numbers of JSON.
    text.contains("n") ? .string(text) : .literal(text)
  }
}

private struct TextVisitor: TensorVisitor {
  let count: Int

  func visit<Element: TensorElement>(_ tensor: Tensor<Element>) -> [String] {
    var result: [String] = []
    var index = [Int](repeating: 0, count: tensor.rank)
    let shape = tensor.shape
    while result.count < count {
      let element = tensor.element(atOffset: tensor.layout.offset(of: index))
      let text = element.map { "\($0)" } ?? ""
      result.append(text.hasSuffix(".0") ? String(text.dropLast(2)) : text)
      for axis in index.indices.reversed() {
        index[axis] += 1
        if index[axis] < shape[axis] { break }
        index[axis] = 0
      }
    }
    return result
  }
}
