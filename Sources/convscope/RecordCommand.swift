import ArgumentParser
import Explorer
import Foundation
import Screens
import TensorFiles

/// `convscope record [INPUT] …`: the walk as it plays, as an asciicast.
struct RecordCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "record", abstract: "Record the walk as it plays, as an asciicast (version 2).",
    discussion: """
      The recording runs at the speed that the screen says (--speed), from one step to another, at most 30 frames a second.

      Examples:
        convscope record -o edges.cast
        convscope record arange:6x6 --weight arange:3x3 --scene im2col --speed 4 --to 15 --size 80x24 -o im2col.cast
      """)

  @OptionGroup var experiment: ExperimentOptions
  @OptionGroup(title: "View") var view: ViewOptions
  @OptionGroup(title: "Screen") var screen: ScreenOptions
  @Option(parsing: .unconditional, help: ArgumentHelp("the first step (default: --step, else 0)", valueName: "N"))
  var from: Int?
  @Option(parsing: .unconditional, help: ArgumentHelp("the last step (default: the walk's last)", valueName: "N"))
  var to: Int?
  @Option(help: SizeOption.help) var size: SizeOption?
  @Option(name: .shortAndLong, help: ArgumentHelp("the file to write; - for standard output", valueName: "FILE.cast"))
  var output: String

  private static let frameTime = Duration.nanoseconds(33_333_333)
  /// Frames that a recording may have: an hour and a half.
  private static let mostFrames = 162_000

  func validate() throws {
    for (name, value) in [("from", from), ("to", to)] {
      if let value, value < 0 { throw ValidationError("--\(name): expected a step, from 0, got \(value)") }
    }
    if let from, let to, to < from {
      throw ValidationError("--to: expected a step of at least --from \(from), got \(to)")
    }
  }

  func run() throws {
    Interruption.endsTheProgram()
    let experiment = try experiment.experiment()
    Messages.notes(experiment.notes)
    var words = try view.words()
    if let from { words.step = from }
    let appearance = screen.appearance(depth: .palette256)
    let size = try size?.forScenes() ?? Size(columns: 120, rows: 36)
    var state = State(experiment: experiment, view: words, size: size, appearance: appearance, plays: true)
    try state.check(words)
    state.finishPendingWork()

    var writer = CastWriter(size: size, appearance)
    var cast = writer.header(title: state.settled.command)
    var time = 0.0
    cast += writer.line(draw(state), at: time)
    var frames = 1
    while state.isMoving, to.map({ state.view.step < $0 }) ?? true {
      guard frames < Self.mostFrames else {
        throw CommandFailure.usage("the recording would be longer than an hour and a half; --to or --speed shorten it")
      }
      _ = update(&state, .tick(elapsed: Self.frameTime))
      if let to, state.view.step > to { state.jump(toStep: to) }
      time += 1.0 / 30
      frames += 1
      cast += writer.line(draw(state), at: time)
    }
    guard output != "-" else { return try StandardStream.output.write(cast) }
    try TensorFile.write(Array(cast.utf8), to: output)
  }
}
