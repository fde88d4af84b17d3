import Experiments
import Explorer
import Screens
import StridedTensor
import TensorFiles
import Testing

@Suite struct EditingTests {
  private let lecture = "arange:6x6 --weight arange:3x3 --step 5"

  @Test func aWeightTypedInChangesTheSum() throws {
    var state = try state(lecture + " --focus weight --side weight")
    state.press("e")
    state.press("100")
    state.press(keys: [.enter])
    // W[0,0] was 0 and meets Z[1,1] = 7.
    #expect(draw(state).text.contains("▐1318▌"))
    state.press("u")
    #expect(draw(state).text.contains("▐618▌"))
  }

  @Test func anInputCellTypedInChangesTheSum() throws {
    var state = try state(lecture + " --select 1,1")
    state.press("e")
    state.press("-3.5")
    state.press(keys: [.enter])
    state.press("1")
    #expect(state.settled.command.contains("--edit-input 1,1=-3.5"))
    #expect(draw(state).text.contains("-3.5"))
  }

  @Test func whatIsNoNumberIsSaidAndStaysOpen() throws {
    var state = try state(lecture + " --select 1,1")
    state.press("e")
    state.press("1.2.3")
    state.press(keys: [.enter])
    let text = draw(state).text
    #expect(text.contains("expected a number"))
    #expect(text.contains("1.2.3"))
    state.press(keys: [.escape])
    #expect(state.settled.command == (try ExplorerTests.state(lecture + " --select 1,1").command))
  }

  /// An impossible geometry says why and changes nothing.
  @Test func animpossibleGeometryChangesNothing() throws {
    var state = try state("arange:4x4 --weight arange:3x3 --step 2")
    let before = state.settled.command
    state.press("d")
    #expect(draw(state).text.contains("the kernel does not fit"))
    #expect(state.settled.command == before)
    state.press("P")
    #expect(draw(state).text.contains("padding"))
    #expect(state.settled.command == before)
    state.press("S")
    #expect(state.settled.command == before)
  }

  @Test func thePromptSpeaksTheCommandLine() throws {
    var state = try state(lecture)
    for (line, expected) in [
      ("stride 2", "--stride 2"), ("padding same", "--padding same"), ("step 3", "--step 3"),
      ("select 2,2", "--select 2,2,0"), ("scene im2col", "--scene im2col"), ("weight laplacian", "--weight laplacian"),
      ("open digit:7", "digit:7"),
    ] {
      state.press(":" + line)
      state.press(keys: [.enter])
      #expect(state.settled.command.contains(expected), "\(line): \(state.settled.command)")
    }
    state.press(":nonsense 3")
    state.press(keys: [.enter])
    #expect(draw(state).text.contains("no command 'nonsense'"))
    state.press(":stride zero")
    state.press(keys: [.enter])
    #expect(draw(state).text.contains("--stride"))
  }

  /// A cell or a channel that is not there is refused by name, and nothing moves.
  @Test(arguments: ["select 6,0", "select 0,0,1", "pan 0,6", "channel 1", "out-channel 1"])
  func thePromptRefusesPlacesThatAreNotThere(_ line: String) throws {
    var state = try state(lecture + " --step 3")
    let before = state.settled.command
    state.press(":" + line)
    state.press(keys: [.enter])
    let option = try #require(line.split(separator: " ").first)
    #expect(draw(state).text.contains("--\(option): expected"))
    #expect(state.settled.command == before)
  }

  @Test func aFileThatCannotBeOpenedIsSaid() throws {
    var state = try state(lecture)
    state.press(":open missing.npy")
    state.press(keys: [.enter])
    #expect(draw(state).text.contains("missing.npy"))
    #expect(state.settled.command.contains("arange:6x6"))
  }

  @Test func tabCompletesNames() throws {
    var state = try state(lecture)
    state.press(":dil")
    state.press(keys: [.tab])
    state.press("2")
    state.press(keys: [.enter])
    #expect(state.settled.command.contains("--dilation 2"))
  }

  /// NaN and infinities are shown as such and spoil no scale.
  @Test func valuesThatAreNotFiniteAreShown() throws {
    let tensor = try Tensor<Float>(shape: [4, 4], elements: [.nan, 1, 2, .infinity] + (0..<12).map { Float($0) })
    let files = MemorySource(["strange.npy": LoadedTensor(tensor: .float32(tensor), kind: .array, notes: [])])
    let state = try state("strange.npy --weight arange:2x2 --step 8", files: files)
    let text = draw(state).text
    #expect(text.contains("nan"))
    #expect(text.contains("inf"))
    #expect(text.contains("11"))
  }
}
