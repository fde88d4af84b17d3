import Experiments
import Screens

extension State {
  /// Opens a lesson at its first pause point.
  ///
  /// - Parameter presented: to a room: one pane large, answers hidden until they are asked for.
  /// - Returns: what is to be done outside: reading the experiment, if another one is shown.
  public mutating func begin(_ lesson: Lesson, presented: Bool = false) -> [Effect] {
    guard !lesson.pauses.isEmpty else { return [] }
    isUntouched = false
    self.lesson = LessonPlay(lesson: lesson, isPresented: presented)
    return goToPause(0)
  }

  /// A key that belongs to the lesson; nil if it means what it always means.
  mutating func pressInLesson(_ key: Key) -> [Effect]? {
    guard let play = lesson else {
      guard key == .enter, isUntouched, let tour = tour?() else { return nil }
      return begin(tour)
    }
    switch key {
    case .pageDown where !play.hiddenAnswers.isEmpty, .enter where !play.isAway && !play.hiddenAnswers.isEmpty:
      lesson?.isRevealed = true
      return []
    case .pageDown: return goToPause(play.index + 1)
    case .pageUp: return goToPause(max(play.index - 1, 0), revealed: true)
    case .enter where !play.isAway: return goToPause(play.index + 1)
    case .backspace: return goToPause(play.index)
    case .escape where play.isPresented && !play.isAway,
      .escape where view.selection == nil && view.entry == nil && view.pan == nil && !view.maximized:
      lesson = nil
      notice = Notice(text: "lesson closed; q quits")
      return []
    default: return nil
    }
  }

  /// Whether a key leads away from the pause point, so that it takes another one to come back.
  mutating func noteExploring(_ action: Action) {
    isUntouched = false
    switch action {
    case .playOrPause, .stepForward, .stepBack, .firstStep, .lastStep, .slower, .faster, .nextCopy, .previousCopy,
      .test, .help, .redraw, .showCommand, .export, .toggleMouse:
      break
    default: lesson?.isAway = true
    }
  }

  /// Backspace where no lesson is open.
  mutating func returnToLesson() { notice = Notice(text: "no lesson is open: convscope lesson lists them") }

  private mutating func goToPause(_ index: Int, revealed: Bool = false) -> [Effect] {
    guard var play = lesson else { return [] }
    guard index < play.lesson.pauses.count else {
      lesson = nil
      notice = Notice(text: "end of '\(play.lesson.title)': explore on from here, q quits")
      return []
    }
    playback.isPlaying = false
    notice = nil
    play.isRevealed = revealed || (play.isRevealed && index == play.index)
    play.index = index
    play.isAway = false
    let screen = play.pause.screen
    guard experiment.words == screen.experiment else {
      play.awaited = screen
      lesson = play
      notice = Notice(text: "reading…")
      return [.load(screen.experiment)]
    }
    play.awaited = nil
    lesson = play
    return settle(on: screen.view, plays: play.pause.plays)
  }

  /// Shows the awaited view if the experiment that has come is the one it was waiting for.
  mutating func arriveAtPause() -> [Effect] {
    guard let play = lesson, let screen = play.awaited, screen.experiment == experiment.words else { return [] }
    lesson?.awaited = nil
    return settle(on: screen.view, plays: play.pause.plays)
  }

  private mutating func settle(on words: ViewWords, plays: Bool) -> [Effect] {
    notice = nil
    let wasFlipped = view.flipped
    view = words
    if lesson?.isPresented == true { view.maximized = true }
    if view.flipped != wasFlipped {
      generation += 1
      summary = ExperimentSummary(bounding: experiment, keepingInputOf: summary)
    }
    clampView()
    summarizeIfQuick()
    playback = Playback(isPlaying: plays && appearance.motion)
    return pendingWork
  }
}
