/// A place in a pane: the row and column of the grid that it shows.
public struct PanePlace: Hashable, Sendable {
  public var pane: Pane
  public var row: Int
  public var column: Int

  /// The word of `--scroll`: `memory:120,0`.
  var word: String { "\(pane.rawValue):\(row),\(column)" }

  init(pane: Pane, row: Int, column: Int) {
    self.pane = pane
    self.row = row
    self.column = column
  }

  init?(word: String) {
    let parts = word.split(separator: ":", omittingEmptySubsequences: false)
    guard parts.count == 2, let pane = Pane(rawValue: String(parts[0])) else { return nil }
    let numbers = parts[1].split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    guard numbers.count == 2, let row = numbers[0], let column = numbers[1], abs(row) < 1 << 40, abs(column) < 1 << 40
    else { return nil }
    self.init(pane: pane, row: row, column: column)
  }
}
