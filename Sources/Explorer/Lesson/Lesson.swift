/// A walk through screens with pauses, each with a sentence or two.
public struct Lesson: Hashable, Sendable {
  public var title: String
  /// At least one.
  public var pauses: [PausePoint]

  public init(title: String, pauses: [PausePoint]) {
    self.title = title
    self.pauses = pauses
  }
}

/// One stop of a lesson.
public struct PausePoint: Hashable, Sendable {
  /// What stands on the screen.
  public var screen: ScreenWords
  /// What is said about it: one or two sentences.
  public var text: String
  /// Whether the walk plays on from here.
  public var plays: Bool
  /// Texts that must stand on the screen, so that what is said stays true.
  public var shows: [String]

  public init(screen: ScreenWords, text: String, plays: Bool = false, shows: [String] = []) {
    self.screen = screen
    self.text = text
    self.plays = plays
    self.shows = shows
  }
}

/// A lesson that is being played, and where it is.
struct LessonPlay: Sendable {
  let lesson: Lesson
  var index = 0
  /// Whether the user explores on their own, away from the pause point.
  var isAway = false
  /// The view to be shown as soon as the experiment behind it is there.
  var awaited: ScreenWords?

  var pause: PausePoint { lesson.pauses[index] }
}
