import Convolution
import Experiments
import Screens
import Synchronization
import Walkthroughs

/// Everything that a frame is drawn from.
///
/// Only `update` changes it; drawing only reads.
public struct State: Sendable {
  /// What is convolved.
  public internal(set) var experiment: Experiment {
    didSet { experimentIdentity = State.experiments.add(1, ordering: .relaxed).newValue }
  }
  /// The same number for the same experiment only, in all states.
  private(set) var experimentIdentity = State.experiments.add(1, ordering: .relaxed).newValue
  private static let experiments = Atomic<Int>(0)
  /// What is seen of it.
  public internal(set) var view: ViewWords
  public internal(set) var size: Size
  public internal(set) var appearance: Appearance
  var summary: ExperimentSummary
  /// Pixels that frames share.
  let rasters = RasterMemory()
  /// Views of memory that frames share; the last ones, as typing and undoing go back and forth.
  let memoryViews = Remembered<ViewFacts.Key, ViewFacts>(most: 4)
  /// What rows of Orders' fields cost.
  let fieldSweeps = Remembered<FieldSweepKey, FieldSweep?>(most: 16)
  var playback = Playback()
  /// How the last step is being shown; nil once all stands still.
  var motion: Motion?
  var mode = Mode.browsing
  var notice: Notice?
  var past: [Moment] = []
  var isMouseOn: Bool
  /// The lesson that is being played.
  var lesson: LessonPlay?
  /// What Enter plays on the first screen, before anything is touched; it is read only then.
  var tour: (@Sendable () -> Lesson?)?
  var isUntouched = true
  /// Words that a handout leaves blank on the screen.
  public var blanks: [String] = []
  /// What reordering the input takes on this machine, by generation; none until it has been measured.
  var measuredOrders: (times: OrderTimes?, generation: Int)?
  /// The generation for which that has been asked for.
  var askedOrders: Int?
  /// The caches of the machine, for the cache model.
  let machine: MachineCaches
  /// The curves of Tiles; nil until they are looked at.
  var tileCosts: TileCosts?
  /// What Timing measures and has measured.
  var timing = Timing()
  /// Processors of the machine.
  let processors: Int
  /// Counts the experiments shown, so that background work for an earlier one is told apart.
  var generation = 0
  /// What the contiguous copy of the shown view costs, if it is known, and the walk for which it is being worked out.
  var balance: CopyBalance?
  var awaitedBalance: MemoryRace?

  /// The explorer as it starts.
  ///
  /// - Parameters:
  ///   - plays: whether it is moving from the first frame.
  ///   - machine: the caches that the names l1 and l2 mean.
  ///   - processors: how many the machine has.
  ///   - tour: what Enter plays before anything is touched, asked for when it does; nil leaves Enter as it is.
  public init(
    experiment: Experiment, view: ViewWords = ViewWords(), size: Size, appearance: Appearance, plays: Bool = false,
    mouse: Bool = true, machine: MachineCaches = .typical, processors: Int = 2,
    tour: (@Sendable () -> Lesson?)? = nil
  ) {
    self.experiment = experiment
    self.view = view
    self.size = size
    self.appearance = appearance
    isMouseOn = mouse
    self.machine = machine
    self.processors = processors
    self.tour = tour
    summary = ExperimentSummary(bounding: experiment)
    playback.isPlaying = plays && scene.transport(self) == nil
    clampView()
    summarizeIfQuick()
    workOutBalanceIfQuick()
    prepareTileCosts()
  }
}

/// What keys mean at the moment.
enum Mode: Sendable {
  case browsing
  /// A help page, from a line on.
  case help(HelpTopic, firstLine: Int)
  /// The command that comes back to this screen.
  case command
  case editing(Editing)
  /// A question over the scene.
  case exercise(ExercisePlay)
  case prompt(Prompt)
}

/// One line said to the user until the next key.
struct Notice: Hashable, Sendable {
  enum Kind: Hashable, Sendable { case information, warning, error }
  var text: String
  var kind = Kind.information
}

/// What undo goes back to.
struct Moment: Sendable {
  let experiment: Experiment
  let view: ViewWords
  let summary: ExperimentSummary
}
