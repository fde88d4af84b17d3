import Convolution
import Foundation

/// Starting libraries, and taking in those that are ready.
extension MeasuringRun {
  /// Starts the libraries on a number of threads, all at once, where they are not at work on it already.
  func startPeers(threads: Int) {
    for worker in workers + awaited where worker.threads != threads { worker.stop() }
    workers.removeAll { $0.threads != threads || !$0.isAlive }
    awaited.removeAll { $0.threads != threads }
    for name in request.peers where !missingPeers.contains(name) {
      guard !isCancelled(), !(workers + awaited).contains(where: { $0.name == name }) else { continue }
      do {
        awaited.append(try startPeer(name, threads))
      } catch {
        missingPeers.insert(name)
        fail(name, error)
      }
    }
  }

  /// Waits for those that start, as long as the request has patience, and says so.
  func waitForPeers() {
    let start = ContinuousClock.now
    var said = -1
    while !awaited.isEmpty, !isCancelled() {
      let spent = (ContinuousClock.now - start).inSeconds
      if let patience = request.patience, spent >= patience { return }
      if Int(spent) > said {
        said = Int(spent)
        announce(waiting(said))
      }
      takeInPeers(waiting: 0.05)
    }
  }

  private func waiting(_ seconds: Int) -> String {
    let names = awaited.map(\.name.rawValue).joined(separator: ", ")
    guard seconds > 0 else { return "starting \(names)" }
    return request.patience.map { "starting \(names), \(seconds) s of at most \(Int($0))" }
      ?? "starting \(names), \(seconds) s"
  }

  /// Takes in those that have started, waiting some seconds for the first of them, and drops those that cannot.
  ///
  /// - Returns: the new ones.
  @discardableResult
  func takeInPeers(waiting seconds: Double = 0) -> [PeerWorker] {
    var new: [PeerWorker] = []
    for (place, worker) in awaited.enumerated() where !isCancelled() {
      do {
        guard try worker.isReady(within: place == 0 ? seconds : 0) else { continue }
        report.peerVersions[worker.name] = worker.version
        new.append(worker)
      } catch {
        missingPeers.insert(worker.name)
        fail(worker.name, error)
      }
      awaited.removeAll { $0 === worker }
    }
    workers += new
    return new
  }

  /// What a library at work can do with a case.
  func contenders<E: ConvolutionElement>(of worker: PeerWorker, _ item: ConvolutionCase<E>) -> [Contender] {
    guard !isCancelled() else { return [] }
    announce("handing the numbers to \(worker.name.rawValue)")
    do {
      return try worker.contenders(item)
    } catch {
      fail(worker.name, error)
      return []
    }
  }

  /// Those that have not started by the end are given up.
  func giveUpAwaited() {
    for worker in awaited {
      worker.stop()
      missingPeers.insert(worker.name)
      fail(worker.name, MeasuringError.peer(worker.name.rawValue, "had not started when all others were measured"))
    }
    awaited = []
  }

  private func fail(_ name: PeerName, _ error: any Error) {
    guard !(error is MeasuringCancelled) else { return }
    let failure = MeasuringFailure(subject: name.rawValue, reason: "\(error)")
    if !report.failures.contains(failure) { report.failures.append(failure) }
  }
}
