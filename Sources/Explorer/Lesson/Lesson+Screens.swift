import Experiments
import Screens
import Walkthroughs

extension Lesson {
  /// The explorer at every pause point, with its background work done, as it is printed.
  ///
  /// - Throws: `ExperimentError` if a pause's experiment cannot be made.
  public func screens(
    size: Size, appearance: Appearance, source: some TensorSource, machine: MachineCaches = .typical
  ) throws(ExperimentError) -> [State] {
    var shown: Experiment?
    var states: [State] = []
    for pause in pauses {
      let words = pause.screen.experiment
      // What one pause has read the next one shares.
      let experiment: Experiment
      if let shown {
        experiment = try shown.changed(to: words, source: source)
      } else {
        experiment = try Experiment(words, source: source)
      }
      shown = experiment
      var state = State(
        experiment: experiment, view: pause.screen.view, size: size, appearance: appearance, machine: machine)
      state.finishPendingWork()
      states.append(state)
    }
    return states
  }
}
