import Explorer
import Screens
import Testing

/// The `:` prompt completes names.
struct PromptTests {
  private func typing(_ text: String) throws -> State {
    var state = try state("arange:6x6 --weight arange:3x3")
    state.press(":" + text)
    return state
  }

  private func lastLine(_ state: State) -> String { draw(state).lines[23] }

  @Test func aName() throws {
    #expect(lastLine(try typing("dil\t2")).trimmed == ":dilation 2")
    #expect(lastLine(try typing("no-such\t2")).trimmed == ":no-such2")
  }

  @Test func severalNamesAreShownUntilTheNextKey() throws {
    var state = try typing("st\t")
    #expect(lastLine(state).hasPrefix(":st"))
    #expect(lastLine(state).contains(" step  ") && lastLine(state).contains(" stride"))
    state.press("r")
    #expect(lastLine(state).trimmed == ":str")
  }

  @Test(arguments: ["open", "weight", "export", "--input"])
  func filesAreAskedFor(command: String) throws {
    var state = try typing("\(command) pic")
    let effects = state.press(keys: [.tab])
    guard case .listFiles(let beginning) = try #require(effects.first) else {
      Issue.record("\(effects)")
      return
    }
    #expect(beginning == "pic")
    _ = update(&state, .listed(beginning: "pic", names: ["pictures/cat.png", "pictures/car.png"]))
    #expect(lastLine(state).hasPrefix(":\(command) pictures/ca"))
    #expect(lastLine(state).contains(" cat.png  car.png"))
    state.press("t")
    _ = update(&state, .listed(beginning: "pic", names: ["picked.png"]))
    #expect(lastLine(state).trimmed == ":\(command) pictures/cat", "An answer that comes late is for another word.")
    _ = update(&state, .listed(beginning: "pictures/cat", names: ["pictures/cat.png"]))
    #expect(lastLine(state).trimmed == ":\(command) pictures/cat.png")
  }

  @Test func noFilesForNumbers() throws {
    var state = try typing("stride 1")
    #expect(state.press(keys: [.tab]).isEmpty)
    _ = update(&state, .listed(beginning: "1", names: ["1.png"]))
    #expect(lastLine(state).trimmed == ":stride 1")
  }

  /// More names than fit are counted.
  @Test func manyNames() throws {
    var state = try typing("open ")
    _ = update(&state, .listed(beginning: "", names: (0..<100).map { "picture-\($0).png" }))
    #expect(lastLine(state).hasPrefix(":open picture-   picture-0.png  picture-1.png"))
    #expect(
      lastLine(state).trimmed.wholeMatch(of: /.* picture-([0-9]+)\.png  \+([0-9]+)/).map { Int($0.1)! + 1 + Int($0.2)! }
        == 100)
  }
}

extension String {
  fileprivate var trimmed: String { String(reversed().drop { $0 == " " }.reversed()) }
}
