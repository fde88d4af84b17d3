import Explorer
import Foundation
import Measuring

extension MeasuringBaseline {
  /// Reads the file of an earlier run.
  static func reading(_ path: String) -> Result<MeasuringBaseline, MeasuringError> {
    guard let size = try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int else {
      return .failure(.noBaseline(path, "no such file, or it may not be read"))
    }
    guard size <= mostBytes, let data = try? Data(contentsOf: URL(filePath: path)) else {
      return .failure(.noBaseline(path, "it cannot be read"))
    }
    do throws(MeasuringError) {
      return .success(try MeasuringBaseline(json: data, file: path))
    } catch {
      return .failure(error)
    }
  }
}

extension State {
  /// Measures what the scene shows of this machine, before it is drawn without a loop.
  mutating func measureScene() { measure(measurementsWanted()) }

  private mutating func measure(_ effects: [Effect]) {
    for effect in effects {
      switch effect {
      case .measureTiles(let task, let generation):
        task.run(Cancellation()) { _ = update(&self, .foundTiles($0, generation: generation)) }
      case .timeOrders(let experiment, let generation):
        let times = OrderTimes(of: experiment, now: secondsSinceStart)
        _ = update(&self, .timedOrders(times, generation: generation))
      case .measure(let request, let generation):
        let report = runMeasuring(request, isCancelled: { false }) { _ in }
        // The curve of Timing is asked for when its rows are done.
        measure(update(&self, .measured(report, generation: generation)))
      case .readBaseline(let path):
        let result = MeasuringBaseline.reading(path)
        if case .failure(let error) = result { Messages.write("convscope: note: \(error)") }
        _ = update(&self, .readBaseline(path: path, result))
      default: break
      }
    }
  }
}
