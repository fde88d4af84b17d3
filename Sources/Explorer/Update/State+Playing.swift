import Convolution
import Walkthroughs

extension State {
  /// Steps of the clock that plays: outputs, or single multiplications.
  var clockCount: Int {
    guard view.scene == .slide, view.multiply != nil else { return stepCount }
    let (count, overflow) = stepCount.multipliedReportingOverflow(by: slidingWalk.multipliesPerStep)
    return overflow ? Int.max : count
  }

  var clock: Int {
    guard view.scene == .slide, let multiply = view.multiply else { return view.step }
    return view.step * slidingWalk.multipliesPerStep + multiply
  }

  mutating func setClock(_ time: Int) {
    let time = min(max(time, 0), clockCount - 1)
    if view.scene == .slide, view.multiply != nil {
      view.step = time / slidingWalk.multipliesPerStep
      view.multiply = time % slidingWalk.multipliesPerStep
    } else {
      view.step = time
    }
  }

  mutating func playOrPause() {
    if !playback.isPlaying && clock >= clockCount - 1 { setClock(0) }
    playback.isPlaying.toggle()
    playback.fraction = 0
    if playback.isPlaying { view.entry = nil }
  }

  mutating func pause(thenStep steps: Int) {
    playback.isPlaying = false
    view.entry = nil
    setClock(clock + steps)
  }

  mutating func go(toStep step: Int) {
    view.entry = nil
    view.step = min(max(step, 0), stepCount - 1)
    if view.multiply != nil { view.multiply = step <= 0 ? 0 : slidingWalk.multipliesPerStep - 1 }
  }

  mutating func advance(elapsed: Duration) {
    guard playback.isPlaying else { return }
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
    let due = playback.steps(elapsed: seconds, rate: speed.rate(steps: clockCount))
    guard due > 0 else { return }
    setClock(clock + min(due, clockCount))
    if clock >= clockCount - 1 { playback.isPlaying = false }
  }

  /// Moves the walk to an output element.
  mutating func goTo(_ output: OutputIndex) {
    view.step = scene.step(reaching: output, self)
    if view.multiply != nil { view.multiply = 0 }
  }

  /// Another tab; the output element that was reached stays.
  mutating func show(_ scene: Scene) {
    guard scene != view.scene else { return }
    let reached = reached
    view.scene = scene
    view.multiply = nil
    view.focus = nil
    view.side = nil
    view.entry = nil
    view.maximized = false
    view.step = 0
    goTo(reached)
    clampView()
  }

  mutating func toggleOrder() {
    guard view.scene == .slide else {
      notice = Notice(text: "the loop order belongs to Slide")
      return
    }
    let reached = reached
    view.order = view.order == .pixel ? .lecture : .pixel
    view.multiply = view.multiply.map { _ in 0 }
    goTo(reached)
    clampView()
  }

  mutating func toggleMultiplies() {
    guard view.scene == .slide else {
      notice = Notice(text: "single multiplications belong to Slide")
      return
    }
    view.multiply = view.multiply == nil ? 0 : nil
    playback.fraction = 0
  }
}
