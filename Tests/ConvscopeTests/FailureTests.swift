import Foundation
import StridedTensor
import TensorFiles
import TerminalHarness
import Testing

/// How the commands fail: the promised status, a sentence on standard error, nothing half written.
@Suite struct FailureTests {
  static let cases: [(words: String, status: Int32, says: String)] = [
    // Arguments that are wrong by themselves.
    ("conv arange:6x6 box -o out.npy --stride 0", 64, "--stride"),
    ("conv arange:6x6 box -o out.npy --padding -1", 64, "'-1'"),
    ("conv arange:6x6 box -o out.npy --groups two", 64, "--groups"),
    ("conv arange:6x6 box -o out.npy --algorithm fastest", 64, "naive"),
    ("conv arange:6x6 box -o out.npy --threads 0", 64, "--threads"),
    ("conv arange:6x6 box -o out.npy --layout hwc", 64, "nchw"),
    ("conv arange:6x6 box -o out.npy --no-such-option", 64, "--no-such-option"),
    ("conv arange:6x6 box", 64, "--output"), ("conv arange:6x6 -o out.npy", 64, "WEIGHT"),
    ("conv arange:0x6 box -o out.npy", 64, "arange"), ("conv picture:6 box -o out.npy", 64, "picture:HxW"),
    ("im2col arange:6x6 -o out.npy", 64, "--kernel-size"),
    ("im2col arange:6x6 -o out.npy --kernel-size 0", 64, "--kernel-size"),
    ("strided arange:6x6 --shape 3,3 --strides 1", 64, "one stride for each axis"),
    ("strided arange:6x6 --shape 3,-3 --strides 1,1", 64, "--shape"),
    ("strided arange:6x6 --shape 3,,3 --strides 1,1", 64, "--shape"), ("verify --max-bytes none", 64, "--max-bytes"),
    ("verify --dtype int32", 64, "float32"), ("verify --weight laplacian --kernel-size 5", 64, "laplacian"),
    ("bench --shape 1,8,8,1,3", 64, "N,H,W,Cin,K,Cout"), ("bench --gemm 3,3", 64, "M,K,N"),
    ("bench --gemm 3,3,0", 64, "M,K,N"), ("bench --gemm 3,3,2147483648", 64, "2147483647"),
    ("bench --algorithm fastest", 64, "direct"),
    ("bench --repeats 0", 64, "--repeats"), ("bench --dtype int32", 64, "float32"),
    ("bench --peers matlab", 64, "pytorch"),
    // Data that do not fit.
    ("bench --shape 1,2,2,1,3,1", 65, "height is 3"), ("bench --shape 1,900000,900000,9,3,9", 65, "bytes"),
    ("bench --copy 1,900000,900000,1,3,1", 65, "bytes"), ("bench --gemm 1048576,1048576,1048576", 65, "bytes"),
    ("bench --gemm 2147483647,2147483647,2147483647", 65, "bytes"),
    ("bench --shape 1,9,9,1,5,1 --algorithm winograd", 65, "3×3"),
    ("conv arange:9x9 box --kernel-size 5 -o out.npy --algorithm winograd", 65, "3×3"),
    ("conv arange:6x6 arange:7x7 -o out.npy", 65, "height is 7"),
    ("conv arange:6x6 arange:3x3 -o out.npy --dilation 3", 65, "dilation 3"),
    ("conv arange:4x4x3 arange:3x3x3x4 -o out.npy --groups 2", 65, "3 is not a multiple of 2"),
    ("conv arange:4x4x3 arange:3x3x2x4 -o out.npy", 65, "reads 2"), ("conv zero.npy box -o out.npy", 65, "at least 1"),
    ("conv empty.npy box -o out.npy", 65, "empty.npy"), ("conv cut.npy box -o out.npy", 65, "cut.npy"),
    ("conv text.npy box -o out.npy", 65, "text.npy"), ("conv arange:6x6 box --bias x.npy -o out.npy", 65, "bias"),
    ("conv - box -o out.npy", 65, "standard input"), ("conv line.npy box -o out.npy", 65, "H×W"),
    ("strided x.npy --shape 7,6 --strides 6,1", 65, "0..<144"), ("strided x.npy --shape 3 --strides -1", 65, "byte -4"),
    ("strided x.npy --shape 2 --strides 3 --bytes", 65, "4 bytes"),
    ("strided x.npy --shape 9223372036854775807,2 --strides 1,9223372036854775807", 65, "memory"),
    ("im2col x.npy -o out.npy --kernel-size 1099511627775", 65, "kernel"),
    ("verify arange:99999999x99999999", 65, "--max-bytes"), ("verify x.npy --max-bytes 100", 65, "--max-bytes"),
    ("verify --edit-input 48,0=1", 65, "--edit-input 48,0=1"),
    // Places that the experiment does not have.
    ("render arange:6x6 --select 6,0", 65, "--select"),
    ("render arange:6x6 --select 1,0,0,0", 65, "n,y,x,c"), ("render arange:6x6 --channel 1", 65, "--channel"),
    ("render arange:6x6 --out-channel 3", 65, "--out-channel"),
    ("render arange:6x6 --scene im2col --entry 16,0", 65, "at most 15,8"), ("arange:6x6 --pan 6,6", 65, "--pan"),
    ("record arange:6x6 -o out.cast --channel 2", 65, "--channel"),
    // What cannot be opened, and what cannot be written.
    ("vreify", 66, "commands are explore, conv, im2col, strided, verify"),
    ("conv missing.npy box -o out.npy", 66, "missing.npy"), ("conv folder box -o out.npy", 66, "directory"),
    ("conv arange:6x6 missing.npy -o out.npy", 66, "missing.npy"), ("verify --bias missing.npy", 66, "missing.npy"),
    ("conv arange:6x6 box -o nowhere/out.npy", 73, "nowhere/out.npy"),
    ("conv arange:6x6 box -o folder", 73, "directory"),
    ("conv arange:6x6 box -o /dev/full", 73, "/dev/full"),
    ("strided arange:6x6 --shape 6 --strides 1 -o nowhere/out.npy", 73, "nowhere/out.npy"),
  ]

  @Test(arguments: cases)
  func failsAsPromised(words: String, status: Int32, says: String) throws {
    let folder = try ScratchFolder()
    try folder.writeArange("x.npy", [6, 6])
    try folder.writeArange("zero.npy", [0, 4])
    try folder.writeArange("line.npy", [4])
    let whole = try Data(contentsOf: URL(fileURLWithPath: folder.path("x.npy")))
    try whole.dropLast(7).write(to: folder.url.appendingPathComponent("cut.npy"))
    try Data().write(to: folder.url.appendingPathComponent("empty.npy"))
    try Data("not an array".utf8).write(to: folder.url.appendingPathComponent("text.npy"))
    try FileManager.default.createDirectory(atPath: folder.path("folder"), withIntermediateDirectories: false)
    let before = try folder.names()

    let run = try ProgramRun(words.split(separator: " ").map(String.init), in: folder)
    #expect(run.status == status, "\(run.errors)")
    #expect(run.output.isEmpty)
    #expect(run.errors.contains(says), "\(run.errors)")
    // One paragraph.
    #expect(!run.errors.isEmpty && !run.errors.contains("\n\n"))
    #expect(try folder.names() == before)
  }

  @Test func anOutputThatFailsLeavesTheOldOne() throws {
    let folder = try ScratchFolder()
    try folder.writeArange("out.npy", [3])
    let run = try ProgramRun(["conv", "arange:2x2", "arange:3x3", "-o", "out.npy"], in: folder)
    #expect(run.status == 65)
    #expect(try folder.read("out.npy").shape == [3])
  }

  @Test(arguments: [
    "verify", "--help", "help conv", "--version", "render", "lesson", "strided arange:6x6 --shape 6 --strides 1",
  ])
  func aFullDiskUnderStandardOutputIsSaid(words: String) throws {
    let run = try ProgramRun(words.split(separator: " ").map(String.init), in: ScratchFolder(), outputPath: "/dev/full")
    #expect(run.status == 73)
    #expect(run.errors.contains("standard output"))
  }

  /// What a shell says before it becomes the program: limits, closed descriptors.
  private func run(after preparation: String, _ words: String, in folder: ScratchFolder) throws -> (
    status: Int32, errors: String
  ) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = ["-c", "\(preparation); exec \"$0\" \(words) 2>\(folder.url.path).err", ProgramRun.program]
    process.currentDirectoryURL = folder.url
    try process.run()
    process.waitUntilExit()
    let errors = URL(fileURLWithPath: folder.url.path + ".err")
    defer { try? FileManager.default.removeItem(at: errors) }
    return (process.terminationStatus, String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }

  @Test func aDiskThatFillsUpLeavesNothing() throws {
    let folder = try ScratchFolder()
    let run = try run(after: "ulimit -f 8", "im2col picture:64x64 --kernel-size 3 -o out.npy", in: folder)
    #expect(run.status == 73)
    #expect(run.errors.contains("out.npy"))
    #expect(try folder.names().isEmpty)
  }

  /// What a name could do to the terminal.
  @Test func controlCharactersAreNotPassedOn() throws {
    let folder = try ScratchFolder()
    for words in [
      ["lesson", "\u{1B}[2J.yaml"], ["conv", "\u{1B}[2J.npy", "box", "-o", "out.npy"],
      ["verify", "--dtype", "\u{1B}[2J"],
    ] {
      let run = try ProgramRun(words, in: folder)
      #expect(run.status > 1)
      #expect(!run.errors.contains("\u{1B}") && run.errors.contains("[2J"), "\(run.errors)")
    }
  }

  /// What has no characters is shown all the same.
  @Test func anEmptyNameIsSeen() throws {
    let folder = try ScratchFolder()
    let run = try ProgramRun(["conv", "arange:6x6", "box", "-o", ""], in: folder)
    #expect(run.status == 73)
    #expect(run.errors.contains("''"), "\(run.errors)")
  }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP, SIGQUIT])
  func anInterruptedWriteLeavesNothing(number: Int32) throws {
    let folder = try ScratchFolder()
    // More than can be written before the signal comes; the limit is for the case that it does not work.
    let terminal = try PseudoTerminal([
      "/bin/sh", "-c",
      """
      ulimit -c 0; ulimit -f 8000000
      exec '\(ProgramRun.program)' strided arange:1x1 --shape 99999,99999 --strides 0,0 -o '\(folder.path("out.npy"))'
      """,
    ])
    try terminal.wait(for: "the beginning of the write") { try !folder.names().isEmpty }
    terminal.signal(number)
    #expect(try terminal.waitForExit() == (number == SIGINT ? .exited(130) : .signaled(number)))
    #expect(try folder.names().isEmpty)
  }

  /// A patch matrix of 900 MB under a limit that all else fits into.
  @Test func verifyTellsAFailureFromWhatIsNotCovered() throws {
    let folder = try ScratchFolder()
    let run = try run(
      after: "ulimit -v 600000", "verify arange:1000x1000 --weight box --kernel-size 15 >table", in: folder)
    #expect(run.status == 65, "\(run.errors)")
    #expect(run.errors.contains("memory"))
    let table = String(decoding: try Data(contentsOf: URL(fileURLWithPath: folder.path("table"))), as: UTF8.self)
    let rows = table.split(separator: "\n").map(String.init)
    #expect(rows.contains { $0.hasPrefix("im2col") && $0.contains("failed: ") })
    #expect(rows.contains { $0.hasPrefix("winograd") && $0.contains("skipped: ") })
    #expect(rows.contains { $0.hasPrefix("direct") && $0.hasSuffix("agrees") })
  }

  /// Where sums overflow, their order decides between infinity and NaN: agreement says nothing there.
  @Test func verifyCountsWhatItDoesNotCompare() throws {
    let folder = try ScratchFolder()
    try TensorFile.write(npy: .float32(try Tensor(shape: [6, 6], repeating: 3e38)), to: folder.path("large.npy"))
    let run = try ProgramRun(["verify", "large.npy"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    #expect(run.output.contains("agrees, 16 not compared") && run.output.contains("not compared: NaN"), "\(run.output)")
  }

  /// Before minutes of measuring, not after them.
  @Test func benchAsksFirstWhetherItsFilesCanBeWritten() throws {
    let folder = try ScratchFolder()
    for option in ["--json", "--samples"] {
      let run = try ProgramRun(["bench", option, "missing/x"], in: folder)
      #expect(run.status == 73)
      #expect(run.output.isEmpty)
    }
    #expect(try folder.names().isEmpty)
  }

  /// Whether the signal for that ends it or, where that is ignored, the failed write.
  @Test(
    arguments: ["strided arange:400x400 --shape 160000 --strides 1", "conv arange:400x400 box -o -"],
    ["trap - PIPE", "trap '' PIPE"])
  func aReaderThatGoesAwayEndsItQuietly(words: String, preparation: String) throws {
    let folder = try ScratchFolder()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/bin/sh")
    process.arguments = [
      "-c", "\(preparation); (\"$0\" \(words) 2>err; echo $? >status) | head -c 10 >out", ProgramRun.program,
    ]
    process.currentDirectoryURL = folder.url
    try process.run()
    process.waitUntilExit()
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path("err"))).isEmpty)
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder.path("out"))).count == 10)
    let status = try String(contentsOfFile: folder.path("status"), encoding: .utf8)
    #expect(preparation.hasPrefix("trap -") || status == "0\n", "\(status)")
  }
}
