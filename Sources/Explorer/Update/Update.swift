import Experiments
import Screens

/// The only place where the state changes.
///
/// - Returns: what is to be done outside: files, the clipboard, long computations.
public func update(_ state: inout State, _ event: Event) -> [Effect] {
  let (before, wasPlaying) = (state.place, state.playback.isPlaying)
  let effects = state.respond(to: event) + state.workOutBalance()
  state.follow(from: before, wasPlaying: wasPlaying)
  let scene = state.scene
  return effects + scene.work(&state) + state.reconcileTileCosts() + state.reconcileTiming()
}

extension State {
  fileprivate mutating func respond(to event: Event) -> [Effect] {
    switch event {
    case .terminal(.key(let key)): return press(key)
    case .terminal(.mouse(let mouse)): return handle(mouse)
    case .terminal(.resized(let size)):
      self.size = size
      return []
    case .terminal(.resumed): return [.redraw]
    case .terminal(.woken): return []
    case .terminal(.terminated): return [.quit]
    case .tick(let elapsed):
      advance(elapsed: elapsed)
      return []
    case .loaded(.success(let experiment)):
      let effects = show(experiment)
      return lesson?.awaited == nil ? effects : arriveAtPause()
    case .loaded(.failure(let error)):
      lesson?.awaited = nil
      notice = Notice(text: error.description, kind: .error)
      return []
    case .summarized(let summary, let generation):
      if generation == self.generation { self.summary = summary }
      return []
    case .balanced(let balance):
      if let balance { learn(balance) }
      return []
    case .timedOrders(let times, let generation):
      measuredOrders = (times, generation)
      return []
    case .foundTiles(let finding, let generation):
      add(finding, generation: generation)
      return []
    case .measured(let report, let generation):
      take(report, generation: generation)
      return []
    case .readBaseline(let path, let result):
      takeBaseline(path, result)
      return []
    case .listed(let beginning, let names):
      takeFiles(names, beginning: beginning)
      return []
    case .wrote(let path, let failure):
      notice =
        failure.map { Notice(text: $0, kind: .error) } ?? Notice(text: "written: \(path)")
      return []
    }
  }

  /// Whether time changes anything on the screen; if not, the loop sleeps.
  public var isMoving: Bool { playback.isPlaying || motion != nil }

  /// Background work that the experiment as it stands still needs.
  public var pendingWork: [Effect] {
    needsSummary ? [.summarize(experiment, summary, flipped: view.flipped, generation: generation)] : []
  }

  /// Moves to a step, as if it had been played to.
  public mutating func jump(toStep step: Int) { go(toStep: step) }

  /// Does the background work at once: for screens that are drawn without a loop.
  public mutating func finishPendingWork() {
    for case .summarize(let experiment, let summary, let flipped, let generation) in pendingWork {
      _ = update(&self, .summarized(summary.measured(experiment, flipped: flipped), generation: generation))
    }
    finishBalance()
    // What was asked to be measured on the way nobody measures.
    timing.settle()
    if tileCosts?.progress == .running { tileCosts?.progress = .waiting }
  }

  /// A key, by the mode it falls into.
  mutating func press(_ key: Key) -> [Effect] {
    guard !isTooSmall else { return [.character("q"), .control("c")].contains(key) ? [.quit] : [] }
    switch mode {
    case .editing: return pressWhileEditing(key)
    case .prompt: return pressInPrompt(key)
    case .help(let topic, let firstLine): return pressInHelp(key, topic, firstLine: firstLine)
    case .exercise(let play): return pressInExercise(key, play)
    case .command:
      mode = .browsing
      if [.escape, .enter, .character("y"), .character("q"), .control("c")].contains(key) { return [] }
      return press(key)
    case .browsing:
      notice = nil
      if let effects = pressInLesson(key) { return effects }
      guard let action = Keymap.action(for: key) else { return [] }
      noteExploring(action)
      return perform(action)
    }
  }

  private mutating func pressInHelp(_ key: Key, _ topic: HelpTopic, firstLine: Int) -> [Effect] {
    let page = max(size.rows - 6, 1)
    let last = max(topic.lines(for: self).count - page, 0)
    func show(_ line: Int) -> Mode { .help(topic, firstLine: min(max(line, 0), last)) }
    switch key {
    case .up, .character("k"): mode = show(firstLine - 1)
    case .down, .character("j"): mode = show(firstLine + 1)
    case .pageDown, .character(" "): mode = show(firstLine + page)
    case .pageUp: mode = show(firstLine - page)
    case .home, .character("g"): mode = show(0)
    case .end, .character("G"): mode = show(last)
    case .character("?"), .function(1): mode = .help(topic.next, firstLine: 0)
    default: mode = .browsing
    }
    return []
  }
}
