import Convolution
import Experiments
import Screens
import Walkthroughs

/// Fields being edited in place: typed text for each, and which one has the cursor.
struct Editing: Sendable {
  struct Field: Sendable {
    enum Target: Hashable, Sendable {
      case input(InputIndex)
      case weight(KernelIndex, o: Int)
      /// An option of the experiment, by its name on the command line.
      case option(String)
      /// A part of the view that Memory shows.
      case view(ViewPart)
      /// An option of the view, by its name on the command line.
      case viewOption(String)
    }
    let target: Target
    let label: String
    var text: String
    /// As it was when editing began; a field that still says this is not applied.
    let original: String
  }

  var fields: [Field]
  var current = 0
  /// How many fields stand in a row, for the arrow keys.
  var columns = 1
  /// Typing replaces the whole text until the cursor is used.
  var isFresh = true
  /// The last view that the fields made, and why they make none now.
  var draft: MemoryWord?
  var problem: String?

  /// Whether any field says something else than when editing began.
  var isChanged: Bool { fields.contains { $0.text != $0.original } }

  var field: Field {
    get { fields[current] }
    set { fields[current] = newValue }
  }

  mutating func select(_ index: Int) {
    current = (index % fields.count + fields.count) % fields.count
    isFresh = true
  }
}

extension State {
  /// Opens the focused pane for editing.
  mutating func beginEditing() {
    playback.isPlaying = false
    if let editing = scene.editing(self) {
      mode = .editing(editing)
      return
    }
    switch focus {
    case .weight, .weights, .products, .matrix, .code, .terms, .kkio, .oikk: mode = .editing(weightEditing())
    case .geometry, .output, .product: mode = .editing(geometryEditing())
    case .input, .loupe, .copies, .cell, .strided, .memory, .copy, .layout, .race, .dumps, .nhwc, .nchw, .channelsLast,
      .gather,
      .tileRows, .tileView, .tileCopy,
      .tileStrides, .transpose, .blockProduct,
      .tileSettings, .times, .figures, .roofline, .sweep, .why, .machine:
      let cell = selected
      view.selection = cell
      let text = exactText(values.input(at: cell))
      mode = .editing(
        Editing(fields: [
          .init(target: .input(cell), label: "Z[\(cell.n),\(cell.y),\(cell.x),\(cell.c)]", text: text, original: text)
        ]))
    }
  }

  private func weightEditing() -> Editing {
    let g = geometry
    let channel = shownChannel % g.groupInputChannels
    let o = shownOutputChannel
    var fields: [Editing.Field] = []
    for i in 0..<g.kernelHeight {
      for j in 0..<g.kernelWidth {
        let kernel = KernelIndex(i: i, j: j, c: channel)
        // The stored weight, whether or not the screen shows it turned.
        let stored = ConvolutionValues(experiment, flipped: false).weight(at: kernel, o: o)
        let text = exactText(stored)
        fields.append(
          .init(
            target: .weight(kernel, o: o), label: "W[\(i),\(j),\(channel),\(o)]", text: text, original: text))
      }
    }
    return Editing(fields: fields, columns: g.kernelWidth)
  }

  private func geometryEditing() -> Editing {
    let g = geometry
    let texts: [(String, String)] = [
      ("kernel-size", AxisPair(g.kernelHeight, g.kernelWidth).word), ("stride", g.stride.word),
      ("padding", PaddingRule.explicit(g.padding).word), ("dilation", g.dilation.word), ("groups", String(g.groups)),
    ]
    return Editing(fields: texts.map { .init(target: .option($0.0), label: $0.0, text: $0.1, original: $0.1) })
  }

  /// A value so that reading it back gives the same number.
  func exactText(_ value: Double) -> String {
    if value == value.rounded() && abs(value) < 1e15 { return String(Int(value)) }
    return experiment.elementType == .float32 ? "\(Float(value))" : "\(value)"
  }

  mutating func pressWhileEditing(_ key: Key) -> [Effect] {
    guard case .editing(var editing) = mode else { return [] }
    notice = nil
    switch key {
    case .escape, .control("c"):
      mode = .browsing
      return []
    case .enter: return apply(editing)
    case .tab, .right: editing.select(editing.current + 1)
    case .backTab, .left: editing.select(editing.current - 1)
    case .up, .down: nudge(&editing, by: key == .up ? 1 : -1)
    case .backspace:
      editing.field.text = editing.isFresh ? "" : String(editing.field.text.dropLast())
      editing.isFresh = false
    case .character(let character) where character.isASCII && editing.field.text.count < 40:
      guard character.isNumber || character.isLetter || "-+.,".contains(character) else { break }
      editing.field.text = (editing.isFresh ? "" : editing.field.text) + String(character)
      editing.isFresh = false
    default: break
    }
    editing.readView(itemSize: shownView.itemSize)
    mode = .editing(editing)
    return []
  }

  /// ↑ and ↓: the number one more or less.
  private mutating func nudge(_ editing: inout Editing, by delta: Double) {
    // Of a list it is the last number.
    let text = editing.field.text
    let start = text.lastIndex(of: ",").map { text.index(after: $0) } ?? text.startIndex
    guard let number = Double(text[start...]), number.isFinite else { return }
    editing.field.text = text[..<start] + exactText(number + delta)
    editing.isFresh = true
  }

  /// Applies all changed fields as one step of undo; a field that cannot be applied is said and stays open.
  private mutating func apply(_ editing: Editing) -> [Effect] {
    if editing.draft != nil { return applyView(editing) }
    var words = experiment.words
    var changed = view
    for (index, field) in editing.fields.enumerated() where field.text != field.original {
      do {
        if case .viewOption(let name) = field.target {
          _ = try changed.set(name, field.text)
        } else {
          try State.apply(field, to: &words)
        }
      } catch {
        var open = editing
        open.select(index)
        mode = .editing(open)
        notice = Notice(text: "\(error)", kind: .warning)
        return []
      }
    }
    if apply(words) {
      mode = .browsing
      show(edited: changed)
      return pendingWork
    }
    mode = .editing(editing)
    return []
  }

  private static func apply(_ field: Editing.Field, to words: inout ExperimentWords) throws {
    switch field.target {
    case .viewOption: break
    case .option(let name): try words.set(name, field.text)
    case .view: break
    case .input(let cell):
      let value = try number(field)
      words.inputEdits.replace(CellEdit(index: [cell.n, cell.y, cell.x, cell.c], value: value))
    case .weight(let kernel, let o):
      let value = try number(field)
      words.weightEdits.replace(CellEdit(index: [kernel.i, kernel.j, kernel.c, o], value: value))
    }
  }

  private static func number(_ field: Editing.Field) throws(NoNumber) -> Double {
    guard let value = CellEdit.value(field.text) else { throw NoNumber(field: field) }
    return value
  }
}

/// What was typed into a cell and is no number.
private struct NoNumber: Error, CustomStringConvertible {
  let field: Editing.Field

  var description: String {
    "\(field.label): expected a number\(Double(field.text) == nil ? "" : " within float64"), got \(field.text.isEmpty ? "nothing" : "'\(field.text)'")"
  }
}
