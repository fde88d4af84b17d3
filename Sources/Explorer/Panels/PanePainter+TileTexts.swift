import Screens
import StridedTensor
import Walkthroughs

extension PanePainter {
  /// The strides of A, of the tiles' view and of its copy, and how those of the view come about.
  func drawTileStrides(on canvas: Canvas) {
    let lines = tileStrideLines
    let columns = canvas.columns - 2
    func broken(_ level: Int, _ leastWeight: Int) -> [(text: String, style: Style)] {
      lines.filter { $0.weight >= leastWeight }.flatMap { line in
        wrapped(glyphs(line.wordings[min(level, line.wordings.count - 1)]), columns).map { ($0, line.style) }
      }
    }
    // The longest wordings that fit, long lines broken; what matters less goes before wordings become too short.
    let choices = [(0, 0), (0, 1), (1, 0), (0, 2), (1, 1), (1, 2), (2, 0), (2, 1), (2, 2)]
    let (level, weight) = choices.first { broken($0.0, $0.1).count <= canvas.rows } ?? (2, 2)
    for (row, line) in broken(level, weight).enumerated() {
      canvas.put(line.text, column: 1, row: row, line.style)
    }
  }

  /// A line with its wordings, longer ones first, and how much it matters.
  private struct StrideLine {
    let wordings: [String]
    var style = Style.plain
    let weight: Int
  }

  private var tileStrideLines: [StrideLine] {
    guard let crop = state.tiledCrop, let view = try? crop.view(), let copy = try? Layout.rowMajor(view.shape) else {
      return []
    }
    let source = crop.tileDivides ? "A" : "P"
    let name =
      crop.tileDivides ? crop.rowStrideName(width: geometry.inputWidth, channels: geometry.inputChannels) : "n"
    var lines: [StrideLine] = []
    if !crop.tileDivides {
      let padded = "P = A padded to \(crop.matrix.edge)×\(crop.matrix.edge)"
      lines.append(
        StrideLine(
          wordings: [
            "\(crop.tile) does not divide \(crop.edge): the last tile has \(crop.edge % crop.tile) of \(crop.tile) rows, "
              + "and a view has one length for an axis. \(padded).",
            "\(crop.tile) does not divide \(crop.edge): \(padded)",
          ], style: Style(.warning), weight: 2))
    }
    let bytes = [crop.strides.row, crop.strides.column].map { $0 * crop.itemSize }
    let own = "(\(crop.strides.row),\(crop.strides.column)) = (\(bytes[0]),\(bytes[1])) B"
    lines.append(
      StrideLine(
        wordings: ["\(source): strides \(own)", "\(source): \(own)", "\(source): (\(bytes[0]),\(bytes[1])) B"],
        weight: 0)
    )
    lines += crop.strideSentences(rowName: name).map {
      StrideLine(wordings: $0, style: Style(.explanation), weight: 2)
    }
    for (what, layout, weight) in [("view B", view, 1), ("copy C", copy, 0)] {
      let strides = list(layout.strides)
      let inBytes = list(layout.byteStrides(itemSize: crop.itemSize))
      lines.append(
        StrideLine(
          wordings: [
            "\(what): shape (\(list(layout.shape))), strides (\(strides)) = (\(inBytes)) B",
            "\(what): (\(strides)) = (\(inBytes)) B", "\(what): (\(inBytes)) B",
          ], weight: weight))
    }
    return lines
  }

  private func list(_ numbers: [Int]) -> String { numbers.map { String($0) }.joined(separator: ",") }

  /// What the curves depend on, with the keys that change it; the fields themselves while they are edited.
  func drawTileSettings(on canvas: Canvas) {
    if case .editing(let editing) = state.mode, case .viewOption = editing.field.target {
      drawFields(editing, on: canvas)
      return
    }
    let cache = state.tileCache
    // A sentence where it has room, else in short.
    let accesses = shortCount(TileSweep.exactAccesses)
    let note = wrapped(glyphs("~ from a sample: the walk has over \(accesses) accesses"), canvas.columns - 2)
    let settings = [
      ("tile T", "\(state.tile)  w W"), ("n", "\(view.matrixSize)  e"), ("row pad", "\(view.rowPadding)"),
      ("cache", state.tileCacheWord.preset ?? "edited"), ("size", Explanation.binaryBytes(cache.size)),
      ("line", "\(cache.line) B"), ("ways", cache.isFullyAssociative ? "all" : "\(cache.ways)"),
      ("sets", "\(cache.sets)"), ("type", "float32"),
    ]
    guard settings.count + note.count <= canvas.rows else {
      drawTable(settings + [("~ sampled", "> \(accesses)")], on: canvas)
      return
    }
    drawTable(settings, on: canvas)
    for (line, text) in note.enumerated() {
      canvas.put(text, column: 1, row: settings.count + line, Style(.explanation))
    }
  }

  private var view: ViewWords { state.view }
}
