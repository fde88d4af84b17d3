import Screens

/// Blanks over the answers that are to be found out first, wherever the screen's own words would give them away.
enum HiddenAnswers {
  static func cover(_ state: State, _ layout: SceneLayout, on canvas: Canvas) {
    let answers = (state.lesson?.hiddenAnswers ?? state.blanks).map { Array($0.unicodeScalars) }
    guard !answers.isEmpty else { return }
    for line in [layout.sentence, layout.facts] {
      for row in line.row..<line.endRow { cover(answers, row: row, of: line, on: canvas) }
    }
    for (pane, rect) in layout.panes {
      for row in rect.row..<rect.endRow {
        let isBorder = row == rect.row || row == rect.endRow - 1
        // Among data a short number is no answer but one of many.
        let covered = isBorder || !pane.holdsData ? answers : answers.filter { $0.count > 2 }
        cover(covered, row: row, of: rect, on: canvas)
      }
    }
  }

  private static func cover(_ answers: [[Unicode.Scalar]], row: Int, of rect: Rect, on canvas: Canvas) {
    let line = (rect.column..<rect.endColumn).map { canvas.cell(column: $0, row: row)?.glyph ?? " " }
    for answer in answers where answer.count <= line.count {
      for start in 0...(line.count - answer.count)
      where line[start..<start + answer.count].elementsEqual(answer) && isWhole(start..<start + answer.count, of: line)
      {
        for place in start..<start + answer.count {
          let style = canvas.cell(column: rect.column + place, row: row)?.style ?? .plain
          canvas.put(Cell("_", style), column: rect.column + place, row: row)
        }
      }
    }
  }

  /// Whether what is found is no part of a longer number or word.
  private static func isWhole(_ range: Range<Int>, of line: [Unicode.Scalar]) -> Bool {
    func joins(_ index: Int) -> Bool {
      line.indices.contains(index) && (line[index].properties.isAlphabetic || line[index].properties.numericType != nil)
    }
    func isDecimal(_ point: Int, _ digit: Int) -> Bool {
      line.indices.contains(point) && line[point] == "." && joins(digit)
    }
    return !joins(range.lowerBound - 1) && !joins(range.upperBound)
      && !isDecimal(range.lowerBound - 1, range.lowerBound - 2) && !isDecimal(range.upperBound, range.upperBound + 1)
  }
}

extension Pane {
  /// Whether it shows numbers of tensors rather than words about them.
  fileprivate var holdsData: Bool {
    switch self {
    case .geometry, .code, .cell, .layout, .race, .dumps, .gather, .tileStrides, .tileSettings, .transpose,
      .blockProduct:
      false
    default: true
    }
  }
}
