import Measuring

/// The line on a terminal that says what is being measured; nothing where standard error is not a terminal.
///
/// It is repainted ten times a second at most: writing it must not slow what is measured.
final class BenchProgress {
  private let isShown: Bool
  private var lastShown: ContinuousClock.Instant?

  init(isShown: Bool) { self.isShown = isShown }

  func show(_ report: MeasuringReport) {
    guard isShown else { return }
    if report.phase.isFinished { return clear() }
    let now = ContinuousClock.now
    if let lastShown, now - lastShown < .milliseconds(100) { return }
    lastShown = now
    _ = try? StandardStream.error.write("\r\u{1B}[K" + String(Self.line(report).prefix(78)))
  }

  private static func line(_ report: MeasuringReport) -> String {
    let progress = report.progress
    guard report.phase == .measuring, report.activity.isEmpty, let item = report.cases.last else {
      return report.activity
    }
    let rounds = progress.expectedRounds.map { "\(progress.rounds)/\($0)" } ?? "\(progress.rounds)"
    let left = progress.whole.secondsLeft.map { " · \(Int($0.rounded(.up))) s left" } ?? ""
    let number = progress.caseCount > 1 ? "\(progress.currentCase + 1) of \(progress.caseCount): " : ""
    return "\(number)\(item.measured.specification) · round \(rounds)\(left) · \(progress.contender)"
  }

  private func clear() {
    lastShown = nil
    _ = try? StandardStream.error.write("\r\u{1B}[K")
  }
}
