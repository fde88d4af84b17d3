import ArgumentParser
import Experiments
import Explorer
import StridedTensor
import TensorFiles

/// The program: a command line over the modules that do the work.
@main
struct Convscope: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convscope",
    abstract: "A microscope for convolution, in a terminal.",
    usage: """
      convscope [INPUT] [experiment options] [view options]
      convscope <command> …
      """,
    discussion: """
      Watch a kernel slide over a picture, the patch matrix fill and memory being read; every number is the true one. \
      Convolution here is cross-correlation, as in deep-learning libraries: the kernel is not flipped.

      Where to start:
        convscope                                  the built-in picture; ? lists keys
        convscope lesson tour                      the 60-second tour
        convscope lesson                           the other lessons
        convscope exercise arange:6x6              questions on it, checked
        convscope photo.jpg --weight gaussian      a picture of your own
        convscope arange:6x6 --weight arange:3x3   the lecture's example in numbers
        convscope explore --help                   all options and keys

      Scenes, by key or by --scene NAME:
      \(Scene.manual)

      INPUT is a file (.npy, .npz or FILE.npz:NAME, .png, .jpg, .pgm, .ppm), - for .npy on standard input, or built in: \
      picture, picture:HxW, picture:HxWx3, arange:HxW, arange:NxHxWxC, random:NxHxWxC[,SEED], digit:D, digit:D:conv1. \
      A file whose name is one of these or of a command is written ./NAME.

      From files to files, and into scripts:
        convscope conv x.npy w.npy -o out.npy --stride 2 --padding same
        convscope im2col arange:6x6 --kernel-size 3 -o patches.npy
        convscope strided arange:6x6 --shape 3,3,2,2 --strides 12,2,6,1
        convscope verify random:2x32x32x8 --weight random:3x3x8x16
        convscope bench --shape 10,32,32,8,3,16 --peers numpy,pytorch
        convscope render photo.jpg --scene im2col --select 10,20 -o screen.svg

      Exit status: 0; 1 verify found a disagreement, or exercise --check a wrong answer; 64 arguments that are wrong by \
      themselves; 65 data that do not fit; 66 an input that cannot be opened; 69 no usable terminal; 70 a fault of the \
      program; 73 an output that cannot be written; 130 interrupted.
      """,
    version: "0.1.0",
    subcommands: [
      ExploreCommand.self, ConvCommand.self, Im2colCommand.self, StridedCommand.self, VerifyCommand.self,
      BenchCommand.self, RenderCommand.self, RecordCommand.self, LessonCommand.self, ExerciseCommand.self,
      HandoutCommand.self, ManualCommand.self,
    ],
    defaultSubcommand: ExploreCommand.self)

  static func main() {
    takeFileSizeLimitsAsErrors()
    do {
      var command = try parseAsRoot()
      try command.run()
    } catch TensorFileError.readerGone {
      // As on standard output: see `StandardStream`.
      CommandFailure.end(0)
    } catch {
      let failure = CommandFailure(error) ?? tell(error)
      failure.exit()
    }
  }

  /// Says what the argument parser has to say: help on standard output, complaints on standard error.
  ///
  /// - Returns: the failure that is left to be said, if even that could not be written.
  private static func tell(_ error: any Error) -> CommandFailure {
    let code = exitCode(for: error)
    let text = fullMessage(for: error)
    do throws(CommandFailure) {
      if code.isSuccess {
        try StandardStream.output.write(text + "\n")
      } else if !text.isEmpty {
        Messages.write(text)
      }
    } catch {
      return error
    }
    // An error that nobody here knows has the parser's status 1, which means a disagreement.
    CommandFailure.end(code == .failure && !(error is ExitCode) ? 70 : code.rawValue)
  }
}
