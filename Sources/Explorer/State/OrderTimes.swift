import Convolution
import Experiments
import StridedTensor

/// What making NCHW out of the experiment's input really takes: the permute, and the copy that puts the bytes in order.
public struct OrderTimes: Hashable, Sendable {
  /// Seconds for a permuted view: a new shape and new strides, no element looked at.
  public var permute: Double
  /// Seconds for the contiguous copy of that view, the shortest of several; nil for a tensor too large to copy here.
  public var copy: Double?

  public init(permute: Double, copy: Double?) {
    self.permute = permute
    self.copy = copy
  }

  /// Elements beyond which no copy is made only to be timed.
  static let mostElements = 1 << 26

  /// Times both.
  ///
  /// - Parameter now: a clock that never goes back, in seconds.
  public init?(of experiment: Experiment, now: () -> Double) {
    switch experiment.input {
    case .float32(let tensor): self.init(of: tensor, now: now)
    case .float64(let tensor): self.init(of: tensor, now: now)
    default: return nil
    }
  }

  private init?<Element: TensorElement>(of input: Tensor<Element>, now: () -> Double) {
    guard input.count <= Self.mostElements else {
      guard let permute = Self.permuteTime(input, now) else { return nil }
      self.init(permute: permute, copy: nil)
      return
    }
    guard let source = try? input.contiguous(), let permute = Self.permuteTime(source, now),
      let view = try? source.permuted(AxisOrder.nchwFromNHWC)
    else { return nil }
    var shortest = Double.infinity
    let start = now()
    for _ in 0..<100 {
      let before = now()
      guard let copy = try? view.copied() else { return nil }
      let after = now()
      // The copy must exist until its time has been taken.
      withExtendedLifetime(copy) { shortest = min(shortest, after - before) }
      if after - start > 0.1 { break }
    }
    self.init(permute: permute, copy: shortest)
  }

  /// One permute is shorter than the clock's step: the mean of a batch, the shortest of several.
  private static func permuteTime<Element: TensorElement>(_ tensor: Tensor<Element>, _ now: () -> Double) -> Double? {
    let batch = 1000
    var shortest = Double.infinity
    for _ in 0..<10 {
      var last = 0
      let before = now()
      for _ in 0..<batch {
        guard let view = try? tensor.permuted(AxisOrder.nchwFromNHWC) else { return nil }
        last &+= view.strides[1]
      }
      let after = now()
      guard last != .min else { return nil }
      shortest = min(shortest, (after - before) / Double(batch))
    }
    return shortest
  }

  /// `210 ns`, `3.4 µs`, `12 ms`.
  static func text(_ seconds: Double) -> String {
    guard seconds.isFinite, seconds >= 0 else { return "?" }
    let units: [(Double, String)] = [(1, "s"), (1e-3, "ms"), (1e-6, "µs"), (1e-9, "ns")]
    let (size, unit) = units.first { seconds >= $0.0 } ?? (1e-9, "ns")
    let value = seconds / size
    let tenths = value < 10 ? (value * 10).rounded() / 10 : value.rounded()
    return (tenths == tenths.rounded() ? String(Int(tenths)) : String(tenths)) + " \(unit)"
  }
}
