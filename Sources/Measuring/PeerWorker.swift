import Convolution
import Experiments
import Foundation
import StridedTensor
import Synchronization
import TensorFiles

/// A library in a process of its own, asked over pipes.
///
/// What it answers is not trusted: a hung or dead worker is given up after a time limit, and times that are longer than we
/// waited, or not positive, are refused.
public final class PeerWorker {
  public let name: PeerName
  public let threads: Int
  public private(set) var version = ""
  private let channel: LineChannel
  private let folder: URL
  private let requestLimit: Double
  private let started = ContinuousClock.now
  /// The wish to stop, asked while waiting for an answer.
  private let isCancelled: () -> Bool

  /// What the living workers keep their arrays in.
  private static let folders = Mutex<Set<URL>>([])

  /// Seconds that a worker may take to import its library.
  private static var startLimit: Double { 60 }
  /// Seconds that one request may take.
  private static var requestLimit: Double { 120 }

  /// Starts a worker, the user's `python3` with our script, and waits until it is ready.
  ///
  /// - Throws: `MeasuringError.peer` with one line that says what is missing.
  public convenience init(_ name: PeerName, threads: Int, isCancelled: @escaping () -> Bool = { false }) throws {
    try self.init(starting: name, threads: threads, isCancelled: isCancelled)
    try waitUntilReady()
  }

  /// Starts a worker of another command, which speaks the same lines, and waits until it is ready.
  public convenience init(
    _ name: PeerName, command: [String], threads: Int, requestLimit: Double,
    isCancelled: @escaping () -> Bool = { false }
  ) throws {
    try self.init(
      starting: name, command: command, threads: threads, requestLimit: requestLimit, isCancelled: isCancelled)
    try waitUntilReady()
  }

  /// Starts a worker of the user's `python3` and does not wait for it: `isReady` tells when it can be asked.
  public convenience init(
    starting name: PeerName, threads: Int, isCancelled: @escaping () -> Bool = { false }
  ) throws {
    try self.init(
      starting: name,
      command: ["/usr/bin/env", "python3", "-u", "-c", PeerScript.text, name.rawValue, String(threads)],
      threads: threads, requestLimit: Self.requestLimit, isCancelled: isCancelled)
  }

  /// The same of another command, which speaks the same lines.
  public init(
    starting name: PeerName, command: [String], threads: Int, requestLimit: Double,
    isCancelled: @escaping () -> Bool = { false }
  ) throws {
    self.name = name
    self.threads = threads
    self.requestLimit = requestLimit
    self.isCancelled = isCancelled
    folder = FileManager.default.temporaryDirectory.appending(path: "convscope-\(UUID().uuidString)")
    var environment = ProcessInfo.processInfo.environment
    for variable in ["OMP", "OPENBLAS", "MKL", "BLIS"] { environment["\(variable)_NUM_THREADS"] = String(threads) }
    // Their threads may spin between two calls, not through the next contender's turn: 2²² cycles, not 2²⁶; 1 ms, not 200.
    for (variable, value) in ["OPENBLAS_THREAD_TIMEOUT": "22", "KMP_BLOCKTIME": "1"] where environment[variable] == nil
    {
      environment[variable] = value
    }
    do {
      channel = try LineChannel(command: command, environment: environment)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      Self.folders.withLock { [folder] in _ = $0.insert(folder) }
    } catch {
      throw MeasuringError.peer(name.rawValue, "cannot start python3: \(error)")
    }
    do {
      try channel.begin(JSONSerialization.data(withJSONObject: ["op": "hello"]), limit: requestLimit)
    } catch let error as LineChannel.Failure {
      stop()
      throw MeasuringError.peer(name.rawValue, error.description)
    }
  }

  /// Seconds that it may take to start.
  private var startLimit: Double { min(Self.startLimit, requestLimit) }

  private func waitUntilReady() throws {
    guard try isReady(within: startLimit) else {
      stop()
      throw MeasuringError.peer(name.rawValue, LineChannel.Failure.hung(startLimit).description)
    }
  }

  /// Whether it has said hello; waits some seconds for that.
  ///
  /// - Throws: `MeasuringError.peer` if it says anything else, has ended, or has taken too long altogether.
  public func isReady(within seconds: Double) throws -> Bool {
    guard version.isEmpty else { return true }
    do {
      guard let line = try answering({ try channel.answer(within: seconds, isCancelled: isCancelled) }) else {
        guard (ContinuousClock.now - started).inSeconds < startLimit else {
          throw MeasuringError.peer(name.rawValue, LineChannel.Failure.hung(startLimit).description)
        }
        return false
      }
      guard let version = try content(of: line)["version"] as? String, !version.isEmpty else {
        throw MeasuringError.peer(name.rawValue, "did not tell its version")
      }
      self.version = String(version.prefix(40))
      return true
    } catch {
      stop()
      throw error
    }
  }

  deinit { stop() }

  /// Ends the process; harmless if it has ended.
  public func stop() {
    channel.stop()
    try? FileManager.default.removeItem(at: folder)
    Self.folders.withLock { [folder] in _ = $0.remove(folder) }
  }

  /// Whether it still answers.
  public var isAlive: Bool { !channel.isStopped }

  /// Kills all workers, whichever thread waits for them: for a program that ends.
  public static func endAll() {
    LineChannel.killAll()
    folders.withLock { for folder in $0 { try? FileManager.default.removeItem(at: folder) } }
  }

  /// One way of a library to compute a convolution.
  public struct Way: Hashable, Sendable {
    public let name: String
    /// How many times the part that it times stands for the whole.
    public let scale: Double
    public let part: String?
  }

  /// Hands a case to the worker, which holds one at a time, and asks for its ways.
  public func load<E: ConvolutionElement>(_ item: ConvolutionCase<E>) throws -> [Way] {
    let g = item.geometry
    let input = folder.appending(path: "input.npy").path
    let weight = folder.appending(path: "weight.npy").path
    try TensorFile.write(npy: E.erased(item.input), to: input)
    try TensorFile.write(npy: E.erased(item.weight), to: weight)
    let answer = try ask([
      "op": "load", "input": input, "weight": weight, "output": g.outputShape, "groups": g.groups,
      "padding": [g.padding.top, g.padding.bottom, g.padding.left, g.padding.right],
      "stride": [g.stride.vertical, g.stride.horizontal], "dilation": [g.dilation.vertical, g.dilation.horizontal],
    ])
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

  /// Runs a way as often as said.
  public func time(_ way: String, runs: Int) throws -> Timing {
    var answer: [String: Any] = [:]
    let waited = try seconds(runs: 1) { answer = try ask(["op": "time", "way": way, "runs": runs]) }
    let told = (answer["seconds"] as? NSNumber)?.doubleValue
    guard let told, told > 0, told <= waited else {
      throw MeasuringError.peer(
        name.rawValue, "told a time of \(told.map { "\($0)" } ?? "nothing") s for a request of \(waited) s")
    }
    let lost = (answer["waited"] as? NSNumber)?.doubleValue ?? 0
    return Timing(told, waited: lost >= 0 && lost.isFinite ? lost : 0)
  }

  private func ask(_ request: [String: Any]) throws -> [String: Any] {
    let data = try JSONSerialization.data(withJSONObject: request)
    return try content(
      of: try answering { try channel.exchange(data, limit: requestLimit, isCancelled: isCancelled) })
  }

  /// What goes wrong in the channel, as what goes wrong with this library.
  private func answering<Answer>(_ body: () throws -> Answer) throws -> Answer {
    do {
      return try body()
    } catch LineChannel.Failure.cancelled {
      throw MeasuringCancelled()
    } catch let error as LineChannel.Failure {
      throw MeasuringError.peer(name.rawValue, error.description)
    }
  }

  private func content(of line: Data) throws -> [String: Any] {
    guard let answer = try? JSONSerialization.jsonObject(with: line) as? [String: Any] else {
      channel.stop()
      throw MeasuringError.peer(name.rawValue, "answered what is not JSON")
    }
    if let error = answer["error"] as? String {
      throw MeasuringError.peer(name.rawValue, Self.oneLine(error))
    }
    return answer
  }

  /// What a worker says goes on the user's screen: no line breaks, no control characters, not too long.
  private static func oneLine(_ text: String) -> String {
    String(text.unicodeScalars.prefix(200).map { $0.properties.generalCategory == .control ? " " : Character($0) })
  }
}
