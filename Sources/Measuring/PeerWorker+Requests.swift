import Convolution
import Foundation
import MatrixMultiply
import StridedTensor
import TensorFiles

/// What a worker is asked: to take a case, to run a way of its, to tell what it computed.
extension PeerWorker {
  /// One way of a library to compute what it was handed.
  public struct Way: Hashable, Sendable {
    public let name: String
    /// How many times the part that it times stands for the whole.
    public let scale: Double
    public let part: String?
  }

  /// Hands a convolution to the worker, which holds one subject at a time, and asks for its ways.
  public func load<E: ConvolutionElement>(_ item: ConvolutionCase<E>) throws -> [Way] {
    try beginLoading(PeerSubject.convolution(item))
    guard let ways = try loadedWays(within: owed?.limit ?? requestLimit) else { throw giveUp() }
    return ways
  }

  /// Hands a subject to the worker; `loadedWays` tells what came of it.
  func beginLoading<E: ConvolutionElement>(_ subject: PeerSubject<E>) throws {
    var request: [String: Any] = ["op": "load"]
    for (name, tensor) in subject.arrays {
      let path = folder.appending(path: "\(name).npy").path
      try unlessCancelled { () throws(TensorFileError) in
        try TensorFile.write(npy: E.erased(tensor), to: path, isKept: false, isCancelled: isCancelled)
      }
      request[name] = path
    }
    expected = (subject.expectedSeconds, [:])
    // 50 MB are read a second.
    try begin(
      .loading, request.merging(subject.words) { own, _ in own }, limit: Self.lateLimit + subject.preparedBytes / 50e6)
  }

  private func unlessCancelled<Result>(_ body: () throws(TensorFileError) -> Result) throws -> Result {
    do { return try body() } catch .cancelled { throw MeasuringCancelled() }
  }

  /// The ways of the subject that was handed over; nil if they have not come within some seconds.
  func loadedWays(within seconds: Double) throws -> [Way]? {
    guard let answer = try owedAnswer(within: seconds) else { return nil }
    guard let names = answer["ways"] as? [String] else {
      throw MeasuringError.peer(name.rawValue, "did not tell its ways")
    }
    let parts = answer["parts"] as? [String: [String: Any]] ?? [:]
    return try names.map { way in
      guard let part = parts[way] else { return Way(name: way, scale: 1, part: nil) }
      guard let scale = (part["scale"] as? NSNumber)?.doubleValue, scale >= 1, scale.isFinite else {
        throw MeasuringError.peer(name.rawValue, "did not tell how much of \(way) it runs")
      }
      return Way(name: way, scale: scale, part: (part["words"] as? String).map { String($0.prefix(60)) })
    }
  }

  /// What one of its ways computes for the case loaded last.
  public func output<E: ConvolutionElement>(_ way: String, of item: ConvolutionCase<E>) throws -> Tensor<E> {
    let path = folder.appending(path: "output.npy").path
    let bytes = Double(item.geometry.outputCount * E.elementType.itemSize)
    let limit = Self.lateLimit + expected.first + bytes / 50e6
    try begin(.timing, ["op": "output", "way": way, "path": path], limit: limit)
    guard try owedAnswer(within: limit) != nil else { throw giveUp() }
    let file = try unlessCancelled { () throws(TensorFileError) in
      try TensorFile.read(path, isCancelled: isCancelled)
    }
    let written: Tensor<E>? =
      switch file.tensor {
      case .float32(let tensor): tensor as? Tensor<E>
      case .float64(let tensor): tensor as? Tensor<E>
      default: nil
      }
    guard let tensor = written else {
      throw MeasuringError.peer(name.rawValue, "expected an output of \(E.elementType.rawValue)")
    }
    guard tensor.shape == item.geometry.outputShape else {
      throw MeasuringError.peer(
        name.rawValue, "expected an output of \(item.geometry.outputShape), got \(tensor.shape)")
    }
    return try tensor.contiguousInPieces()
  }

  /// Runs a way as often as said.
  ///
  /// - Throws: `ContenderIsLate` if the answer has not come after what such runs took before and some patience: `isLate` tells
  ///   when it has.
  public func time(_ way: String, runs: Int) throws -> Timing {
    let expected = expected.ways[way].map { 5 * $0 * Double(runs) } ?? expected.first
    var answer: [String: Any]?
    let waited = try seconds(runs: 1) {
      try begin(.timing, ["op": "time", "way": way, "runs": runs], limit: expected + patience + Self.lateLimit)
      answer = try owedAnswer(within: min(expected + patience, requestLimit))
    }
    guard let answer else { throw ContenderIsLate() }
    let told = (answer["seconds"] as? NSNumber)?.doubleValue
    guard let told, told > 0, told <= waited else {
      throw MeasuringError.peer(
        name.rawValue, "told a time of \(told.map { "\($0)" } ?? "nothing") s for a request of \(waited) s")
    }
    self.expected.ways[way] = min(self.expected.ways[way] ?? .infinity, told / Double(max(runs, 1)))
    let lost = (answer["waited"] as? NSNumber)?.doubleValue ?? 0
    return Timing(told, waited: lost >= 0 && lost.isFinite ? lost : 0)
  }
}
