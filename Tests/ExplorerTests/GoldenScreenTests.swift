import Explorer
import Foundation
import Screens
import TestSupport
import Testing

/// Whole screens against recorded text.
///
/// `CONVSCOPE_RECORD=1 swift test` records them anew; read them before committing.
@Suite struct GoldenScreenTests {
  struct Screen: CustomStringConvertible, Sendable {
    let name: String
    let command: String
    var keys = ""
    /// Whether Timing has its made-up figures.
    var isMeasured = false
    var description: String { name }
  }

  static let screens: [Screen] = [
    Screen(name: "slide-lecture", command: "arange:6x6 --weight arange:3x3 --step 5"),
    Screen(name: "slide-lecture-multiply", command: "arange:6x6 --weight arange:3x3 --step 5 --multiply 4"),
    Screen(name: "slide-lecture-flipped", command: "arange:6x6 --weight arange:3x3 --step 0 --flip"),
    Screen(name: "slide-copies", command: "arange:6x6 --weight arange:3x3 --step 5 --show copies --select 2,2,0"),
    Screen(name: "slide-unreached", command: "arange:6x6 --weight arange:3x3 --stride 2 --step 3"),
    Screen(name: "slide-padding", command: "arange:4x4 --weight arange:3x3 --padding 1 --step 0"),
    Screen(name: "slide-picture", command: "picture --step 311"),
    Screen(name: "slide-picture-copies", command: "picture --step 311 --show copies"),
    Screen(name: "slide-rounded", command: "digit:3 --weight random:5x5 --step 1"),
    Screen(name: "slide-large-products", command: "arange:300x300 --weight arange:4x4 --step 5000"),
    Screen(name: "slide-colours", command: "picture:24x32x3 --step 100 --channel 1"),
    Screen(
      name: "slide-lecture-order", command: "arange:1x5x5x2 --weight arange:3x3x2x2 --order lecture --step 12"),
    Screen(name: "slide-code", command: "arange:6x6 --weight arange:3x3 --step 5 --side code"),
    Screen(name: "slide-help", command: "arange:6x6 --weight arange:3x3", keys: "?"),
    Screen(name: "slide-edit", command: "arange:6x6 --weight arange:3x3 --step 5 --focus weight", keys: "e9"),
    Screen(name: "slide-command", command: "arange:6x6 --weight arange:3x3 --step 5", keys: "y"),
    Screen(name: "im2col-lecture", command: "arange:6x6 --weight arange:3x3 --scene im2col --step 15 --select 2,2,0"),
    Screen(name: "im2col-product", command: "arange:6x6 --weight arange:3x3 --scene im2col --step 21"),
    Screen(name: "im2col-1x1", command: "arange:6x6 --weight arange:1x1 --scene im2col --step 3"),
    Screen(name: "im2col-groups", command: "picture:24x32x3 --scene im2col --step 40 --out-channel 2"),
    Screen(name: "memory-tiles", command: "arange:6x6 --weight arange:3x3 --scene memory --step 5"),
    Screen(name: "memory-windows", command: "arange:6x6 --weight arange:3x3 --scene memory --view windows --step 40"),
    Screen(name: "memory-outside", command: "arange:6x6 --scene memory", keys: "e5,4,3,3\t6,1,6,1"),
    Screen(name: "memory-mistake", command: "arange:6x6 --scene memory --view 3,3,2,2:48,8,24,4"),
    Screen(name: "memory-lecture", command: "arange:6x6 --scene memory --view lecture --step 4"),
    Screen(name: "memory-copies", command: "arange:6x6 --scene memory --view windows --show copies --select 2,2"),
    Screen(name: "memory-picture", command: "picture --scene memory --view transpose --step 700"),
    Screen(name: "memory-race", command: "arange:6x6 --scene memory --step 35 --side race"),
    Screen(name: "tiles-lecture", command: "arange:6x6 --weight arange:3x3 --scene tiles --step 5 --cache toy"),
    Screen(
      name: "tiles-curves",
      command: "arange:6x6 --scene tiles --step 14 --select 2,2 --matrix-size 16 --cache 256,16,2 --side transpose"),
    Screen(name: "tiles-ragged", command: "digit:3 --scene tiles --step 30 --tile 3"),
    Screen(name: "tiles-picture", command: "picture:24x32x3 --scene tiles --step 100 --tile 8 --channel 1"),
    Screen(name: "tiles-edit", command: "arange:6x6 --scene tiles --step 5", keys: "e4"),
    Screen(name: "im2col-copy", command: "arange:6x6 --weight arange:3x3 --scene im2col --step 15", keys: "nn"),
    Screen(
      name: "im2col-multiply",
      command: "arange:6x6 --weight arange:3x3 --scene im2col --step 21 --multiply 4 --side terms"),
    Screen(name: "im2col-copying", command: "arange:6x6 --weight arange:3x3 --scene im2col --step 5 --multiply 4"),
    Screen(name: "im2col-tiles", command: "arange:6x6 --weight arange:3x3 --scene im2col --product-tile 4 --step 20"),
    Screen(name: "im2col-offset", command: "arange:6x6 --weight arange:3x3 --scene im2col --product offset --step 70"),
    Screen(
      name: "im2col-offset-channels",
      command: "arange:1x6x6x3 --weight arange:3x3x3x4 --scene im2col --product offset --step 70 --multiply 5"),
    Screen(
      name: "im2col-flipped", command: "arange:6x6 --weight arange:3x3 --scene im2col --step 16 --flip --multiply 8"),
    Screen(name: "errata", command: "arange:6x6 --weight arange:3x3", keys: "??"),
    Screen(name: "orders-arange", command: "arange:1x6x6x3 --weight arange:3x3x3x2 --scene orders --step 13"),
    Screen(name: "orders-depthwise", command: "picture:24x32x3 --scene orders --step 4000 --select 3,4,1"),
    Screen(
      name: "orders-padding",
      command: "arange:1x4x4x2 --weight arange:3x3x2x2 --padding 1 --scene orders --step 9 --flip"),
    Screen(name: "timing-empty", command: "arange:6x6 --weight arange:3x3 --scene timing"),
    Screen(
      name: "timing-lecture-code", command: "arange:6x6 --scene timing --shape lecture --contender im2col --side code"),
    Screen(name: "timing-measured", command: TimingTests.lecture, isMeasured: true),
    Screen(name: "timing-linear", command: TimingTests.lecture + " --axis linear --sort fastest", isMeasured: true),
    Screen(
      name: "timing-why", command: TimingTests.lecture + " --contender matmul --side why --focus why", isMeasured: true),
    Screen(name: "timing-roofline", command: TimingTests.lecture + " --side roofline", isMeasured: true),
    Screen(name: "timing-figures", command: TimingTests.lecture + " --side figures", isMeasured: true),
    Screen(name: "timing-sweep", command: TimingTests.lecture + " --sweep cin --side sweep", isMeasured: true),
    Screen(name: "timing-machine", command: TimingTests.lecture + " --side machine", isMeasured: true),
    Screen(name: "timing-edit", command: TimingTests.lecture, keys: "e", isMeasured: true),
    Screen(name: "orders-one-channel", command: "arange:6x6 --weight arange:3x3 --scene orders --step 9 --side code"),
  ]

  static let sizes = [Size(columns: 80, rows: 24), Size(columns: 120, rows: 36), Size(columns: 200, rows: 60)]

  @Test(arguments: screens, sizes)
  func screenIsAsRecorded(_ screen: Screen, size: Size) throws {
    var state =
      screen.isMeasured
      ? try TimingTests.measured(screen.command, size: size) : try state(screen.command, size: size)
    state.press(screen.keys)
    let text = state.written(as: .text)
    let file = Fixtures.directory.appending(path: "screens/\(screen.name)-\(size.columns)x\(size.rows).txt")
    if ProcessInfo.processInfo.environment["CONVSCOPE_RECORD"] != nil {
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
      return
    }
    let recorded = String(decoding: try Data(contentsOf: file), as: UTF8.self)
    #expect(text == recorded, "\(screen.name) at \(size.columns)×\(size.rows)")
  }

  /// In ASCII no glyph is anything else.
  @Test(arguments: screens)
  func asciiScreensAreASCII(_ screen: Screen) throws {
    for size in Self.sizes {
      let ascii = Appearance(ascii: true)
      var state =
        screen.isMeasured
        ? try TimingTests.measured(screen.command, size: size, appearance: ascii)
        : try state(screen.command, size: size, appearance: ascii)
      state.press(screen.keys)
      let others = draw(state).text.unicodeScalars.filter { !$0.isASCII }
      #expect(others.isEmpty, "\(String(String.UnicodeScalarView(others)))")
    }
  }
}
