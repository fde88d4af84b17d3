import Foundation

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Watches what else goes on in the machine while samples are taken.
public protocol MachineWatch: AnyObject {
  /// Called before and after each sample, by the thread that takes it.
  func beginSample(threads: Int)
  /// Why the sample that began last is not to be trusted.
  ///
  /// `waited` are the seconds that the contender itself says it waited for a processor, for those in other processes.
  func endSample(seconds: Double, threads: Int, waited: Double?) -> [Taint]
  /// Called between rounds: the clock's speed by a probe, in any unit; nil where it has none.
  func probeClock() -> Double?
  /// The status line so far, but for the clock and the counts of samples.
  var conditions: MeasuringConditions { get }
}

/// The watch over this machine: what Linux tells of waiting, switches and steal; elsewhere only what POSIX does.
final class SystemWatch: MachineWatch {
  /// A share of a sample's time that may be lost before the sample is marked, and seconds that always may.
  private static let allowedShare = 0.01
  private static let allowedSeconds = 20e-6

  private let own = ThreadSchedule(path: "/proc/thread-self/schedstat")
  private var helpers: [ThreadSchedule] = []
  private let status = ProcFile("/proc/thread-self/status", length: 4096)
  private let steal = StealCounter()
  private var stolenAtStart: Double?
  private var waitedBefore = 0.0
  private var switchesBefore = 0
  private var stolenBefore: Double?
  private var began = ContinuousClock.now
  private(set) var conditions = MeasuringConditions()
  private let probe: () -> Double

  /// - Parameter probe: the clock's speed.
  init(probe: @escaping () -> Double) {
    self.probe = probe
    conditions.processors = ProcessInfo.processInfo.activeProcessorCount
    conditions.allowedProcessors = status.field("Cpus_allowed_list:").map(Self.processors) ?? []
    stolenAtStart = steal.seconds
    if own.waited != nil { conditions.waitedSeconds = 0 }
    conditions.involuntarySwitches = switches().map { _ in 0 }
  }

  func beginSample(threads: Int) {
    stolenBefore = steal.seconds
    began = .now
    switchesBefore = switches() ?? 0
    waitedBefore = waited(threads: threads)
  }

  func endSample(seconds: Double, threads: Int, waited told: Double?) -> [Taint] {
    let waited = told ?? (waited(threads: threads) - waitedBefore)
    let switches = (switches() ?? 0) - switchesBefore
    let elapsed = max((ContinuousClock.now - began).inSeconds, seconds)
    var taints: [Taint] = []
    if waited > max(elapsed * Self.allowedShare, Self.allowedSeconds), elapsed > 0 {
      taints.append(.waited(share: min(waited / elapsed, 1)))
    } else if own.waited == nil, switches > 0 {
      taints.append(.switched(switches))
    }
    if let before = stolenBefore, let now = steal.seconds, now > before, elapsed > 0 {
      let share = min((now - before) / (elapsed * Double(max(conditions.processors, 1))), 1)
      if share > Self.allowedShare { taints.append(.stolen(share: share)) }
      conditions.stolenSeconds = now - (stolenAtStart ?? now)
    } else if let now = steal.seconds {
      conditions.stolenSeconds = now - (stolenAtStart ?? now)
    }
    if conditions.waitedSeconds != nil { conditions.waitedSeconds? += max(waited, 0) }
    if conditions.involuntarySwitches != nil { conditions.involuntarySwitches? += switches }
    return taints
  }

  func probeClock() -> Double? {
    helpers = ThreadSchedule.helpers()
    return probe()
  }

  /// The numbers of a list like `0-3,8`.
  private static func processors(_ list: String) -> [Int] {
    list.split(separator: ",").flatMap { part -> [Int] in
      let ends = part.split(separator: "-").compactMap { Int($0) }
      guard let first = ends.first, let last = ends.last, first <= last, last < 1 << 16 else { return [] }
      return Array(first...last)
    }
  }

  /// Seconds that the threads at work have waited so far.
  private func waited(threads: Int) -> Double {
    let others = threads > 1 ? helpers : []
    return (own.waited ?? 0) + others.reduce(0) { $0 + ($1.waited ?? 0) }
  }

  /// Involuntary context switches of this thread; nil where the system does not tell.
  private func switches() -> Int? { status.field("nonvoluntary_ctxt_switches:").flatMap { Int($0) } }
}

/// A small file of the system that is read again and again.
private final class ProcFile {
  private let descriptor: Int32
  private let length: Int

  init(_ path: String, length: Int) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC)
    self.length = length
  }

  deinit { if descriptor >= 0 { close(descriptor) } }

  /// Nil where there is no such file.
  var text: String? {
    guard descriptor >= 0 else { return nil }
    let bytes = [UInt8](unsafeUninitializedCapacity: length) { buffer, count in
      count = max(pread(descriptor, buffer.baseAddress, length, 0), 0)
    }
    return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
  }

  /// What stands behind a name at the beginning of a line.
  func field(_ name: String) -> String? {
    guard let text, let start = text.range(of: name) else { return nil }
    return text[start.upperBound...].prefix { $0 != "\n" }.trimmingCharacters(in: .whitespaces)
  }
}

/// How long one thread has been ready to run without a processor.
private struct ThreadSchedule {
  private let file: ProcFile

  init(path: String) { file = ProcFile(path, length: 96) }

  /// Seconds; nil where the system does not tell.
  var waited: Double? {
    guard let words = file.text?.split(whereSeparator: \.isWhitespace), words.count >= 2 else { return nil }
    return Double(words[1]).map { $0 * 1e-9 }
  }

  /// The process's other threads, but for the first, which draws the screen where there is one.
  static func helpers() -> [ThreadSchedule] {
    let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/thread-self"))?.split(separator: "/")
      .last
    let names = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")) ?? []
    return names.filter { $0 != own.map(String.init) && $0 != "\(getpid())" }.prefix(64).map {
      ThreadSchedule(path: "/proc/self/task/\($0)/schedstat")
    }
  }
}

/// Time of all processors that a hypervisor gave to others.
private struct StealCounter {
  private let file = ProcFile("/proc/stat", length: 256)
  private let ticksPerSecond = Double(max(sysconf(Int32(_SC_CLK_TCK)), 1))

  /// Nil where the system does not tell.
  var seconds: Double? {
    // cpu user nice system idle iowait irq softirq steal
    guard let words = file.text?.prefix(while: { $0 != "\n" }).split(separator: " "), words.count > 8 else {
      return nil
    }
    return Double(words[8]).map { $0 / ticksPerSecond }
  }
}
