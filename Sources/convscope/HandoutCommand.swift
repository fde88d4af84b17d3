import ArgumentParser
import Experiments
import Explorer
import Foundation
import Lessons
import Screens

/// `convscope handout LESSON -o DIR`: a lesson on paper.
struct HandoutCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "handout", abstract: "Write a lesson as a handout with blanks, and its answers apart.",
    discussion: """
      The directory gets one SVG for each pause point, handout.html with the pictures, the sentences with blanks and the \
      exact commands, and answers.html. What is to be filled in is left out of the pictures too. All files appear, or none.

      Example:
        convscope handout im2col -o im2col-handout
      """)

  @Argument(help: ArgumentHelp("a built-in lesson, or a lesson file", valueName: "LESSON")) var lesson: String
  @Option(
    name: .shortAndLong, help: ArgumentHelp("the directory to write, new or empty", valueName: "DIR")) var output:
    String
  @Option(help: ArgumentHelp("columns × rows of the screens (default: 80x24)", valueName: "COLUMNSxROWS"))
  var size: SizeOption?
  @OptionGroup(title: "Screen") var screen: ScreenOptions

  func run() throws {
    Interruption.endsTheProgram()
    let read = try LessonCommand.read(lesson)
    var look = screen
    // Paper is white.
    if look.theme == nil { look.theme = .light }
    let screens = try read.screens(
      size: size?.forScenes() ?? Size(columns: 80, rows: 24), appearance: look.appearance(depth: .truecolor),
      source: FileSource(), machine: .ofThisMachine())
    let handout = Handout(read, name: lesson, screens: screens)
    try OutputDirectory.write(handout.files, to: output)
  }
}
