import Explorer
import Foundation
import Screens
import Testing

@Suite struct LoupeTests {
  static let sizes = [Size(columns: 120, rows: 36), Size(columns: 200, rows: 60)]

  /// A click on a number of the loupe pins the very cell that it labels; the number is the cell's value.
  @Test(arguments: sizes)
  func aClickPinsTheCellThatIsRead(_ size: Size) throws {
    var state = try state("arange:40x50 --step 0 --select 20,30,0", size: size)
    let lines = draw(state).lines
    let row = try #require(lines.firstIndex { $0.contains("[1030]") }, "20·50 + 30 in the loupe")
    let column = try #require(lines[row].distance(to: "1031"), "its right neighbour")
    _ = update(&state, .terminal(.mouse(MouseEvent(.press, at: Point(column: column, row: row)))))
    #expect(state.command.contains("--select 20,31,0"), "\(state.command)")
    #expect(draw(state).text.contains("[1031]"))
  }

  /// What surrounds the field is seen on all its sides, wherever it has come to.
  @Test(arguments: [Size(columns: 80, rows: 24)] + sizes)
  func theFieldHasNeighboursOnAllSides(_ size: Size) throws {
    // Step 62·20 + 6 writes the output (20,6).
    var state = try state("picture --step \(62 * 20 + 6)", size: size)
    for x in 6..<26 {
      let lines = draw(state).lines
      let title = try #require(lines.firstIndex { $0.contains("loupe") })
      /// The numbers in the loupe's part of a line.
      func numbers(_ line: String) -> [Int] {
        line.components(separatedBy: "│").dropFirst(3).first?.split(separator: " ").compactMap { Int($0) } ?? []
      }
      let columns = numbers(lines[title + 1])
      #expect(columns.contains(x - 1) && columns.contains(x + 3), "\(columns) around \(x)")
      let rows = lines[(title + 2)...].prefix { !$0.contains("╰") }.compactMap { numbers($0).first }
      #expect(rows.contains(19) && rows.contains(23), "\(rows)")
      state.press(".")
      _ = update(&state, .tick(elapsed: .seconds(1)))
    }
  }

  /// It magnifies; where the input can be read as numbers there is nothing to magnify.
  @Test(arguments: sizes)
  func itStandsWhereTheInputIsPixels(_ size: Size) throws {
    #expect(draw(try state("picture", size: size)).text.contains("loupe"))
    #expect(!draw(try state("arange:6x6 --weight arange:3x3", size: size)).text.contains("loupe"))
  }
}

extension String {
  /// The column at which a text begins.
  fileprivate func distance(to text: String) -> Int? {
    range(of: text).map { self.distance(from: startIndex, to: $0.lowerBound) }
  }
}
