/// How fast a walk plays, said in words.
public enum Speed: Hashable, Sendable {
  case stepsPerSecond(Double)
  /// All steps of the walk in so many seconds.
  case wholeRun(seconds: Double)

  static let ladder: [Speed] =
    [0.5, 1, 2, 5, 10, 30].map(Speed.stepsPerSecond) + [60, 30, 16, 8, 4, 2].map { .wholeRun(seconds: $0) }

  /// Slow enough to read for what is short, a whole pass in 8 seconds for a picture.
  static func natural(steps: Int) -> Speed { steps > 200 ? .wholeRun(seconds: 8) : .stepsPerSecond(2) }

  var inWords: String {
    switch self {
    case .stepsPerSecond(let rate) where rate < 1: "a step every \(Speed.number(1 / rate)) seconds"
    case .stepsPerSecond(let rate): rate == 1 ? "a step a second" : "\(Speed.number(rate)) steps a second"
    case .wholeRun(let seconds): "whole run in \(Speed.number(seconds)) s"
    }
  }

  func rate(steps: Int) -> Double {
    switch self {
    case .stepsPerSecond(let rate): rate
    case .wholeRun(let seconds): Double(steps) / seconds
    }
  }

  /// The next speed up or down; a whole run that would be slower than steps already are is passed over.
  func next(faster: Bool, steps: Int) -> Speed {
    let now = rate(steps: steps)
    // What is short is told in steps a second all the way.
    let ladder = Speed.ladder.filter { speed in
      if case .wholeRun = speed { return steps > 200 }
      return true
    }
    let sorted = ladder.sorted { $0.rate(steps: steps) < $1.rate(steps: steps) }
    return faster
      ? sorted.first { $0.rate(steps: steps) > now * 1.001 } ?? self
      : sorted.last { $0.rate(steps: steps) < now * 0.999 } ?? self
  }

  /// The word of `--speed`: `2` steps a second, `run:8` a whole run in 8 s.
  var word: String {
    switch self {
    case .stepsPerSecond(let rate): Speed.number(rate)
    case .wholeRun(let seconds): "run:\(Speed.number(seconds))"
    }
  }

  init?(word: String) {
    if word.hasPrefix("run:") {
      guard let seconds = Double(word.dropFirst(4)), seconds.isFinite, seconds >= 0.1, seconds <= 86_400 else {
        return nil
      }
      self = .wholeRun(seconds: seconds)
    } else {
      guard let rate = Double(word), rate.isFinite, rate >= 0.01, rate <= 1e9 else { return nil }
      self = .stepsPerSecond(rate)
    }
  }

  private static func number(_ value: Double) -> String {
    value == value.rounded() && abs(value) < 1e15 ? String(Int(value)) : String(value)
  }
}
