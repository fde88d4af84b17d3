/// A key as a program means it, whatever bytes a terminal sent.
public enum Key: Hashable, Sendable {
  case character(Character)
  /// Ctrl with a letter, given in lower case.
  case control(Character)
  case up, down, left, right
  case pageUp, pageDown, home, end
  case tab, backTab, enter, escape, backspace, delete, insert
  case function(Int)
}

/// A mouse report; places are cells from the top left.
public struct MouseEvent: Hashable, Sendable {
  public enum Kind: Hashable, Sendable { case press, drag, release, doubleClick, wheelUp, wheelDown }
  public var kind: Kind
  public var place: Point

  public init(_ kind: Kind, at place: Point) {
    self.kind = kind
    self.place = place
  }
}

/// What a terminal tells a program.
public enum TerminalEvent: Hashable, Sendable {
  case key(Key)
  case mouse(MouseEvent)
  case resized(Size)
  /// Back in the foreground after Ctrl-Z: everything must be painted again.
  case resumed
  /// Background work left something in the mailbox.
  case woken
  /// A signal asks the program to end; it was not Ctrl-C.
  case terminated(signal: Int32)
}

/// A screen that shows frames and yields events; ncurses is one, a test's is another.
public protocol Terminal: AnyObject {
  var size: Size { get }
  var depth: ColorDepth { get }
  func paint(_ frame: Frame)
  /// Everything again from nothing (Ctrl-L).
  func repaint(_ frame: Frame)
  /// The next event, or nil when the deadline passes; without a deadline it waits, asleep.
  func nextEvent(deadline: ContinuousClock.Instant?) -> TerminalEvent?
  /// Turns mouse reports on or off.
  func setMouse(_ enabled: Bool)
  /// Puts text on the user's clipboard, where the terminal allows it (OSC 52).
  func copyToClipboard(_ text: String)
  /// Gives the terminal back as it was found.
  func leave()
}
