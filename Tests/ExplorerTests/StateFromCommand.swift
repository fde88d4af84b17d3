import Experiments
import Explorer
import Screens
import StridedTensor
import TensorFiles

/// The explorer as a command line starts it, paused.
func state(
  _ command: String, size: Size = Size(columns: 80, rows: 24), appearance: Appearance = Appearance(),
  files: MemorySource = MemorySource()
) throws -> State {
  let words = try ScreenWords(command: command, appearance: appearance)
  return State(
    experiment: try Experiment(words.experiment, source: files), view: words.view, size: size,
    appearance: words.appearance)
}

extension State {
  /// Presses keys one after the other, and carries out what can be done without a world outside.
  @discardableResult
  mutating func press(keys: [Key], files: MemorySource = MemorySource()) -> [Effect] {
    var effects: [Effect] = []
    for key in keys {
      for effect in update(&self, .terminal(.key(key))) { effects += carryOut(effect, files: files) }
    }
    return effects
  }

  mutating func press(_ characters: String) { press(keys: characters.map { $0 == "\t" ? .tab : .character($0) }) }

  /// Types a line and Enter.
  @discardableResult
  mutating func type(_ line: String) -> [Effect] { press(keys: line.map { .character($0) } + [.enter]) }

  private mutating func carryOut(_ effect: Effect, files: MemorySource) -> [Effect] {
    switch effect {
    case .load(let words):
      do throws(ExperimentError) {
        let loaded = try experiment.changed(to: words, source: files)
        return update(&self, .loaded(.success(loaded))).flatMap { carryOut($0, files: files) }
      } catch {
        return update(&self, .loaded(.failure(error)))
      }
    case .summarize(let experiment, let summary, let flipped, let generation):
      return update(
        &self, .summarized(summary.measured(experiment, flipped: flipped), generation: generation))
    default:
      return [effect]
    }
  }
}
