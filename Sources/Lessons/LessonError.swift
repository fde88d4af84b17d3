/// Why a lesson cannot be read: where, what was expected, what came.
public struct LessonError: Error, Hashable, Sendable {
  /// The file, or the name of a built-in lesson.
  public let name: String
  /// From 1; nil if it is not one line.
  public let line: Int?
  public let expected: String
  public let got: String

  /// The exit status of a program that was given this lesson: `EX_DATAERR` of `sysexits.h`.
  public var exitStatus: Int32 { 65 }
}

extension LessonError: CustomStringConvertible {
  public var description: String {
    name + (line.map { ", line \($0)" } ?? "") + ": expected \(expected), got \(got.isEmpty ? "nothing" : got)"
  }
}
