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
  public var sentences: LessonText
  /// Whether the walk plays on from here.
  public var plays: Bool
  /// Texts that must stand on the screen, so that what is said stays true.
  public var shows: [String]

  /// What is said, every answer in its place.
  public var text: String { sentences.whole }

  /// - Parameter text: the sentences; answers in braces are blanks on a handout.
  public init(screen: ScreenWords, text: String, plays: Bool = false, shows: [String] = []) {
    self.init(screen: screen, sentences: LessonText(marked: text), plays: plays, shows: shows)
  }

  public init(screen: ScreenWords, sentences: LessonText, plays: Bool = false, shows: [String] = []) {
    self.screen = screen
    self.sentences = sentences
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
  /// Whether it is shown to a room: one pane large, answers hidden until they are asked for.
  var isPresented = false
  /// Whether this pause's answers have been asked for.
  var isRevealed = false
  /// The view to be shown as soon as the experiment behind it is there.
  var awaited: ScreenWords?

  var pause: PausePoint { lesson.pauses[index] }

  /// The words that must not be read yet.
  var hiddenAnswers: [String] { isPresented && !isRevealed ? pause.sentences.answers : [] }
}
