import Convolution
import Experiments
import StridedTensor
import Walkthroughs

extension State {
  var geometry: ConvolutionGeometry { experiment.geometry }
  var values: ConvolutionValues { ConvolutionValues(experiment, flipped: view.flipped) }
  var coverage: FieldCoverage { FieldCoverage(geometry: geometry) }
  var slidingWalk: SlidingWalkthrough { SlidingWalkthrough(geometry: geometry, order: view.order) }

  /// The group whose patch matrix is shown: the one that the shown output channel belongs to.
  var group: Int { (view.outputChannel ?? 0) / geometry.groupOutputChannels }
  var patchMatrix: PatchMatrix { PatchMatrix(geometry: geometry, group: group) }
  var patchWalk: PatchMatrixWalkthrough {
    PatchMatrixWalkthrough(matrix: patchMatrix, form: view.product, tile: view.productTile)
  }

  /// The scene's algorithm, and what turns the kernel before it where it is turned.
  var code: (lines: [String], running: Int) {
    let (lines, running) = scene.code(self)
    return view.flipped ? (["W = W[::-1, ::-1]"] + lines, running + 1) : (lines, running)
  }

  /// Steps of the scene's walk.
  var stepCount: Int { scene.stepCount(self) }

  var slidingStep: SlidingStep { slidingWalk.step(at: view.step) }
  var patchStep: PatchMatrixStep { patchWalk.step(at: view.step) }

  /// The output element that the walk has reached, in whichever scene.
  var reached: OutputIndex { scene.reached(self) }

  /// The output channel that single-channel panels show.
  var shownOutputChannel: Int {
    if let channel = view.outputChannel { return channel }
    // While steps rush by, one channel stands still instead of all flickering.
    guard !(playback.isPlaying && speed.rate(steps: clockCount) > 12) else { return 0 }
    return scene.runningOutputChannel(self)
  }

  /// The receptive field of the shown output element.
  var field: ReceptiveField {
    var output = reached
    output.o = shownOutputChannel
    return ReceptiveField(of: output, geometry: geometry)
  }

  /// The channel that number panels of the input show.
  var shownChannel: Int {
    if let channel = view.channel { return channel }
    if let cell = scene.followed(self) { return view.selection?.c ?? cell.c }
    let first = field.group * geometry.groupInputChannels
    guard view.scene == .slide else { return first }
    if let multiply = view.multiply { return first + slidingStep.kernelIndex(ofMultiply: multiply).c }
    return view.order == .lecture ? first + slidingStep.channels.lowerBound : first
  }

  /// The selected input cell: the pinned one, else the centre of the field, brought into the picture.
  var selected: InputIndex {
    if let pinned = view.selection { return pinned }
    if let cell = scene.followed(self) { return cell }
    let g = geometry
    let centre = field.index(under: KernelIndex(i: g.kernelHeight / 2, j: g.kernelWidth / 2, c: 0))
    return InputIndex(
      n: centre.n, y: min(max(centre.y, 0), g.inputHeight - 1), x: min(max(centre.x, 0), g.inputWidth - 1),
      c: shownChannel)
  }

  /// The memory that is lit wherever it stands.
  var selectedAddress: Address { values.addressing.address(of: selected) }

  /// The speed, natural for the number of steps unless it was chosen.
  var speed: Speed { view.speed ?? scene.naturalSpeed(self) }

  /// Whether the input's values and the copies per cell stand beside each other.
  var hasInputBesideCopies: Bool {
    let both: [Pane] = [.input, .copies]
    return isRoomy && !view.maximized && both.allSatisfy(panes.contains)
  }

  /// Whether the input panel shows copies per cell, as the scene prefers unless told otherwise.
  var showsCopies: Bool { view.showsCopies ?? scene.prefersCopies }

  /// Panes that the scene has, in the order of Tab.
  var panes: [Pane] { scene.panes }

  /// The pane that has the focus.
  var focus: Pane {
    if let focus = view.focus, panes.contains(focus) { return focus }
    return scene.firstFocus
  }
}
