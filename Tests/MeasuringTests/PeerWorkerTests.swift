import Convolution
import Foundation
import Measuring
import StridedTensor
import Testing

/// The bridge to another library's process, with workers that do all that a worker should not.
@Suite struct PeerWorkerTests {
  private static let hello = #"read l; echo '{"version": "1"}'; "#
  private static let load = #"read l; echo '{"ways": ["w"]}'; "#

  private func fake(_ script: String, limit: Double = 5) throws -> PeerWorker {
    try PeerWorker(.numpy, command: ["/bin/sh", "-c", script], threads: 1, requestLimit: limit)
  }

  private func smallCase() throws -> ConvolutionCase<Float> {
    try ConvolutionCase(ConvolutionGeometry(input: [1, 5, 6, 2], weight: [3, 3, 2, 3]), threads: 1)
  }

  @Test(arguments: [
    "exit 1", "echo nonsense; cat", #"echo '{"error": "no such module"}'; cat"#, "echo '{}'; cat", "echo '[1]'; cat",
    "yes | tr -d '\\n'",
  ])
  func aWorkerThatDoesNotSayHelloIsRefused(script: String) {
    #expect(throws: MeasuringError.self) { try fake(script) }
  }

  @Test func aHungWorkerIsGivenUp() {
    #expect(throws: MeasuringError.peer("numpy", "the worker did not answer within 0.3 s")) {
      try fake("sleep 60", limit: 0.3)
    }
  }

  @Test(arguments: [
    // Takes no time, takes longer than we waited, goes back in time, is no number, dies, talks nonsense.
    #"read l; echo '{"seconds": 0}'; cat"#, #"read l; echo '{"seconds": 1000}'; cat"#,
    #"read l; echo '{"seconds": -1}'; cat"#, #"read l; echo '{"seconds": "fast"}'; cat"#, "read l; exit 0",
    "read l; echo what; cat", #"read l; echo '{"error": "out of memory"}'; cat"#,
  ])
  func aWorkerThatLiesAboutTimeIsRefused(script: String) throws {
    let worker = try fake(Self.hello + Self.load + script)
    defer { worker.stop() }
    let contender = try #require(try worker.contenders(smallCase()).first)
    #expect(throws: MeasuringError.self) { try contender.time(1, { false }) }
  }

  /// Handing over numbers can be stopped, and leaves no file.
  @Test func cancellingLeavesNoFile() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "convscope-cancelled-\(UUID().uuidString)")
    let wish = Wish()
    let worker = try PeerWorker(
      starting: .numpy, command: ["/bin/sh", "-c", Self.hello + "cat"], threads: 1, requestLimit: 5, folder: folder,
      isCancelled: { wish.isThere })
    defer { worker.stop() }
    #expect(try worker.isReady(within: 5))
    wish.isThere = true
    #expect(throws: MeasuringCancelled.self) {
      let geometry = try ConvolutionGeometry(input: [1, 700, 700, 3], weight: [1, 1, 3, 1])
      _ = try worker.load(ConvolutionCase<Float>(geometry, threads: 1))
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    worker.stop()
    #expect(!FileManager.default.fileExists(atPath: folder.path))
  }

  /// A worker that was stopped is gone for good: its number is given back to the system.
  @Test func aStoppedWorkerIsTakenIn() throws {
    let worker = try PeerWorker(
      .numpy, command: ["/bin/sh", "-c", #"read l; echo "{\"version\": \"$$\"}"; cat"#], threads: 1, requestLimit: 5)
    let process = try #require(pid_t(worker.version))
    #expect(kill(process, 0) == 0)
    worker.stop()
    // Dying may take a moment; a dead one that nobody takes in would stay for ever.
    let deadline = ContinuousClock.now + .seconds(20)
    while kill(process, 0) == 0, .now < deadline { usleep(1000) }
    #expect(kill(process, 0) != 0 && errno == ESRCH)
  }

  private final class Wish {
    var isThere = false
  }

  @Test func anOutputThatIsNotThereIsAnError() throws {
    let worker = try fake(Self.hello + Self.load + #"read l; echo '{"saved": true}'; cat"#)
    defer { worker.stop() }
    let item = try smallCase()
    _ = try worker.load(item)
    #expect(throws: (any Error).self) { try worker.output("w", of: item) }
  }

  /// All three of the lecture's ways against the definition, where this machine has NumPy.
  @Test(.enabled(if: hasNumPy), arguments: [1, 2])
  func numPyComputesWhatWeDo(stride: Int) throws {
    let geometry = try ConvolutionGeometry(
      input: [2, 9, 8, 3], weight: [3, 2, 3, 4],
      parameters: ConvolutionParameters(
        stride: AxisPair(stride, 1), padding: .explicit(Padding(top: 1, bottom: 0, left: 2, right: 1)),
        dilation: AxisPair(1, 2)))
    let worker = try PeerWorker(.numpy, threads: 1)
    defer { worker.stop() }
    let item = try ConvolutionCase<Double>(geometry, threads: 1)
    let found = try worker.contenders(item)
    #expect(found.map(\.name) == ["numpy-naive", "numpy-matmul", "numpy-im2col"])
    let exact = try ExactOutputs(item)
    for contender in found {
      #expect(try contender.time(2, { false }).seconds > 0)
      #expect(contender.scale == 1)
      let output = try #require(try contender.output())
      let error = try #require(try exact.error(of: output))
      #expect(error.largest < 1e-13)
    }
  }

  static let hasNumPy: Bool = {
    guard let worker = try? PeerWorker(.numpy, threads: 1) else { return false }
    worker.stop()
    return true
  }()
}
