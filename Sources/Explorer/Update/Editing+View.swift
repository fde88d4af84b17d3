import StridedTensor
import Walkthroughs

/// What of Memory's view is typed in one field.
enum ViewPart: Hashable, Sendable {
  case shape, strides, offset
  /// The strides once more, in bytes.
  case byteStrides
}

extension State {
  /// The fields of the view that is shown.
  func viewEditing() -> Editing {
    let shown = shownView
    let layout = shown.layout
    func list(_ numbers: [Int]) -> String { numbers.map(String.init).joined(separator: ",") }
    let fields: [(ViewPart, String, String)] = [
      (.shape, "shape", list(layout.shape)), (.strides, "strides", list(layout.strides)),
      (.offset, "offset", String(layout.offset)),
      (.byteStrides, "strides in bytes", list(layout.strides.map { $0 * shown.itemSize })),
    ]
    var editing = Editing(
      fields: fields.map { .init(target: .view($0.0), label: $0.1, text: $0.2, original: $0.2) })
    editing.draft = .numbers(ViewWord(layout), over: shown.view.source)
    return editing
  }

  /// Shows the view that was typed, as one step of undo; what makes none is said and stays open.
  mutating func applyView(_ editing: Editing) -> [Effect] {
    if let problem = editing.problem {
      mode = .editing(editing)
      notice = Notice(text: "not a view yet: \(problem)", kind: .warning)
      return []
    }
    mode = .browsing
    guard editing.isChanged, let draft = editing.draft else { return [] }
    remember()
    view.memory = draft
    clampView()
    return []
  }
}

extension Editing {
  private func text(_ part: ViewPart) -> String { fields.first { $0.target == .view(part) }?.text ?? "" }

  private mutating func set(_ part: ViewPart, _ text: String) {
    if let index = fields.firstIndex(where: { $0.target == .view(part) }) { fields[index].text = text }
  }

  /// Reads the fields of a view as they stand after a key: the two ways to write strides follow each other.
  mutating func readView(itemSize: Int) {
    guard case .view(let part) = field.target, case .numbers(_, let source)? = draft else { return }
    do {
      if part == .byteStrides {
        let bytes = try numbers(text(.byteStrides))
        guard bytes.allSatisfy({ $0 % itemSize == 0 }) else {
          problem =
            "strides in bytes must be multiples of the item size \(itemSize), so that no element lies across two"
          return
        }
        set(.strides, bytes.map { String($0 / itemSize) }.joined(separator: ","))
      } else if part == .strides {
        let strides = try numbers(text(.strides)).map { $0.multipliedReportingOverflow(by: itemSize) }
        if !strides.contains(where: \.overflow) {
          set(.byteStrides, strides.map { String($0.partialValue) }.joined(separator: ","))
        }
      }
      let word = try ViewWord(parsing: "\(text(.shape)):\(text(.strides)):\(text(.offset))")
      _ = try MemoryWord.layout(word)
      draft = .numbers(word, over: source)
      problem = nil
    } catch {
      problem = if case WalkthroughError.viewWord(_, let reason) = error { reason } else { "\(error)" }
    }
  }

  private func numbers(_ text: String) throws -> [Int] { try ViewWord(parsing: "\(text):\(text)").strides }
}
