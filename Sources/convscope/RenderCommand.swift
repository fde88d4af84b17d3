import ArgumentParser
import Explorer
import Foundation
import Measuring
import Screens
import TensorFiles

extension ExportFormat: ExpressibleByArgument {}

/// `convscope render [INPUT] …`: one screen as text, ANSI or SVG, without a terminal.
struct RenderCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "render", abstract: "Print one screen as text, ANSI or SVG, without a terminal.",
    discussion: """
      Whatever the explorer shows, this prints: the command that the explorer gives (key y, and on quitting) takes \
      render after its name.

      Examples:
        convscope render arange:6x6 --weight arange:3x3 --step 5
        convscope render photo.png --scene im2col --select 10,20 --format svg -o im2col.svg
      """)

  @OptionGroup var experiment: ExperimentOptions
  @OptionGroup(title: "View") var view: ViewOptions
  @OptionGroup(title: "Screen") var screen: ScreenOptions
  @Option(help: SizeOption.help) var size: SizeOption?
  @Option(help: "text, ansi or svg (default: by the ending of the output file, else text)") var format: ExportFormat?
  @Flag(help: "measure first what the scene shows of this machine's speed") var measure = false
  @Option(name: .shortAndLong, help: ArgumentHelp("the file to write (default: standard output)", valueName: "FILE"))
  var output: String?

  func run() throws {
    Interruption.endsTheProgram()
    let experiment = try experiment.experiment()
    Messages.notes(experiment.notes)
    let words = try view.words()
    if let path = words.timing.baseline { _ = try MeasuringBaseline.reading(path).get() }
    var state = State(
      experiment: experiment, view: words, size: size?.size ?? Size(columns: 120, rows: 36),
      appearance: screen.appearance(depth: .truecolor), machine: .ofThisMachine(),
      processors: ProcessInfo.processInfo.activeProcessorCount)
    try state.check(words)
    state.finishPendingWork()
    if measure { state.measureScene() }
    let text = state.written(as: format ?? output.map(ExportFormat.init(path:)) ?? .text)
    guard let output, output != "-" else { return try StandardStream.output.write(text) }
    try TensorFile.write(Array(text.utf8), to: output)
  }
}
