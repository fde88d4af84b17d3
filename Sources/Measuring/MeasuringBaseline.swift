import Convolution
import Foundation

/// An earlier run, to be put beside a new one: what `bench --json` and the explorer write.
public struct MeasuringBaseline: Sendable {
  /// What is told apart: the same way on the same subject, type and threads.
  private struct Key: Hashable {
    let subject: MeasuringSubject
    let contender: String
    let threads: Int
    let elementType: String
  }

  /// Seconds: the median and its 95 % interval.
  public struct Entry: Hashable, Sendable {
    public let median: Double
    public let low: Double
    public let high: Double
  }

  private let entries: [Key: Entry]

  /// The largest file that is read.
  public static let mostBytes = 256 << 20

  /// Reads what was written.
  ///
  /// - Throws: `MeasuringError.baseline` if it is no such file.
  public init(json: Data, file: String) throws(MeasuringError) {
    func bad(_ reason: String) -> MeasuringError { .baseline(file, reason) }
    guard json.count <= Self.mostBytes else { throw bad("larger than \(Self.mostBytes >> 20) MiB") }
    guard let object = try? JSONSerialization.jsonObject(with: json) as? [String: Any],
      let results = object["results"] as? [[String: Any]]
    else { throw bad("expected the JSON that bench --json writes, with its results") }
    var entries: [Key: Entry] = [:]
    for result in results {
      guard let subject = Self.subject(result), let name = result["algorithm"] as? String,
        let threads = result["threads"] as? Int,
        let type = result["dtype"] as? String, let entry = Self.entry(result)
      else { continue }
      entries[Key(subject: subject, contender: name, threads: threads, elementType: type)] = entry
    }
    guard !entries.isEmpty else { throw bad("it has no times") }
    self.entries = entries
  }

  /// What a row was measured on.
  private static func subject(_ result: [String: Any]) -> MeasuringSubject? {
    func geometry(_ name: String) -> ConvolutionGeometry? {
      (result[name] as? String).flatMap { try? ShapeSpecification($0) }?.geometry
    }
    if let convolution = geometry(MeasuringSubject.convolutionWord) { return .convolution(convolution) }
    if let patches = geometry(MeasuringSubject.patchCopyWord) { return .patchCopy(patches) }
    let sizes = (result[MeasuringSubject.productWord] as? String)?.split(separator: ",").compactMap { Int($0) } ?? []
    return sizes.count == 3 ? .product(rows: sizes[0], depth: sizes[1], columns: sizes[2]) : nil
  }

  /// The median and its interval as they stand there, or worked out from the times.
  private static func entry(_ result: [String: Any]) -> Entry? {
    func number(_ value: Any?) -> Double? {
      (value as? NSNumber).map(\.doubleValue).flatMap { $0.isFinite && $0 > 0 ? $0 : nil }
    }
    guard let median = number(result["median_s"]) else { return nil }
    if let interval = result["median_interval_s"] as? [Any], interval.count == 2, let low = number(interval[0]),
      let high = number(interval[1]), low <= high
    {
      return Entry(median: median, low: low, high: high)
    }
    let times = (result["times_s"] as? [Any] ?? []).compactMap(number)
    guard let estimate = Bootstrap(seed: 0).estimates([times], reference: nil)[0] else { return nil }
    return Entry(median: median, low: estimate.medianLow, high: estimate.medianHigh)
  }

  /// The same way of the earlier run; nil if it was not measured then.
  public func entry(for contender: ContenderReport, of measured: MeasuringCase, elementType: String) -> Entry? {
    entries[
      Key(
        subject: measured.subject, contender: contender.name, threads: contender.threads, elementType: elementType)]
  }
}

extension MeasuringBaseline.Entry {
  /// The earlier time over the new one: above 1 the new run is faster.
  ///
  /// The two runs know nothing of each other, so the widths of their intervals are added in squares, in logarithms.
  public func ratio(to statistics: SampleStatistics) -> RatioEstimate? {
    guard statistics.median > 0, statistics.medianLow > 0, low > 0 else { return nil }
    func width(_ one: Double, _ other: Double) -> Double {
      (log(one) * log(one) + log(other) * log(other)).squareRoot()
    }
    let ratio = median / statistics.median
    return RatioEstimate(
      ratio: ratio, low: ratio * exp(-width(median / low, statistics.medianHigh / statistics.median)),
      high: ratio * exp(width(high / median, statistics.median / statistics.medianLow)))
  }
}
