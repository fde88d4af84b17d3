import Experiments
import Screens
import Walkthroughs

extension State {
  /// Does what a key means, wherever the key came from.
  mutating func perform(_ action: Action) -> [Effect] {
    switch action {
    case .move(let direction):
      move(direction)
      keepCursorInSight()
    case .nextPane: focusPane(after: 1)
    case .previousPane: focusPane(after: -1)
    case .scene(let scene): show(scene)
    case .playOrPause: playOrPause()
    case .stepForward: pause(thenStep: 1)
    case .stepBack: pause(thenStep: -1)
    case .firstStep: go(toStep: 0)
    case .lastStep: go(toStep: stepCount - 1)
    case .slower, .faster: if walks { view.speed = speed.next(faster: action == .faster, steps: stepCount) }
    case .zoomIn: if zooms { view.zoom = view.zoom.larger }
    case .zoomOut: if zooms { view.zoom = view.zoom.smaller }
    case .zoomFit:
      guard zooms else { break }
      view.zoom = .fit
      unpan()
    case .pan(let direction): if zooms { pan(direction) }
    case .pageDown, .pageUp:
      page(action == .pageDown ? 1 : -1)
      keepCursorInSight()
    case .returnToLesson: returnToLesson()
    case .follow: return follow()
    case .nextCopy, .previousCopy:
      hop(action == .nextCopy ? 1 : -1)
      keepCursorInSight()
    case .grow(let parameter): change(parameter, by: 1)
    case .shrink(let parameter): change(parameter, by: -1)
    case .nextChannel:
      view.channel = State.next(view.channel, count: geometry.inputChannels)
      if geometry.inputChannels == 1 { notice = Notice(text: "the input has one channel") }
    case .nextOutputChannel: cycleOutputChannel()
    case .toggleCopies:
      let scene = scene
      scene.toggleValues(&self)
    case .flip: return flip()
    case .toggleOrder: toggleOrder()
    case .toggleMultiplies: toggleMultiplies()
    case .nextPreset: scene.cyclePreset(1, &self)
    case .previousPreset: scene.cyclePreset(-1, &self)
    case .nextThreads: cycleThreads()
    case .toggleElementType: return toggleElementType()
    case .nextSweep: cycleSweep()
    case .measureAgain: measureAgain()
    case .saveMeasurement:
      if view.scene == .timing {
        mode = .prompt(Prompt(text: "save convscope-timing.json"))
      } else {
        notice = Notice(text: "saving what was measured: in Timing, which 6 shows")
      }
    case .undo: undo()
    case .test: beginExercises(kinds: view.scene.exerciseKinds)
    case .edit: beginEditing()
    case .prompt: mode = .prompt(Prompt(text: ""))
    case .openInput: mode = .prompt(Prompt(text: "open "))
    case .nextSide: cycleSide()
    case .maximize: view.maximized.toggle()
    case .showCommand:
      playback.isPlaying = false
      mode = .command
      return [.copyToClipboard(command)]
    case .export: mode = .prompt(Prompt(text: "export convscope.svg"))
    case .toggleMouse:
      isMouseOn.toggle()
      notice = Notice(text: isMouseOn ? "mouse on: click a cell; Shift-drag selects text" : "mouse off")
      return [.setMouse(isMouseOn)]
    case .help: mode = .help(.keys, firstLine: 0)
    case .redraw: return [.redraw]
    case .back: return back()
    case .quit, .interrupt:
      guard view.maximized else { return [.quit] }
      view.maximized = false
    }
    return []
  }

  /// Esc: one level back; at the top it says how to quit.
  private mutating func back() -> [Effect] {
    if view.maximized {
      view.maximized = false
    } else if view.pan != nil || view.scroll != nil {
      unpan()
    } else if view.selection != nil || view.entry != nil {
      view.selection = nil
      view.entry = nil
    } else if let effects = stopTiles() ?? stopTiming() {
      return effects
    } else {
      notice = Notice(text: "nothing is open: q quits")
    }
    return []
  }

  /// All (nil), then each channel in turn.
  private static func next(_ channel: Int?, count: Int) -> Int? {
    guard count > 1 else { return nil }
    guard let channel else { return 0 }
    return channel + 1 < count ? channel + 1 : nil
  }

  private mutating func cycleOutputChannel() {
    if geometry.outputChannels == 1 { notice = Notice(text: "the output has one channel") }
    let reached = reached
    view.outputChannel = State.next(view.outputChannel, count: geometry.outputChannels)
    goTo(reached)
  }

  private mutating func focusPane(after direction: Int) {
    let shown = SceneLayout(state: self).panes.map(\.pane)
    let order = panes.filter(shown.contains)
    guard let index = order.firstIndex(of: focus), !order.isEmpty else {
      view.focus = order.first
      return
    }
    view.focus = order[(index + direction + order.count) % order.count]
  }

  private mutating func cycleSide() {
    let choices = scene.middlePanes
    let shown = SceneLayout(state: self)
    guard shown.hasSide else {
      notice = Notice(text: "every panel has a place at this size")
      return
    }
    let index = choices.firstIndex(of: view.side ?? choices[0]) ?? 0
    // Some panels have places of their own: on to the next that changes what is seen.
    for next in choices[(index + 1)...] + choices[...index] {
      view.side = next == choices[0] ? nil : next
      if SceneLayout(state: self).panes.map(\.pane) != shown.panes.map(\.pane) { break }
    }
    if !SceneLayout(state: self).panes.map(\.pane).contains(focus) { view.focus = nil }
  }
}
