import Experiments
import Measuring
import Screens
import Walkthroughs

/// What can happen to the explorer.
public enum Event: Sendable {
  case terminal(TerminalEvent)
  /// Time passed while something was moving.
  case tick(elapsed: Duration)
  /// Another experiment has been read, or could not be.
  case loaded(Result<Experiment, ExperimentError>)
  /// The whole output of an experiment has been computed.
  case summarized(ExperimentSummary, generation: Int)
  /// What a contiguous copy costs has been worked out, or was given up.
  case balanced(CopyBalance?)
  /// What reordering the input takes has been measured, or could not be.
  case timedOrders(OrderTimes?, generation: Int)
  /// A point of the curves over the tile size has been found.
  case foundTiles(TileFinding, generation: Int)
  /// What Timing's run has found so far.
  case measured(MeasuringReport, generation: Int)
  /// An earlier run has been read, or could not be.
  case readBaseline(path: String, Result<MeasuringBaseline, MeasuringError>)
  /// The files whose paths begin with a text.
  case listed(beginning: String, names: [String])
  /// A file has been written, or could not be: the reason.
  case wrote(path: String, failure: String?)
}

/// What the explorer asks of the world outside; the answers come back as events.
public enum Effect: Sendable {
  case load(ExperimentWords)
  case summarize(Experiment, ExperimentSummary, flipped: Bool, generation: Int)
  /// To weigh a copy, in place of the one asked for before.
  case balance(MemoryRace)
  case cancelBalance
  case timeOrders(Experiment, generation: Int)
  /// To find the points of the curves one by one, in place of all that was asked before.
  case measureTiles(TileTask, generation: Int)
  case cancelTiles
  /// To measure, in place of what was asked before.
  case measure(MeasuringRequest, generation: Int)
  /// To take no samples for a while, or to go on.
  case pauseMeasuring(Bool)
  case cancelMeasuring
  case readBaseline(path: String)
  /// To find the files whose paths begin with a text.
  case listFiles(beginning: String)
  case write(path: String, contents: String)
  case copyToClipboard(String)
  case setMouse(Bool)
  case redraw
  case quit
}
