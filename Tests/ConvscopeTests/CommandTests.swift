import Convolution
import Foundation
import StridedTensor
import TensorFiles
import TerminalHarness
import TestSupport
import Testing

/// The commands that compute, run as a user runs them.
@Suite struct CommandTests {
  /// The geometry of a golden case as options.
  private func options(_ golden: GoldenCase) -> [String] {
    let parameters = golden.parameters
    var padding = "same"
    if case .explicit(let sides) = parameters.padding {
      padding = "\(sides.top),\(sides.bottom),\(sides.left),\(sides.right)"
    }
    return [
      "--stride", "\(parameters.stride.vertical),\(parameters.stride.horizontal)", "--padding", padding,
      "--dilation", "\(parameters.dilation.vertical),\(parameters.dilation.horizontal)", "--groups",
      "\(parameters.groups)",
    ] + (golden.hasBias ? ["--bias", golden.path + ":bias"] : [])
  }

  private static let cases = [
    "bias", "depthwise", "groups-2", "asymmetric-padding", "dilation-2x3-stride-2-pad-1", "lecture-reference-small",
  ]

  @Test(arguments: try GoldenCase.all().filter { cases.contains($0.name) }, [false, true])
  func convGivesPyTorchsOutput(golden: GoldenCase, isPlanar: Bool) throws {
    let folder = try ScratchFolder()
    var (input, weight) = (golden.path + ":input", golden.path + ":weight")
    if isPlanar {
      (input, weight) = ("x.npy", "w.npy")
      try TensorFile.write(npy: golden.array("input").permuted(AxisOrder.nchwFromNHWC), to: folder.path(input))
      try TensorFile.write(npy: golden.array("weight").permuted(AxisOrder.oikkFromKKIO), to: folder.path(weight))
    }
    let run = try ProgramRun(
      ["conv", input, weight, "-o", "out.npy"] + options(golden) + (isPlanar ? ["--layout", "nchw"] : []), in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let expected = try golden.array("output")
    let output = try folder.read("out.npy")
    #expect(output.elementType == expected.elementType)
    let inOrder = isPlanar ? try output.permuted(AxisOrder.nhwcFromNCHW) : output
    #expect(inOrder.shape == expected.shape)
    // Sums of a few hundred products of numbers about 1.
    let tolerance = expected.elementType == .float64 ? 1e-12 : 1e-4
    #expect(zip(inOrder.elementsAsDouble, expected.elementsAsDouble).allSatisfy { abs($0 - $1) <= tolerance })
  }

  @Test(arguments: ConvolutionAlgorithm.allCases.map(\.rawValue) + ["auto"])
  func theLecturesExample(algorithm: String) throws {
    let folder = try ScratchFolder()
    let run = try ProgramRun(
      ["conv", "arange:6x6", "arange:3x3", "-o", "out.npy", "--algorithm", algorithm, "--threads", "1"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let output = try folder.read("out.npy").elementsAsDouble.prefix(5)
    // Winograd's weights are fractions, so it rounds where the others are exact.
    let allowed = algorithm == "winograd" ? 1e-3 : 0
    #expect(zip(output, [366, 402, 438, 474, 582]).allSatisfy { abs($0 - $1) <= allowed } && output.count == 5)
  }

  @Test func integersCountAsFloat32AndAreSaid() throws {
    let folder = try ScratchFolder()
    try folder.writeArange("x.npy", [4, 4], .int64)
    let run = try ProgramRun(["conv", "x.npy", "box", "-o", "out.npy"], in: folder)
    #expect(run.status == 0)
    #expect(run.errors.contains("int64") && run.errors.contains("float32"))
    #expect(try folder.read("out.npy").elementType == .float32)
  }

  @Test func standardInputToStandardOutput() throws {
    let folder = try ScratchFolder()
    try folder.writeArange("x.npy", [6, 6])
    let bytes = try Data(contentsOf: URL(fileURLWithPath: folder.path("x.npy")))
    try Data().write(to: folder.url.appendingPathComponent("piped.npy"))
    let run = try ProgramRun(
      ["conv", "-", "arange:3x3", "-o", "-"], in: folder, input: bytes, outputPath: folder.path("piped.npy"))
    #expect(run.status == 0, "\(run.errors)")
    #expect(try folder.read("piped.npy").shape == [1, 4, 4, 1])
  }

  @Test(arguments: [ElementType.float32, .float64, .int32, .int64, .uint8])
  func im2colKeepsTheElementType(type: ElementType) throws {
    let folder = try ScratchFolder()
    try folder.writeArange("x.npy", [2, 6, 6], type)
    let run = try ProgramRun(
      ["im2col", "x.npy", "--kernel-size", "3", "--padding", "0,1,0,0", "--layout", "nchw", "-o", "out.npy"], in: folder
    )
    #expect(run.status == 0, "\(run.errors)")
    let matrix = try folder.read("out.npy")
    #expect(matrix.elementType == type)
    #expect(matrix.shape == [20, 18])
    // Columns are (i, j, c) although the channels are planes.
    #expect(matrix.elementsAsDouble.prefix(6) == [0, 36, 1, 37, 2, 38])
    #expect(matrix.elementsAsDouble.suffix(6) == [0, 0, 0, 0, 0, 0])
  }

  @Test func stridedShowsTheLecturesTiles() throws {
    let folder = try ScratchFolder()
    let words = ["strided", "arange:6x6", "--shape", "3,3,2,2"]
    let run = try ProgramRun(words + ["--strides", "12,2,6,1", "-o", "out.npy", "--json"], in: folder)
    #expect(run.status == 0, "\(run.errors)")
    let json = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect(json["byte_strides"] as? [Int] == [48, 8, 24, 4])
    #expect(json["contiguous"] as? Bool == false)
    #expect(json["distinct_cells"] as? Int == 36)
    #expect(json["reshape_to_1d_copies"] as? Bool == true)
    let tiles = [0, 1, 6, 7, 2, 3, 8, 9, 4, 5, 10, 11]
    #expect((json["elements"] as? [Int])?.prefix(12) == tiles[...])
    #expect(try folder.read("out.npy").elementsAsDouble.prefix(12) == tiles.map { Double($0) }[...])
    let inBytes = try ProgramRun(words + ["--strides", "48,8,24,4", "--bytes", "--json"], in: folder)
    #expect(inBytes.output == run.output)
  }

  @Test func stridedCountsSharedMemoryAndTakesNegativeStrides() throws {
    let folder = try ScratchFolder()
    let windows = try ProgramRun(
      ["strided", "arange:6x6", "--shape", "4,4,3,3", "--strides", "6,1,6,1"], in: folder)
    #expect(windows.output.contains("36 of the buffer's 36 cells; 108 entries share"))
    let upsideDown = try ProgramRun(
      ["strided", "arange:2x3", "--shape", "2,3", "--strides", "-3,1", "--offset", "3"], in: folder)
    #expect(upsideDown.output.contains("elements    3 4 5 0 1 2\n"))
    let outside = try ProgramRun(
      ["strided", "arange:6x6", "--shape", "5,4,3,3", "--strides", "6,1,6,1"], in: folder)
    #expect(outside.status == 65)
    #expect(
      outside.errors.contains("(4,0,2,0)") && outside.errors.contains("byte 144") && outside.errors.contains("0..<144"))
  }

  @Test func specialNumbersStayJSON() throws {
    let folder = try ScratchFolder()
    let numbers = try Tensor<Double>(shape: [4], elements: [.nan, -.infinity, 1e-300, 2]).erased
    try TensorFile.write(npy: numbers, to: folder.path("x.npy"))
    let run = try ProgramRun(["strided", "x.npy", "--shape", "4", "--strides", "1", "--json"], in: folder)
    let json = try #require(try JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
    #expect((json["elements"] as? [Any])?.prefix(2).map { $0 as? String } == ["nan", "-inf"])
  }

  /// Products too small to be told from zero, whose roundings are as large as they are.
  @Test(arguments: [ElementType.float32, .float64])
  func verifyAllowsUnderflow(type: ElementType) throws {
    let folder = try ScratchFolder()
    let smallest = type == .float64 ? Double.leastNonzeroMagnitude : Double(Float.leastNonzeroMagnitude)
    let numbers = (0..<64).map { Double($0) * smallest }
    try TensorFile.write(
      npy: Tensor(shape: [8, 8], elements: numbers).erased.converted(to: type), to: folder.path("x.npy"))
    let run = try ProgramRun(["verify", "x.npy", "--weight", "gaussian"], in: folder)
    #expect(run.status == 0, "\(run.output)")
  }

  /// The longest name makes room for itself, on a terminal of 80 columns too.
  @Test func verifysColumnsStandUnderEachOther() throws {
    let folder = try ScratchFolder()
    #expect(try ProgramRun(["conv", "arange:6x6", "arange:3x3", "-o", "right.npy"], in: folder).status == 0)
    let worker = #"""
      #!/bin/sh
      read l; echo '{"version": "1"}'
      read l; echo '{"ways": ["pytorch", "pytorch-channels-last"]}'
      while read l; do p=${l##*path\":\"}; /bin/cp '\#(folder.path("right.npy"))' "${p%%\"*}"; echo '{"saved": true}'; done
      """#
    try Data(worker.utf8).write(to: URL(filePath: folder.path("python3")))
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder.path("python3"))
    let terminal = try PseudoTerminal(
      [ProgramRun.program, "verify", "arange:6x6", "--weight", "arange:3x3", "--peers", "pytorch"],
      environment: ["PATH": "\(folder.url.path):/nonexistent"])
    #expect(try terminal.waitForExit() == .exited(0))
    let verdicts = terminal.screen.lines.compactMap { line in
      line.range(of: "agrees").map { line.distance(from: line.startIndex, to: $0.lowerBound) }
    }
    #expect(verdicts.count >= 6 && Set(verdicts).count == 1, "\(terminal.screen.lines)")
    let shown = terminal.screen.lines
    #expect(shown.contains { $0.hasPrefix("pytorch-channels-last ") && $0.contains("agrees") }, "\(shown)")
  }

  @Test func verifyComparesEveryAlgorithm() throws {
    let folder = try ScratchFolder()
    let words = ["verify", "random:2x9x8x3", "--weight", "random:3x2x3x4,1", "--padding", "1", "--stride", "2,1"]
    let run = try ProgramRun(words, in: folder)
    #expect(run.status == 0, "\(run.errors)")
    for algorithm in ConvolutionAlgorithm.allCases where algorithm != .naive {
      #expect(run.output.contains("\n\(algorithm.rawValue) "))
    }
    let json = try ProgramRun(words + ["--json", "--dtype", "float64"], in: folder)
    let value = try #require(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
    #expect(value["agrees"] as? Bool == true)
    #expect((value["results"] as? [Any])?.count == ConvolutionAlgorithm.allCases.count - 1)
  }

  @Test func helpAndVersion() throws {
    let folder = try ScratchFolder()
    for words in [["--help"], ["help", "conv"], ["strided", "--help"], ["--version"]] {
      let run = try ProgramRun(words, in: folder)
      #expect(run.status == 0)
      #expect(!run.output.isEmpty && run.errors.isEmpty)
    }
    #expect(try ProgramRun(["--help"], in: folder).output.contains("arange:6x6 --weight arange:3x3"))
  }
}
