import Explorer
import Foundation
import Screens
import Testing

/// Too little room and too much: nothing is cut without a sign, and large screens show large cells.
@Suite struct RoomTests {
  static let large = Size(columns: 200, rows: 60)
  static let sizes = [Size(columns: 80, rows: 24), Size(columns: 120, rows: 36), large]

  /// Wherever a large cell is clicked, above, on or beside its number, that cell is pinned.
  @Test func aClickInALargeCellPinsIt() throws {
    let state = try state("arange:6x6 --weight arange:3x3 --step 5", size: Self.large)
    let lines = draw(state).lines
    let row = try #require(lines.firstIndex { $0.contains(" 24 ") && $0.contains(" 29 ") })
    let column = try #require(lines[row].distance(to: " 27 ")) + 1
    for (down, across) in [(0, 0), (-2, 0), (2, 1), (0, -4), (1, 4)] {
      var clicked = state
      let place = Point(column: column + across, row: row + down)
      _ = update(&clicked, .terminal(.mouse(MouseEvent(.press, at: place))))
      #expect(clicked.command.contains("--select 4,3,0"), "\(down) \(across): \(clicked.command)")
    }
    #expect(lines.contains { $0.contains("Z[2,2]·W[1,1]") && $0.contains(" 56 ") }, "the products, term by term")
  }

  /// A picture that would be less than a line high is shown in numbers.
  @Test(arguments: sizes)
  func longPicturesAreSeen(_ size: Size) throws {
    for shape in ["3x900", "900x3"] {
      let text = draw(try state("arange:\(shape) --weight arange:3x3", size: size)).text
      #expect(text.contains("[901]") || text.contains("[4]"), "\(shape)")
      #expect(text.contains("→") || text.contains("↓"), "there is more than is seen")
    }
  }

  /// A tile of four cells is a line of four columns, whatever the picture.
  @Test(arguments: sizes)
  func theCopyOfATileIsWhole(_ size: Size) throws {
    var state = try state("picture:427x640x3 --scene tiles --step 400", size: size)
    state.finishPendingWork()
    let text = draw(state).text
    #expect(text.contains(/00 +01 +10 +11/))
    #expect(text.contains(size.columns == 80 ? "upper left 427×427" : "427×427"), "not the whole picture")
    #expect(!text.contains("measuring"), "nobody measures")
  }

  @Test(arguments: sizes)
  func bothAddressesAreSeenInOrders(_ size: Size) throws {
    let text = draw(try state("random:427x640x3 --scene orders --step 400 --select 200,300", size: size)).text
    #expect(text.contains("1539600 in NHWC") && text.contains("513200 in NCHW"))
  }

  /// Opening the fields of a view changes nothing of it, typing does.
  @Test(arguments: sizes)
  func editingAViewRenamesItOnlyWhenItChanges(_ size: Size) throws {
    var state = try state("arange:6x6 --scene memory", size: size)
    state.press("e")
    #expect(!draw(state).text.contains("typed in") && draw(state).text.contains("tile row"))
    state.press("\t6,2,6,1")
    #expect(draw(state).text.contains("typed in"))
  }

  /// A pinned cell is lit in the loupe in its own channel, which is named.
  @Test(arguments: sizes)
  func theLoupeShowsThePinnedChannel(_ size: Size) throws {
    let text = draw(try state("arange:1x60x80x3 --select 20,30,2 --step 1", size: size)).text
    #expect(text.components(separatedBy: "[4892]").count == 3, "in the loupe and in the line below")
    #expect(text.contains("(20,30,c=2)") && text.contains(/loupe.*(c=2|channel 2)/))
  }
}

extension String {
  /// The columns before a text.
  fileprivate func distance(to text: String) -> Int? {
    range(of: text).map { distance(from: startIndex, to: $0.lowerBound) }
  }
}
