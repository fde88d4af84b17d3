import Screens
import StridedTensor
import Walkthroughs

extension PanePainter {
  /// The wordings of the titles of Memory's panels, longer ones first.
  func memoryTitles(of pane: Pane) -> [String] {
    let layout = shown.layout
    let bytes = tuple(layout.strides.map { $0 * shown.itemSize })
    switch pane {
    case .strided:
      let name = "view B \(tuple(layout.shape))"
      let preset = presetName.map { "\($0): " } ?? ""
      return [
        "\(preset)\(name), strides \(bytes) bytes = \(tuple(layout.strides)) elements",
        "\(preset)\(name), strides \(bytes) bytes", "\(name), strides \(bytes) B", name, "view B",
      ]
    case .memory:
      let buffer = shown.view.source == .paddedInput ? "padded copy of A" : "A's memory"
      let size = "\(ByteCount.text(shown.view.bufferCount * shown.itemSize))"
      let line = "line of \(shown.cache.line) B"
      return [
        "\(buffer), \(size), walked in B's order; a │ begins a cache \(line)",
        "\(buffer), \(size), in B's order; a │ begins a \(line)", "\(buffer), \(size); a │ begins a \(line)",
        "\(buffer), \(size); │ = \(line)", "\(buffer) \(size); │ = \(line)", "\(buffer) \(size); │ \(line)",
        "\(buffer), \(size)", buffer,
      ]
    case .copy:
      let strides = tuple(shown.walk.copy.strides.map { $0 * shown.itemSize })
      return [
        "C = contiguous(B), strides \(strides) bytes: always +\(shown.itemSize)",
        "C = contiguous(B): always +\(shown.itemSize)", "C = contiguous(B)", "C",
      ]
    case .layout: return ["the view in numbers", "view"]
    case .race: return ["the two walks, step for step", "the two walks"]
    case .dumps: return ["dumps: A · B, read from its first byte on · C", "dumps of A, B, C"]
    default: return []
    }
  }

  /// What the cells of Memory's panels stand for, in their lower border.
  func memoryCaption(of pane: Pane) -> String? {
    switch pane {
    case .strided:
      return state.showsCopies ? "copies per cell" : presetName ?? "typed in"
    case .memory:
      guard let current = shown.current else { return nil }
      return "byte \(current.offset * shown.itemSize)" + (current.jump.map { ", jump \(signed($0))" } ?? "")
    case .copy:
      guard let current = shown.current else { return nil }
      return "byte \(current.copyOffset * shown.itemSize)" + (current.copyJump.map { ", jump \(signed($0))" } ?? "")
    default: return nil
    }
  }

  /// The lecture's way of printing B's memory reads on where the buffer has ended.
  var dumpCaptions: [String] {
    let end = shown.layout.offset + shown.count
    guard end > shown.view.bufferCount else { return [] }
    let past = ByteCount.text((end - shown.view.bufferCount) * shown.itemSize)
    return ["B's nbytes reach \(past) past the end: not read", "nbytes reach \(past) past A: not read", ""]
  }

  /// The preset's name; nil for typed numbers.
  private var presetName: String? {
    if case .editing(let editing) = state.mode, editing.isChanged, case .numbers? = editing.draft { return nil }
    if case .preset(let preset) = state.view.memory { return preset.rawValue }
    return nil
  }
}
