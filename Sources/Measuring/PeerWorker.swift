import Convolution
import Experiments
import Foundation
import StridedTensor
import TensorFiles

/// A library in a process of its own, asked over pipes.
///
/// What it answers is not trusted: a hung or dead worker is given up after a time limit, and times that are longer than we
/// waited, or not positive, are refused.
public final class PeerWorker {
  public let name: PeerName
  public let version: String
  private let channel: LineChannel
  private let folder: URL
  /// What was loaded last, by its geometry and element type.
  private var loaded: String?

  /// Seconds that a worker may take to import its library.
  private static var startLimit: Double { 60 }
  /// Seconds that one request may take.
  private static var requestLimit: Double { 120 }

  /// Starts a worker: the user's `python3` with our script.
  ///
  /// - Throws: `MeasuringError.peer` with one line that says what is missing.
  public convenience init(_ name: PeerName, threads: Int) throws {
    try self.init(
      name, command: ["/usr/bin/env", "python3", "-u", "-c", PeerScript.text, name.rawValue, String(threads)],
      threads: threads, requestLimit: Self.requestLimit)
  }

  private let requestLimit: Double

  public init(_ name: PeerName, command: [String], threads: Int, requestLimit: Double) throws {
    self.name = name
    self.requestLimit = requestLimit
    folder = FileManager.default.temporaryDirectory.appending(path: "convscope-\(UUID().uuidString)")
    var environment = ProcessInfo.processInfo.environment
    for variable in ["OMP", "OPENBLAS", "MKL", "BLIS"] { environment["\(variable)_NUM_THREADS"] = String(threads) }
    do {
      channel = try LineChannel(command: command, environment: environment)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      throw MeasuringError.peer(name.rawValue, "cannot start python3: \(error)")
    }
    do {
      let answer = try Self.ask(
        channel, ["op": "hello"], name: name, limit: min(Self.startLimit, requestLimit))
      guard let version = answer["version"] as? String else {
        throw MeasuringError.peer(name.rawValue, "did not tell its version")
      }
      self.version = version
    } catch {
      channel.stop()
      try? FileManager.default.removeItem(at: folder)
      throw error
    }
  }

  /// Ends the process; harmless if it has ended.
  public func stop() {
    channel.stop()
    try? FileManager.default.removeItem(at: folder)
  }

  /// The worker's ways to compute a case, as contenders; and what there is to say if it has none.
  public func contenders<E: ConvolutionElement>(_ item: ConvolutionCase<E>) -> (
    contenders: [Contender], notes: [String]
  ) {
    do {
      let ways = try load(item)
      let contenders = ways.map { way in
        Contender(name: way) { [self] runs in
          // The worker holds one case at a time; measuring several shapes loads each before its rounds.
          try time(way, runs: runs)
        }
      }
      return (contenders, ways.isEmpty ? ["\(name.rawValue) has no way for this shape"] : [])
    } catch {
      return ([], ["\(error)"])
    }
  }

  /// What one of its ways computes for the case loaded last.
  public func output<E: ConvolutionElement>(_ way: String, of item: ConvolutionCase<E>) throws -> Tensor<E> {
    let path = folder.appending(path: "output.npy").path
    _ = try ask(["op": "output", "way": way, "path": path])
    let written: Tensor<E>? =
      switch try TensorFile.read(path).tensor {
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
    return try tensor.contiguous()
  }

  private func load<E: ConvolutionElement>(_ item: ConvolutionCase<E>) throws -> [String] {
    let g = item.geometry
    let input = folder.appending(path: "input.npy").path
    let weight = folder.appending(path: "weight.npy").path
    try write(item.input, input)
    try write(item.weight, weight)
    let answer = try ask([
      "op": "load", "input": input, "weight": weight, "output": g.outputShape, "groups": g.groups,
      "padding": [g.padding.top, g.padding.bottom, g.padding.left, g.padding.right],
      "stride": [g.stride.vertical, g.stride.horizontal], "dilation": [g.dilation.vertical, g.dilation.horizontal],
    ])
    guard let ways = answer["ways"] as? [String] else {
      throw MeasuringError.peer(name.rawValue, "did not tell its ways")
    }
    return ways
  }

  private func write<E: ConvolutionElement>(_ tensor: Tensor<E>, _ path: String) throws {
    if let tensor = tensor as? Tensor<Double> {
      try TensorFile.write(npy: .float64(tensor), to: path)
    } else if let tensor = tensor as? Tensor<Float> {
      try TensorFile.write(npy: .float32(tensor), to: path)
    }
  }

  private func time(_ way: String, runs: Int) throws -> Double {
    var told: Double?
    let waited = try seconds(runs: 1) {
      told = (try ask(["op": "time", "way": way, "runs": runs])["seconds"] as? NSNumber)?.doubleValue
    }
    guard let told, told > 0, told <= waited else {
      throw MeasuringError.peer(
        name.rawValue, "told a time of \(told.map { "\($0)" } ?? "nothing") s for a request of \(waited) s")
    }
    return told
  }

  private func ask(_ request: [String: Any]) throws -> [String: Any] {
    try Self.ask(channel, request, name: name, limit: requestLimit)
  }

  private static func ask(
    _ channel: LineChannel, _ request: [String: Any], name: PeerName, limit: Double
  ) throws -> [String: Any] {
    let data = try JSONSerialization.data(withJSONObject: request)
    let line: Data
    do {
      line = try channel.exchange(data, limit: limit)
    } catch let error as LineChannel.Failure {
      throw MeasuringError.peer(name.rawValue, error.description)
    }
    guard let answer = try? JSONSerialization.jsonObject(with: line) as? [String: Any] else {
      channel.stop()
      throw MeasuringError.peer(name.rawValue, "answered what is not JSON")
    }
    if let error = answer["error"] as? String { throw MeasuringError.peer(name.rawValue, error) }
    return answer
  }
}
