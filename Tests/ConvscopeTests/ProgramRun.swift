import Foundation
import StridedTensor
import TensorFiles
import TerminalHarness

/// One run of the built program as a child without a terminal, with what it said and how it ended.
struct ProgramRun {
  let status: Int32
  let output: String
  let errors: String

  /// The program's path.
  static let program = BuiltProduct.path("convscope")

  /// Without what says how to colour: `swift test` itself says NO_COLOR where its own output is no terminal.
  private static let environment = ProcessInfo.processInfo.environment.filter {
    !["NO_COLOR", "COLORTERM", "COLORFGBG"].contains($0.key)
  }

  /// Runs `convscope` in a folder of the caller's.
  ///
  /// - Parameters:
  ///   - input: what standard input holds.
  ///   - outputPath: a file or device for standard output, instead of the `output` here.
  init(_ arguments: [String], in folder: ScratchFolder, input: Data = Data(), outputPath: String? = nil) throws {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: Self.program)
    process.arguments = arguments
    process.currentDirectoryURL = folder.url
    process.environment = Self.environment
    let files = try ["in", "out", "err"].map { name in
      let url = FileManager.default.temporaryDirectory.appendingPathComponent("convscope-\(UUID().uuidString).\(name)")
      try (name == "in" ? input : Data()).write(to: url)
      return url
    }
    defer { for file in files { try? FileManager.default.removeItem(at: file) } }
    process.standardInput = try FileHandle(forReadingFrom: files[0])
    process.standardOutput = try FileHandle(forWritingTo: outputPath.map { URL(fileURLWithPath: $0) } ?? files[1])
    process.standardError = try FileHandle(forWritingTo: files[2])
    try process.run()
    process.waitUntilExit()
    status = process.terminationReason == .exit ? process.terminationStatus : -process.terminationStatus
    output = String(decoding: try Data(contentsOf: files[1]), as: UTF8.self)
    errors = String(decoding: try Data(contentsOf: files[2]), as: UTF8.self)
  }
}

/// A folder for one test, gone afterwards.
final class ScratchFolder {
  let url: URL

  init() throws {
    url = FileManager.default.temporaryDirectory.appendingPathComponent("convscope-tests-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }

  func path(_ name: String) -> String { url.appendingPathComponent(name).path }

  /// The names of all that lies in it, hidden files too.
  func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() }

  func read(_ name: String) throws -> AnyTensor { try TensorFile.read(path(name)).tensor }

  /// Writes 0, 1, 2, … as `.npy`.
  func writeArange(_ name: String, _ shape: [Int], _ type: ElementType = .float32) throws {
    let numbers = (0..<shape.reduce(1, *)).map { Double($0) }
    try TensorFile.write(npy: Tensor(shape: shape, elements: numbers).erased.converted(to: type), to: path(name))
  }
}
