import Convolution
import Experiments
import StridedTensor
import Walkthroughs

extension State {
  /// One geometry parameter more or less, on both axes; an impossible combination says why and changes nothing.
  mutating func change(_ parameter: GeometryParameter, by delta: Int) {
    if scene.change(parameter, by: delta, &self) { return }
    var words = experiment.words
    switch parameter {
    case .stride: words.stride = words.stride.adding(delta)
    case .dilation: words.dilation = words.dilation.adding(delta)
    case .padding:
      let p = geometry.padding
      words.padding = .explicit(
        Padding(top: p.top + delta, bottom: p.bottom + delta, left: p.left + delta, right: p.right + delta))
    case .kernelSize:
      words.kernelSize = AxisPair(geometry.kernelHeight, geometry.kernelWidth).adding(delta)
      words.weightEdits = []
    case .groups: words.groups = geometry.groups + delta
    }
    let (before, measured, step) = (layoutOfMemoryScene, timedGeometry, view.step)
    guard apply(words) else { return }
    let name = parameter.rawValue.replacing("-", with: " ")
    if let before, before == layoutOfMemoryScene {
      view.step = step
      notice = Notice(text: "the convolution's \(name) changed: 1 and 2 show it, this view of memory stays")
    } else if view.scene == .timing, measured == timedGeometry {
      notice = Notice(text: "the experiment's \(name) changed; the shape measured here stays, b goes on to another")
    }
  }

  /// What the scenes show that are about memory, which not every change of the convolution changes; nil elsewhere.
  private var layoutOfMemoryScene: Layout? {
    switch view.scene {
    case .memory: shownView.layout
    case .tiles: tiledCrop?.layout
    case .slide, .im2col, .orders, .timing: nil
    }
  }

  /// Shows the view with options that were edited.
  mutating func show(edited changed: ViewWords) {
    guard changed != view else { return }
    if changed.tile != view.tile {
      setTile(changed.tile)
      notice = nil
    } else {
      remember()
    }
    view.timing = changed.timing
    (view.matrixSize, view.rowPadding, view.cache) = (changed.matrixSize, changed.rowPadding, changed.cache)
    clampView()
  }

  /// Shows the experiment that the words describe, if there is one; files are not read here.
  @discardableResult
  mutating func apply(_ words: ExperimentWords) -> Bool {
    guard words != experiment.words else { return true }
    do {
      replaceExperiment(try experiment.changed(to: words, source: NoFiles()))
      return true
    } catch {
      notice = Notice(text: "unchanged: \(error)", kind: .warning)
      return false
    }
  }

  /// An experiment that came from outside.
  mutating func show(_ experiment: Experiment) -> [Effect] {
    let isNewInput = experiment.words.input != self.experiment.words.input
    replaceExperiment(experiment)
    if isNewInput {
      view.pan = nil
      view.selection = nil
      view.step = 0
    }
    notice = experiment.notes.isEmpty ? nil : Notice(text: experiment.notes.joined(separator: "; "))
    return pendingWork
  }

  private mutating func replaceExperiment(_ new: Experiment) {
    remember()
    let reached = reached
    let isSecondPhase = scene.isSecondPhase(self)
    let known = new.hasSameInput(as: experiment) ? summary : nil
    experiment = new
    generation += 1
    let g = geometry
    view.step = isSecondPhase.map { $0 ? stepCount - 1 : 0 } ?? min(view.step, stepCount - 1)
    view.entry = nil
    view.multiply = view.multiply.map { _ in 0 }
    if let channel = view.outputChannel, channel >= g.outputChannels { view.outputChannel = nil }
    goTo(
      OutputIndex(
        n: min(reached.n, g.batch - 1), y: min(reached.y, g.outputHeight - 1), x: min(reached.x, g.outputWidth - 1),
        o: min(reached.o, g.outputChannels - 1)))
    summary = ExperimentSummary(bounding: experiment, keepingInputOf: known)
    clampView()
    summarizeIfQuick()
  }

  /// Keeps the present for undo.
  mutating func remember() {
    past.append(Moment(experiment: experiment, view: view, summary: summary))
    if past.count > 200 { past.removeFirst() }
  }

  mutating func undo() {
    guard let moment = past.popLast() else {
      notice = Notice(text: "nothing to undo")
      return
    }
    experiment = moment.experiment
    view = moment.view
    summary = moment.summary
    generation += 1
    clampView()
  }

  /// The kernel turned by 180°, or back.
  mutating func flip() -> [Effect] {
    remember()
    view.flipped.toggle()
    generation += 1
    summary = ExperimentSummary(bounding: experiment, keepingInputOf: summary)
    summarizeIfQuick()
    notice = Notice(
      text: view.flipped
        ? "flipped: convolution as mathematics defines it, the kernel turned by 180°"
        : "not flipped: cross-correlation, what deep learning calls convolution")
    return pendingWork
  }
}

extension AxisPair {
  func adding(_ delta: Int) -> AxisPair { AxisPair(vertical + delta, horizontal + delta) }
}
