import Explorer
import Screens
import Testing
import Walkthroughs

@Suite struct OrdersTests {
  static let example = "arange:1x6x6x3 --weight arange:3x3x3x2 --scene orders --step 13"
  static let sizes = [Size(columns: 120, rows: 36), Size(columns: 200, rows: 60)]

  /// The selected cell stands in brackets in the picture and in every order's memory, the weight on it in both of its own.
  @Test(arguments: sizes)
  func oneCellIsLitInAllOrders(_ size: Size) throws {
    let text = draw(try state(Self.example, size: size)).text
    #expect(text.components(separatedBy: "[22]").count - 1 == 5)  // Four panes and the line that explains.
    #expect(text.components(separatedBy: "[26]").count - 1 == 2)
    #expect(text.contains("0·432 + 1·72 + 1·12 + 1·4 = 88 in NHWC"))
    #expect(text.contains("0·432 + 1·24 + 1·4 + 1·144 = 172 in NCHW"))
  }

  @Test(arguments: sizes)
  func stridesRunsAndLinesAreThoseOfTheOrders(_ size: Size) throws {
    let text = draw(try state(Self.example, size: size)).text
    for promised in [
      "NHWC (1,6,6,3): strides 108,18,3,1 elements = 432,72,12,4 bytes",
      "NCHW (1,3,6,6): strides 108,36,6,1 elements = 432,144,24,4 bytes",
      "channels-last (1,3,6,6): strides 108,1,18,3 elements = 432,4,72,12 bytes",
      "3 of 7 lines of 64 B", "3 runs of 9 = K·C", "5 of 7 lines of 64 B", "9 runs of 3 = K",
      "1 run of 27", "27 runs of 1", "channels-last",
    ] {
      #expect(text.contains(promised), "\(promised)")
    }
  }

  /// The steps gather the field in the order of a row of the patch matrix.
  @Test func theWalkGathersTheFieldInOrder() throws {
    var state = try state("arange:1x6x6x3 --weight arange:3x3x3x2 --scene orders --step 0")
    var seen: [Int] = []
    for _ in 0..<27 {
      let line = draw(state).lines[20]
      let value = line.drop { $0 != "[" }.dropFirst().prefix { $0 != "]" }
      seen.append(try #require(Int(value)))
      state.press(".")
    }
    #expect(seen == (0..<3).flatMap { row in (0..<9).map { row * 18 + $0 } })
    // The next step begins the next field.
    #expect(draw(state).text.contains("[3] = Z[0,0,1,0]"))
    #expect(state.view.step == 27)
  }

  @Test func theOutputReachedIsShared() throws {
    var state = try state("arange:1x6x6x3 --weight arange:3x3x3x2 --scene im2col --step 6")
    state.press("5")
    #expect(state.view.scene == .orders)
    #expect(state.view.step == 6 * 27)
    state.press("..2")
    #expect(state.view.step == 6)
  }

  /// In a strip the arrows go to the neighbours in that memory.
  @Test func arrowsWalkThroughMemory() throws {
    var state = try state(Self.example + " --select 1,1,1 --focus nchw")
    state.press(keys: [.right])
    #expect(draw(state).text.contains("Z[0,1,2,1]"))
    state.press(keys: [.left, .left, .left])
    #expect(draw(state).text.contains("Z[0,0,5,1]") || draw(state).text.contains("Z[0,1,0,1]"))
    state.press("5")
    var inNHWC = try ExplorerTests.state(Self.example + " --select 1,1,1 --focus nhwc")
    inNHWC.press(keys: [.right])
    #expect(draw(inNHWC).text.contains("Z[0,1,1,2]"))
  }

  /// Times are never invented: they are asked for once, shown when they come, and forgotten with their experiment.
  @Test func timesAreShownOnlyWhenMeasured() throws {
    var state = try state(Self.example, size: Size(columns: 120, rows: 36))
    #expect(draw(state).text.contains("not measured"))
    let effects = update(&state, .terminal(.woken))
    guard case .timeOrders(let experiment, let generation)? = effects.first else {
      Issue.record("no times are asked for")
      return
    }
    #expect(update(&state, .terminal(.woken)).isEmpty)
    #expect(state.measurementsWanted().count == 1)
    // A clock that takes half a millisecond between looks.
    var now = 0.0
    let times = try #require(
      OrderTimes(of: experiment) {
        now += 0.0005
        return now
      })
    #expect(abs(times.permute - 0.0005 / 1000) < 1e-12)
    _ = update(&state, .timedOrders(OrderTimes(permute: 2.1e-7, copy: 0.0123), generation: generation))
    let text = draw(state).text
    #expect(text.contains("210 ns") && text.contains("12 ms") && text.contains("none needed"))
    state.press("s")
    #expect(draw(state).text.contains("not measured"))
    // What was measured for another experiment is not shown for this one.
    _ = update(&state, .timedOrders(OrderTimes(permute: 1, copy: 1), generation: generation))
    #expect(draw(state).text.contains("not measured"))
  }

  /// The stored weight of a flipped kernel is lit where it lies: the one opposite.
  @Test func theFlippedKernelsWeightsAreTheOppositeOnes() throws {
    let command = "arange:6x6 --weight arange:3x3 --scene orders --step 0"
    let size = Size(columns: 120, rows: 36)
    #expect(draw(try state(command, size: size)).text.contains("[0]"))
    #expect(draw(try state(command + " --flip", size: size)).text.contains("[8]"))
    #expect(!draw(try state(command, size: size)).text.contains("[8]"))
  }

  /// A click on a weight pins the cell that it is multiplied with; one of another filter brings that filter.
  @Test(arguments: ["weight KKIO", "weight OIKK"], sizes)
  func aWeightLeadsToItsCell(_ title: String, _ size: Size) throws {
    let start = try state(Self.example, size: size)
    for row in [2, 3] {
      let lines = draw(start).lines.map(Array.init)
      let top = try #require(lines.firstIndex { String($0).contains("╭ " + title) })
      let left = try #require(lines[top].indices.first { String(lines[top][$0...]).hasPrefix("╭ " + title) })
      let right = try #require(lines[top][left...].firstIndex(of: "╮"))
      // The numbers of a line of the strip with where they end, the address before them left out.
      let digits = (left + 1..<right).filter { lines[top + row][$0].isNumber }
      let ends = digits.filter { !digits.contains($0 + 1) }.dropFirst()
      for end in ends {
        let first = try #require((left...end).last { !digits.contains($0 - 1) && digits.contains($0) })
        var state = start
        _ = update(&state, .terminal(.mouse(MouseEvent(.press, at: Point(column: end, row: top + row)))))
        let clicked = try #require(Int(String(lines[top + row][first...end])))
        // Kh,Kw,C,O row-major: its value is its place.
        let (o, c) = (clicked % 2, clicked / 2 % 3)
        let (i, j) = (clicked / 18, clicked / 6 % 3)
        #expect(state.view.selection == InputIndex(n: 0, y: i, x: j, c: c), "\(clicked)")
        #expect((state.view.outputChannel ?? 0) == o)
        #expect(draw(state).text.contains("[\(clicked)]"))
      }
    }
  }
}
