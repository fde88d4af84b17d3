import Explorer
import Foundation
import Measuring
import Screens
import Testing

/// What Timing writes and reads: saved measurements, and an earlier one beside this one.
@Suite struct TimingFilesTests {
  /// The key writes what `bench --json` would; a name that ends in .csv gets every sample.
  @Test func whatWasMeasuredIsSaved() throws {
    var state = try TimingTests.measured()
    _ = state.press(keys: [.character("X")])
    guard case .write("convscope-timing.json", let json)? = state.press(keys: [.enter]).first else {
      Issue.record("nothing written")
      return
    }
    #expect(json.contains("\"algorithm\": \"direct\"") && json.contains("\"shape\": \"10,32,32,8,3,16\""))
    guard case .write("a.csv", let csv)? = state.type(":save a.csv").first else {
      Issue.record("no samples written")
      return
    }
    #expect(csv.split(separator: "\n").count == 1 + 20 * 9)
    var empty = try ExplorerTests.state("arange:6x6")
    #expect(empty.type(":save a.json").isEmpty)
    #expect(draw(empty).text.contains("nothing is measured yet"))
  }

  /// What was saved can be put beside a later run; another file is said to be none.
  @Test func anEarlierRunStandsBeside() throws {
    var state = try TimingTests.measured(size: Size(columns: 120, rows: 36))
    guard case .write(_, let json)? = state.type(":save a.json").first,
      case .readBaseline(let path)? = state.type(":baseline a.json").first
    else {
      Issue.record("nothing asked for")
      return
    }
    #expect(update(&state, .terminal(.woken)).isEmpty, "asked for once")
    let run = try MeasuringBaseline(json: Data(json.utf8), file: path)
    _ = update(&state, .readBaseline(path: path, .success(run)))
    let text = draw(state).text
    #expect(text.contains("the earlier speed") && text.contains("◇"))
    // The same run again: no row differs from itself.
    #expect(text.components(separatedBy: "no difference shown").count - 1 >= 9)
    #expect(state.settled.command.contains("--baseline a.json"))
    #expect(state.type(":baseline off").isEmpty)
    #expect(!draw(state).text.contains("◇"))
    state.type(":baseline b.json")
    _ = update(&state, .readBaseline(path: "b.json", .failure(.baseline("b.json", "no such file"))))
    #expect(draw(state).text.contains("baseline b.json: no such file"))
    #expect(!state.settled.command.contains("--baseline"))
    // A file that cannot be read leaves the one that stands there.
    state.type(":baseline a.json")
    _ = update(&state, .readBaseline(path: path, .success(run)))
    state.type(":baseline b.json")
    _ = update(&state, .readBaseline(path: "b.json", .failure(.baseline("b.json", "no such file"))))
    #expect(draw(state).text.contains("◇") && state.settled.command.contains("--baseline a.json"))
  }
}
