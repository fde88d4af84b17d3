import Convolution
import Foundation

/// Starting libraries, handing them the numbers, and taking in those that are ready.
///
/// None of it is waited for longer than the request has patience: ours are measured meanwhile.
extension MeasuringRun {
  /// Starts the libraries on a number of threads, all at once; those at work on it already are to take another case.
  func startPeers(threads: Int) {
    for worker in workers + awaited where worker.threads != threads || worker.owed != nil { worker.stop() }
    awaited = (workers + awaited).filter { $0.threads == threads && $0.isAlive }
    workers = []
    for name in request.peers where !missingPeers.contains(name) {
      guard !isCancelled(), !awaited.contains(where: { $0.name == name }) else { continue }
      do {
        awaited.append(try startPeer(name, threads))
      } catch {
        missingPeers.insert(name)
        fail(name, error)
      }
    }
  }

  /// Waits for those that start and load, as long as the request has patience, and says so.
  func waitForPeers<E: ConvolutionElement>(_ subject: PeerSubject<E>) -> [Contender] {
    let start = ContinuousClock.now
    var said = -1
    var found: [Contender] = []
    while !awaited.isEmpty, !isCancelled() {
      let spent = (ContinuousClock.now - start).inSeconds
      if let patience = request.patience, spent >= patience { break }
      if Int(spent) > said {
        said = Int(spent)
        announce(waiting(said))
      }
      found += takeInPeers(subject, waiting: 0.05)
    }
    // In the request's order, whoever was ready first.
    return request.peers.flatMap { name in found.filter { $0.kind == .peer(name) } }
  }

  private func waiting(_ seconds: Int) -> String {
    let names = awaited.map(\.name.rawValue).joined(separator: ", ")
    guard seconds > 0 else { return "starting \(names)" }
    return request.patience.map { "starting \(names), \(seconds) s of at most \(Int($0))" }
      ?? "starting \(names), \(seconds) s"
  }

  /// Hands the subject to those that have started, takes in those that have it, waiting some seconds for the first of them, and
  /// drops those that cannot.
  ///
  /// - Returns: what the new ones can do with it.
  func takeInPeers<E: ConvolutionElement>(_ subject: PeerSubject<E>, waiting seconds: Double = 0) -> [Contender] {
    var found: [Contender] = []
    for (place, worker) in awaited.enumerated() where !isCancelled() {
      let seconds = place == 0 ? seconds : 0
      do {
        guard try worker.isReady(within: seconds) else { continue }
        report.peerVersions[worker.name] = worker.version
        if worker.owed == nil {
          announce("handing the numbers to \(worker.name.rawValue)")
          try worker.beginLoading(subject)
        }
        // Most answer at once.
        guard let ways = try worker.contenders(subject, within: max(seconds, 0.02)) else { continue }
        found += ways
      } catch {
        // One that has started may do better with another case.
        if worker.version.isEmpty { missingPeers.insert(worker.name) }
        fail(worker.name, error)
      }
      awaited.removeAll { $0 === worker }
      if worker.isAlive { workers.append(worker) }
    }
    return found
  }

  /// Those that are not ready by the end are given up.
  func giveUpAwaited() {
    for worker in awaited {
      let what = worker.version.isEmpty ? "started" : "taken the numbers"
      worker.stop()
      missingPeers.insert(worker.name)
      fail(worker.name, MeasuringError.peer(worker.name.rawValue, "had not \(what) when all others were measured"))
    }
    awaited = []
  }

  /// So are those that owe an answer.
  func giveUpLate(_ rounds: InterleavedRounds) {
    for worker in workers where worker.owed != nil { worker.stop() }
    rounds.giveUpLate(because: "had not answered when all others were measured")
  }

  /// Libraries that have not answered yet, and how much longer they will be waited for.
  ///
  /// - Parameter secondsLeft: those after which measuring ends without them.
  func silences(secondsLeft: Double) -> [PeerSilence] {
    (awaited + workers).compactMap(\.silence).map { silence in
      var silence = silence
      silence.limit = min(silence.limit, silence.seconds + max(secondsLeft, 0))
      return silence
    }
  }

  private func fail(_ name: PeerName, _ error: any Error) {
    guard !(error is MeasuringCancelled) else { return }
    let failure = MeasuringFailure(subject: name.rawValue, reason: "\(error)")
    guard !report.failures.contains(failure) else { return }
    // In the request's order, whoever failed first.
    let later = request.peers.drop { $0 != name }.dropFirst().map(\.rawValue)
    let place = report.failures.firstIndex { later.contains($0.subject) } ?? report.failures.endIndex
    report.failures.insert(failure, at: place)
  }
}
