import Convolution
import Foundation
import Measuring
import Testing

/// Matrix products and patch matrices, timed beside libraries.
@Suite struct PeerSubjectTests {
  private func run(
    _ subject: MeasuringSubject, _ startPeer: ((PeerName, Int) throws -> PeerWorker)? = nil
  ) -> MeasuringReport {
    var request = MeasuringRequest(
      cases: [MeasuringCase(subject)], elementType: .float64, peers: [.numpy], plan: .rounds(3))
    request.plan.warmUp = 0.001
    request.plan.leadIn = 0.0005
    request.measuresCeilings = false
    guard let startPeer else { return runMeasuring(request, isCancelled: { false }) { _ in } }
    return runMeasuring(request, isCancelled: { false }, startPeer: startPeer) { _ in }
  }

  private let patches: MeasuringSubject
  private let product = MeasuringSubject.product(rows: 20, depth: 30, columns: 10)

  init() throws {
    let padding = ConvolutionParameters(
      stride: AxisPair(2, 1), padding: .explicit(Padding(top: 1, bottom: 0, left: 2, right: 1)),
      dilation: AxisPair(1, 2),
      groups: 2)
    patches = .patchCopy(try ConvolutionGeometry(input: [2, 9, 8, 4], weight: [3, 2, 2, 4], parameters: padding))
  }

  @Test(.enabled(if: PeerWorkerTests.hasNumPy)) func numPyCopiesAndMultipliesBesideUs() throws {
    for (subject, names) in [(patches, ["patches", "memcpy", "numpy-copy"]), (product, ["product", "numpy"])] {
      let report = run(subject)
      #expect(report.failures.isEmpty, "\(report.failures)")
      let rows = report.cases[0].contenders
      #expect(rows.map(\.name) == names)
      #expect(rows.allSatisfy { $0.samples.count == 3 && $0.error == nil && ($0.gigaflops ?? $0.gigabytes ?? 0) > 0 })
      // Each is held to the same work.
      #expect(Set(rows.map(\.work.directOperations)).count == 1)
      #expect(rows.count == 2 || Set(rows.map(\.work.traffic?.bytes)).count == 1)
    }
  }

  /// What the worker is handed: the kind of subject, and files only where there are numbers of ours.
  @Test func theWorkerIsToldWhatItIs() {
    let hello = #"read l; echo '{"version": "1"}'; read l; "#
    let way = #"echo '{"ways": ["w"]}'; while read l; do echo '{"seconds": 1e-9}'; done"#
    func fake(_ pattern: String) -> (PeerName, Int) throws -> PeerWorker {
      { name, threads in
        try PeerWorker(
          name, command: ["/bin/sh", "-c", "\(hello) case \"$l\" in \(pattern)) \(way);; *) echo '{}';; esac"],
          threads: threads, requestLimit: 5)
      }
    }
    let words = #"*'"subject":"patches"'*"#
    #expect(run(patches, fake(words)).failures.isEmpty)
    #expect(run(product, fake(words)).failures.map(\.description) == ["numpy: did not tell its ways"])
    #expect(run(product, fake(#"*'"sizes":[20,30,10]'*"#)).failures.isEmpty)
    #expect(run(product, fake(#"*'"dtype":"float64"'*"#)).failures.isEmpty)
    #expect(run(product, fake("*npy*")).failures.count == 1)
  }
}
