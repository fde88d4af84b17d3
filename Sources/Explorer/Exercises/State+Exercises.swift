import Exercises
import Experiments
import Screens
import Walkthroughs

extension Scene {
  /// The questions that belong to what the scene shows.
  public var exerciseKinds: [ExerciseKind] {
    switch self {
    case .slide: [.size, .value, .copies]
    case .im2col: [.matrix, .copies, .reshape, .traffic]
    case .memory: [.strides, .picture, .reshape, .bounds]
    case .tiles: [.strides, .reshape, .picture]
    case .orders: [.address, .strides]
    case .timing: [.traffic, .matrix]
    }
  }
}

extension State {
  /// A row of exercises about what is shown; the same for the same state and seed.
  public func exercises(kinds: [ExerciseKind], seed: UInt64, count: Int) -> [Exercise] {
    let shown = view.scene == .memory ? shownView.view : nil
    return Exercise.series(on: experiment, view: shown, kinds: kinds, seed: seed, count: count)
  }

  /// Asks the first question; says so if this experiment has none.
  public mutating func beginExercises(kinds: [ExerciseKind]) {
    playback.isPlaying = false
    ask(kinds: kinds, number: 0, after: nil)
  }

  private mutating func ask(kinds: [ExerciseKind], number: Int, after play: ExercisePlay?) {
    guard let exercise = exercises(kinds: kinds, seed: view.seed, count: number + 1).last else {
      notice = Notice(text: "no question fits this experiment here", kind: .warning)
      return
    }
    var next = ExercisePlay(kinds: kinds, seed: view.seed, number: number, exercise: exercise)
    next.rightCount = play?.rightCount ?? 0
    next.doneCount = play?.doneCount ?? 0
    mode = .exercise(next)
  }

  mutating func pressInExercise(_ key: Key, _ play: ExercisePlay) -> [Effect] {
    var play = play
    notice = nil
    switch key {
    case .escape, .control("c"):
      mode = .browsing
      if play.doneCount > 0 { notice = Notice(text: "\(play.rightCount) of \(play.doneCount) right at once") }
      return []
    case .enter where play.isDone: return show(play.exercise.exhibit)
    case .pageDown where play.isDone, .character("t") where play.isDone, .character(" ") where play.isDone:
      ask(kinds: play.kinds, number: play.number + 1, after: play)
      return []
    case .character("q") where play.isDone:
      mode = .browsing
      return []
    case .enter: play.answer()
    case .backspace where !play.isDone:
      play.text = play.outcome == nil ? String(play.text.dropLast()) : ""
      play.outcome = nil
    case .character(let character) where !play.isDone && character.isASCII && play.text.count < 60:
      // After a wrong answer typing begins anew.
      if play.outcome != nil { play.text = "" }
      play.outcome = nil
      play.text.append(character)
    default: break
    }
    mode = .exercise(play)
    return []
  }

  /// Closes the questions and goes to the screen that shows the answer; undo comes back.
  private mutating func show(_ exhibit: Exhibit) -> [Effect] {
    mode = .browsing
    remember()
    let screen = exhibit.screen
    guard apply(screen.experiment) else { return [] }
    let seed = view.seed
    view = screen.view
    view.seed = seed
    clampView()
    notice = Notice(text: "here is the answer · t asks on, u goes back to where you were")
    return pendingWork
  }
}

extension ExercisePlay {
  /// Judges what has been typed; nothing typed, or nothing new after a wrong answer, asks for the right one.
  fileprivate mutating func answer() {
    var isJudged = false
    if case .wrong = outcome { isJudged = true }
    guard !isJudged, !text.allSatisfy(\.isWhitespace) else {
      doneCount += 1
      outcome = .revealed
      return
    }
    do {
      switch exercise.judge(try exercise.form.read(text)) {
      case .right:
        doneCount += 1
        if attempts == 0 { rightCount += 1 }
        outcome = .right
      case .wrong(let why): outcome = .wrong(why: why)
      }
      attempts += 1
    } catch {
      outcome = .unread(error.description)
    }
  }
}
