import Convolution
import Walkthroughs

extension State {
  /// Steps of the clock that plays: outputs, or single multiplications.
  var clockCount: Int {
    stepClock?.count ?? stepCount
  }

  var clock: Int {
    stepClock?.time(step: view.step, part: view.multiply ?? 0) ?? view.step
  }

  mutating func setClock(_ time: Int) {
    let time = min(max(time, 0), clockCount - 1)
    if let clock = stepClock {
      let place = clock.place(at: time)
      (view.step, view.multiply) = (place.step, place.part)
    } else {
      view.step = time
    }
  }

  mutating func playOrPause() {
    let scene = scene
    guard scene.transport(self) == nil else { return scene.playOrPause(&self) }
    if !playback.isPlaying && clock >= clockCount - 1 { setClock(0) }
    playback.isPlaying.toggle()
    playback.fraction = 0
    if playback.isPlaying { view.entry = nil }
  }

  mutating func pause(thenStep steps: Int) {
    guard walks else { return }
    playback.isPlaying = false
    view.entry = nil
    setClock(clock + steps)
  }

  mutating func go(toStep step: Int) {
    guard walks else { return }
    view.entry = nil
    view.step = min(max(step, 0), stepCount - 1)
    if view.multiply != nil {
      view.multiply = step <= 0 ? 0 : stepClock?.phase(ofStep: view.step).map { $0.parts - 1 }
    }
  }

  /// Whether the scene has a walk; says so if it has none.
  var walks: Bool {
    mutating get {
      guard scene.transport(self) != nil else { return true }
      notice = Notice(text: "nothing walks in \(scene.title): Space measures or pauses, ? lists the keys")
      return false
    }
  }

  /// Whether the scene has cells to zoom and to pan; says so if it has none.
  var zooms: Bool {
    mutating get {
      guard scene.transport(self) != nil else { return true }
      notice = Notice(text: "nothing zooms in \(scene.title): z makes the focused panel as large as the screen")
      return false
    }
  }

  mutating func advance(elapsed: Duration) {
    let seconds = Double(elapsed.components.seconds) + Double(elapsed.components.attoseconds) * 1e-18
    advanceMotion(seconds: seconds)
    guard playback.isPlaying else { return }
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
    playback.fraction = 0
    let scene = scene
    scene.toggleOrder(&self)
  }

  mutating func toggleMultiplies() {
    guard scene.clockOfMultiplies(self) != nil else {
      notice = Notice(
        text: view.scene == .im2col
          ? "tiles are not taken apart: r goes back to rows" : "single multiplications belong to Slide and im2col")
      return
    }
    view.multiply = view.multiply == nil ? 0 : nil
    playback.fraction = 0
  }
}
