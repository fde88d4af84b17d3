import Screens
import Walkthroughs

/// What makes a tab: its walk, its panels and its sentences.
///
/// A scene holds no state and draws nothing itself: panels are drawn by `PanePainter`, changes are made by `update`.
protocol SceneDefinition {
  /// The name on the tab.
  var title: String { get }
  /// All panes, in the order of Tab.
  var panes: [Pane] { get }
  /// The pane that has the focus at first.
  var firstFocus: Pane { get }
  /// The pane at the left of a small screen.
  var leftPane: Pane { get }
  /// What can stand in the middle of a small screen; the first is the default.
  var middlePanes: [Pane] { get }
  /// The pane at the right of a small screen.
  var rightPane: Pane { get }
  /// Whether the one sentence has a line of its own even on a small screen.
  var hasSentenceWhenSmall: Bool { get }
  /// Whether copies per cell are shown in place of values unless the user says otherwise.
  var prefersCopies: Bool { get }
  /// Keys that the footer names before the others, after playing; by the words it has for them.
  var footerFirst: [String] { get }
  /// Keys that mean nothing in the scene, by the same words.
  var footerWithout: [String] { get }
  /// What the footer says of the keys that change the geometry.
  var geometryKeys: (keys: String, meaning: String) { get }
  /// The footer's word for what the play key does now.
  func playWord(_ state: State) -> String
  /// Keys that the footer names first because of what is seen now.
  func ownKeys(_ state: State) -> [(keys: String, meaning: String)]
  /// The pane that options of the view are edited in.
  var settingsPane: Pane { get }

  /// Of a walk that goes through all outputs twice, first preparing and then computing them, whether it computes; else nil.
  func isSecondPhase(_ state: State) -> Bool?
  /// The clock of single multiplications; nil where steps are not taken apart.
  func clockOfMultiplies(_ state: State) -> StepClock?
  /// The output channel that is being computed, where the walk goes through them one by one.
  func runningOutputChannel(_ state: State) -> Int
  /// Another order of the loops.
  func toggleOrder(_ state: inout State)
  /// Steps of the scene's walk; at least 1.
  func stepCount(_ state: State) -> Int
  /// The output element that the walk has reached: what scenes share.
  func reached(_ state: State) -> OutputIndex
  /// The step of this scene at which an output element is reached.
  func step(reaching output: OutputIndex, _ state: State) -> Int
  /// The input cell that the walk is at, which is lit unless another one is pinned; nil leaves it to the field.
  func followed(_ state: State) -> InputIndex?
  /// The next or previous copy of the selected memory, where it is not one in the patch matrix.
  ///
  /// - Returns: false to leave it to the patch matrix.
  func hop(_ direction: Int, _ state: inout State) -> Bool
  /// What `e` edits in this scene whatever has the focus; nil leaves it to the focused pane.
  func editing(_ state: State) -> Editing?
  /// The curves over the tile size that the scene shows; nil if it shows none.
  func sweep(_ state: State) -> TileSweep?
  /// What an arrow key does in place of moving the selection.
  ///
  /// - Returns: false to leave it to the focused pane.
  func move(_ direction: Direction, _ state: inout State) -> Bool
  /// Another way to show what the cells, or the rows, are worth.
  func toggleValues(_ state: inout State)
  /// Whether panels share a place, so that one of them is chosen.
  func sharesPlaces(_ state: State) -> Bool
  /// Changes a parameter of the scene's own in place of the experiment's.
  ///
  /// - Returns: false if it has none by that name.
  func change(_ parameter: GeometryParameter, by delta: Int, _ state: inout State) -> Bool
  /// The lines of the scene's algorithm in NumPy's terms, and the one that runs.
  func code(_ state: State) -> (lines: [String], running: Int)
  /// What is seen, in one sentence; longer wordings first.
  func sentences(_ state: State) -> [String]
  /// The lines under the panels; of each, longer wordings first.
  func facts(_ state: State, _ painter: PanePainter) -> [[String]]
  /// Where the panes stand on a roomy screen, `area` being all between the sentence and the facts.
  func arrange(_ area: Rect, _ painter: PanePainter) -> [(pane: Pane, rect: Rect)]
  /// Where they stand on a small screen.
  func arrangeSmall(_ area: Rect, _ painter: PanePainter) -> [(pane: Pane, rect: Rect)]
  /// The next or previous of the scene's presets.
  func cyclePreset(_ direction: Int, _ state: inout State)
  /// Background work that the scene needs now and has not asked for yet.
  func work(_ state: inout State) -> [Effect]
  /// What stands in the transport's line instead of a walk, where nothing walks.
  func transport(_ state: State) -> Transport?
  /// What the play key does where nothing walks.
  func playOrPause(_ state: inout State)
  /// How fast the walk plays unless told otherwise.
  func naturalSpeed(_ state: State) -> Speed
}

extension SceneDefinition {
  var hasSentenceWhenSmall: Bool { true }
  var prefersCopies: Bool { false }
  var footerFirst: [String] { [] }
  var footerWithout: [String] { [] }
  func playWord(_ state: State) -> String { state.playback.isPlaying ? "pause" : "play" }
  func ownKeys(_ state: State) -> [(keys: String, meaning: String)] { [] }
  var settingsPane: Pane { .geometry }

  /// Three panels side by side.
  func arrangeSmall(_ area: Rect, _ painter: PanePainter) -> [(pane: Pane, rect: Rect)] {
    SceneLayout.row([leftPane, painter.state.side, rightPane], in: area, painter)
  }

  func isSecondPhase(_ state: State) -> Bool? { nil }
  func clockOfMultiplies(_ state: State) -> StepClock? { nil }
  func runningOutputChannel(_ state: State) -> Int { 0 }
  func toggleOrder(_ state: inout State) {
    state.notice = Notice(text: "the loop order belongs to Slide and to im2col's product")
  }

  func followed(_ state: State) -> InputIndex? { nil }
  func hop(_ direction: Int, _ state: inout State) -> Bool { false }
  func editing(_ state: State) -> Editing? { nil }
  func cyclePreset(_ direction: Int, _ state: inout State) {
    state.notice = Notice(text: "\(title) has no presets")
  }
  func work(_ state: inout State) -> [Effect] { [] }
  func move(_ direction: Direction, _ state: inout State) -> Bool { false }
  func toggleValues(_ state: inout State) {
    if state.hasInputBesideCopies {
      state.notice = Notice(text: "values and counts per cell both have a panel at this size")
    } else {
      state.view.showsCopies = !state.showsCopies
    }
  }
  var geometryKeys: (keys: String, meaning: String) { ("s d p w", "geometry") }
  func sharesPlaces(_ state: State) -> Bool { !state.isRoomy }
  func transport(_ state: State) -> Transport? { nil }
  func playOrPause(_ state: inout State) {}
  func naturalSpeed(_ state: State) -> Speed { .natural(steps: state.stepCount) }
  func sweep(_ state: State) -> TileSweep? { nil }
  func change(_ parameter: GeometryParameter, by delta: Int, _ state: inout State) -> Bool { false }
}

extension Scene {
  /// The scene behind the tab.
  var definition: any SceneDefinition {
    switch self {
    case .slide: SlideScene()
    case .im2col: Im2colScene()
    case .memory: MemoryScene()
    case .orders: OrdersScene()
    case .tiles: TilesScene()
    case .timing: TimingScene()
    }
  }

  var title: String { definition.title }
}

extension State {
  var scene: any SceneDefinition { view.scene.definition }
}
