import Explorer

/// The lessons that are part of the program, in the lecture's order.
public enum BuiltInLesson: String, Sendable, CaseIterable {
  case tour

  /// The lesson's file.
  public var yaml: String {
    let bytes =
      switch self {
      case .tour: PackageResources.tour_yaml
      }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// - Throws: `LessonError` if the file is not a lesson, which the tests rule out.
  public func lesson() throws(LessonError) -> Lesson { try Lesson(yaml: yaml, name: rawValue) }
}
