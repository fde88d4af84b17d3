import Convolution
import Experiments
import Foundation
import StridedTensor
import Synchronization
import TensorFiles

/// A library in a process of its own, asked over pipes.
///
/// What it answers is not trusted: a hung or dead worker is given up after a time limit, and times that are longer than we
/// waited, or not positive, are refused. Nobody need wait for a slow answer: it can be fetched later (`isReady`,
/// `contenders(within:)`, `isLate`).
public final class PeerWorker {
  public let name: PeerName
  public let threads: Int
  public private(set) var version = ""
  let channel: LineChannel
  let folder: URL
  /// Seconds that one request may take.
  let requestLimit: Double
  /// Seconds that all others wait for the answer to a request, beyond those that are expected of it.
  let patience: Double
  let started = ContinuousClock.now
  /// The request whose answer has not been fetched yet.
  var owed: Owed?
  /// Seconds that a first call of the case loaded last may well take, and those that a run of each way took at least.
  var expected = (first: 0.0, ways: [String: Double]())
  /// Why it is asked nothing more.
  var failure: MeasuringError?
  /// The wish to stop, asked while waiting for an answer.
  let isCancelled: () -> Bool

  /// What the living workers keep their arrays in.
  private static let folders = Mutex<Set<URL>>([])

  /// Seconds that a worker may take to import its library.
  private static var startLimit: Double { 60 }
  /// Seconds that one request may take.
  private static var requestLimit: Double { 120 }
  private static var patience: Double { 2 }

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
    let folder = Self.newFolder()
    try self.init(
      starting: name,
      command: ["/usr/bin/env", "python3", "-u", "-c", PeerScript.text, name.rawValue, String(threads), folder.path],
      threads: threads, requestLimit: Self.requestLimit, folder: folder, isCancelled: isCancelled)
  }

  /// The same of another command, which speaks the same lines.
  ///
  /// - Parameters:
  ///   - name: the library that it stands for.
  ///   - command: the program and its arguments.
  ///   - threads: how many threads it is told to use.
  ///   - requestLimit: seconds that any request may take.
  ///   - patience: seconds that all others wait for an answer; nil for two.
  ///   - folder: what is made for its arrays; nil for a new one among the temporary files.
  ///   - isCancelled: the wish to stop, asked while waiting for an answer.
  public init(
    starting name: PeerName, command: [String], threads: Int, requestLimit: Double, patience: Double? = nil,
    folder: URL? = nil, isCancelled: @escaping () -> Bool = { false }
  ) throws {
    self.name = name
    self.threads = threads
    self.requestLimit = requestLimit
    self.patience = patience ?? Self.patience
    self.isCancelled = isCancelled
    let folder = folder ?? Self.newFolder()
    self.folder = folder
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

  private static func newFolder() -> URL {
    FileManager.default.temporaryDirectory.appending(path: "convscope-\(UUID().uuidString)")
  }

  /// Seconds that it may take to start.
  var startLimit: Double { min(Self.startLimit, requestLimit) }

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

  /// What goes wrong in the channel, as what goes wrong with this library.
  func answering<Answer>(_ body: () throws -> Answer) throws -> Answer {
    do {
      return try body()
    } catch LineChannel.Failure.cancelled {
      throw MeasuringCancelled()
    } catch let error as LineChannel.Failure {
      throw MeasuringError.peer(name.rawValue, error.description)
    }
  }

  func content(of line: Data) throws -> [String: Any] {
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
