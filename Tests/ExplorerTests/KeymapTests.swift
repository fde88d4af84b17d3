import Explorer
import Screens
import Testing

@Suite struct KeymapTests {
  /// The help page, the manual and the footer say the same keys, because they are made from one table.
  @Test func theManualListsEveryLine() throws {
    let manual = Keymap.manual
    for promised in [
      "Space", "Tab", "Enter", "Esc", "arrows, h j k l", "n N", "s d p w", "g G", "[ ]", "- + 0", "PgDn PgUp",
      "q, Ctrl-C",
      "click", "wheel",
    ] {
      #expect(manual.contains("  \(promised)  "), "\(promised)")
    }
  }

  /// Help and the way out never fall off the footer.
  @Test(arguments: [80, 100, 120, 200])
  func theFooterAlwaysShowsHelpAndQuit(_ columns: Int) throws {
    let state = try state("arange:6x6", size: Size(columns: columns, rows: 24))
    let footer = draw(state).lines[23]
    #expect(footer.contains("? keys"))
    #expect(footer.contains("q quit"))
    #expect(footer.contains("Space play"))
  }

  /// Every key of the promised table changes the state or says something.
  @Test(arguments: Array(".gG][lnsdpwu:oiyx?v-+0zefacr,bTFVRX"))
  func everyKeyDoesSomething(_ character: Character) throws {
    var state = try state(
      "picture:24x32x3 --step 40 --select 3,3,0 --stride 2 --padding 1 --speed 2 --multiply 1 --zoom 2",
      size: Size(columns: 80, rows: 24))
    state.press(".")
    let before = draw(state)
    state.press(String(character))
    #expect(draw(state) != before, "\(character)")
  }

  @Test func escapeNeverQuitsAndSaysHow() throws {
    var state = try state("arange:6x6 --select 1,1")
    #expect(state.press(keys: [.escape]).isEmpty)
    #expect(state.view.selection == nil)
    #expect(state.press(keys: [.escape]).isEmpty)
    #expect(draw(state).text.contains("q quits"))
  }

  @Test(arguments: [Key.character("q"), .control("c")])
  func quittingClosesWhatIsOpenFirst(_ key: Key) throws {
    var state = try state("arange:6x6 --full")
    #expect(state.press(keys: [key]).isEmpty)
    #expect(!state.view.maximized)
    let effects = state.press(keys: [key])
    guard case .quit? = effects.first else {
      Issue.record("\(key) does not quit")
      return
    }
  }
}
