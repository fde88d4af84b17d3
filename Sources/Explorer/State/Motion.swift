/// How a step that has just been taken is shown: the field glides cell by cell to its new place, then what is written
/// flashes once.
///
/// The step itself is taken at once, and every number on the screen is the new one's; only the look follows. What would
/// take longer than the next step allows is left out, so motion never slows a walk down.
struct Motion: Hashable, Sendable {
  /// Cells from where the field is to where it is shown.
  struct Offset: Hashable, Sendable {
    var rows = 0
    var columns = 0
  }

  /// What is seen of a motion at a moment; a frame is drawn anew when it changes.
  struct Phase: Hashable, Sendable {
    var field = Offset()
    var flashes = false
  }

  private let start: Offset
  /// In seconds.
  private let glideTime: Double
  private let flashTime: Double
  private var elapsed = 0.0

  private static let secondsPerCell = 0.03
  private static let longestGlide = 0.24
  private static let flash = 0.15
  /// More than three flashes a second are hard on the eyes.
  private static let quietTime = 0.34

  /// The motion after a step.
  ///
  /// - Parameters:
  ///   - start: where the field was seen before, from where it is now.
  ///   - beat: seconds until the next step.
  init(from start: Offset, beat: Double) {
    self.start = start
    let cells = max(abs(start.rows), abs(start.columns))
    // From one cell to the next is a step; there is nothing between them.
    glideTime = cells > 1 ? min(Double(cells) * Self.secondsPerCell, Self.longestGlide, 0.6 * beat) : 0
    flashTime = beat >= Self.quietTime ? Self.flash : 0
  }

  /// Steps taken by hand faster than they could be seen to move, as when a key is held.
  static let hurry = Motion(from: Offset(), beat: 0)

  /// Whether there is nothing to be seen of it.
  var isStill: Bool { glideTime == 0 && flashTime == 0 }

  mutating func advance(seconds: Double) { elapsed += max(seconds, 0) }

  var isOver: Bool { elapsed >= max(glideTime + flashTime, Self.quietTime) }

  var phase: Phase {
    guard elapsed < glideTime else { return Phase(flashes: elapsed < glideTime + flashTime) }
    let left = 1 - elapsed / glideTime
    return Phase(
      field: Offset(
        rows: Int((Double(start.rows) * left).rounded()), columns: Int((Double(start.columns) * left).rounded())))
  }
}

extension State {
  /// Where a step has come to, for telling whether the next event moves it.
  struct Place: Equatable {
    fileprivate let scene: Scene
    fileprivate let generation: Int
    fileprivate let view: MemoryWord
    fileprivate let step: Int
    fileprivate let multiply: Int?
    fileprivate let field: Motion.Offset
    fileprivate let edits: Int
  }

  var place: Place {
    let field = field
    return Place(
      scene: self.view.scene, generation: generation, view: self.view.memory, step: self.view.step,
      multiply: self.view.multiply, field: Motion.Offset(rows: field.top, columns: field.left),
      edits: experiment.words.inputEdits.count)
  }

  /// Begins the motion that leads from a place to the present one.
  ///
  /// - Parameter wasPlaying: whether the walk took the step by itself, and so takes the next one soon.
  mutating func follow(from before: Place, wasPlaying: Bool) {
    guard appearance.motion else { return }
    let now = place
    guard now != before else { return }
    guard now.scene == before.scene, now.view == before.view, now.generation == before.generation else {
      // Another picture does not move, but what has been written into this one is to be seen.
      motion = now.edits > before.edits ? Motion(from: Motion.Offset(), beat: .infinity) : nil
      return
    }
    let start = Motion.Offset(
      rows: before.field.rows - now.field.rows, columns: before.field.columns - now.field.columns)
    if wasPlaying {
      let next = Motion(from: start, beat: 1 / max(speed.rate(steps: clockCount), 1e-9))
      motion = next.isStill ? nil : next
    } else {
      motion = motion == nil ? Motion(from: start, beat: .infinity) : .hurry
    }
  }

  /// Lets time pass for the motion.
  mutating func advanceMotion(seconds: Double) {
    motion?.advance(seconds: seconds)
    if motion?.isOver == true { motion = nil }
  }
}

/// What time changes on the screen.
public struct Glimpse: Hashable, Sendable {
  fileprivate let view: ViewWords
  fileprivate let phase: Motion.Phase
}

extension State {
  /// What time has made of the screen: a tick that leaves it as it was need not be drawn.
  public var glimpse: Glimpse { Glimpse(view: view, phase: motion?.phase ?? Motion.Phase()) }
}
