import Walkthroughs

/// Where panes have been moved by hand.
extension PanePainter {
  /// Panes that show the same part of the picture: all of them move with one of them.
  static let pictures: Set<Pane> = [.input, .copies, .output]

  /// What was put into the middle of a pane; nil where it follows its cursor.
  func pannedPlace(of pane: Pane) -> (row: Int, column: Int)? {
    guard PanePainter.pictures.contains(pane) else {
      return state.view.scroll.flatMap { $0.pane == pane ? ($0.row, $0.column) : nil }
    }
    return state.view.pan.map { pane == .output ? output(over: $0) : (row: $0.y, column: $0.x) }
  }

  /// The output in the middle of whose field an input cell lies, or the nearest one.
  private func output(over cell: (y: Int, x: Int)) -> (row: Int, column: Int) {
    let g = geometry
    let row = floorDivision(cell.y + g.padding.top - g.fieldHeight / 2, g.stride.vertical)
    let column = floorDivision(cell.x + g.padding.left - g.fieldWidth / 2, g.stride.horizontal)
    return (min(max(row, 0), g.outputHeight - 1), min(max(column, 0), g.outputWidth - 1))
  }

  /// The input cell in the middle of an output's field.
  func inputCell(under output: (row: Int, column: Int)) -> (y: Int, x: Int) {
    let field = ReceptiveField(geometry: geometry, n: 0, y: output.row, x: output.column)
    return (field.top + geometry.fieldHeight / 2, field.left + geometry.fieldWidth / 2)
  }
}
