import Screens

/// Where everything stands on a screen of a size: a pure function of the state, for drawing and for the mouse alike.
///
/// Panels keep their places across sizes and scenes: input left, what is made from it in the middle, the result right,
/// explanation below. Where not all fit, the middle is shared and `i` cycles through what can stand there.
struct SceneLayout {
  let title: Rect
  /// The one sentence that says what is seen.
  let sentence: Rect
  /// What a lesson says; it takes the place of the sentence, and on a small screen of the transport.
  let lesson: Rect
  let panes: [(pane: Pane, rect: Rect)]
  /// Lines about the selected cell and the reasons.
  let facts: Rect
  let transport: Rect
  let footer: Rect
  /// Whether panels share a place, so that one of them is chosen.
  let hasSide: Bool

  /// Below this size nothing is drawn but the wish for more room.
  static let smallest = Size(columns: 80, rows: 24)
  /// From this size on all panels stand at once.
  static let roomy = Size(columns: 120, rows: 36)

  init(state: State) { self.init(state: state, painter: PanePainter(state: state)) }

  /// The same for who draws it too: what the painter looks up once serves both.
  init(state: State, painter: PanePainter) {
    let size = state.size
    title = Rect(column: 0, row: 0, columns: size.columns, rows: 1)
    let isRoomy = state.isRoomy
    let isTaught = state.lesson != nil
    let hasSentence = (state.scene.hasSentenceWhenSmall || isRoomy) && !isTaught
    sentence = Rect(column: 0, row: 1, columns: size.columns, rows: hasSentence ? 1 : 0)
    let hasTransport = !isTaught || size.rows > SceneLayout.smallest.rows + 2
    let lessonRows = state.lesson.map { hasTransport ? LessonLines.mostRows : LessonLines.rows($0, state) } ?? 0
    lesson = Rect(column: 0, row: 1, columns: size.columns, rows: lessonRows)
    footer = Rect(column: 0, row: size.rows - 1, columns: size.columns, rows: 1)
    let transportRow = size.rows - (hasTransport ? 2 : 1)
    transport = Rect(column: 0, row: transportRow, columns: size.columns, rows: hasTransport ? 1 : 0)
    // A scene that has no line to spare gives one of its facts for a lesson's second line.
    let isTight = !hasTransport && lessonRows > 1 && !state.scene.hasSentenceWhenSmall
    let factRows = isRoomy ? 3 : isTight ? 1 : 2
    facts = Rect(column: 0, row: transportRow - factRows, columns: size.columns, rows: factRows)
    let top = max(sentence.endRow, lesson.endRow)
    let body = Rect(column: 0, row: top, columns: size.columns, rows: facts.row - top)
    hasSide = state.scene.sharesPlaces(state)
    if state.view.maximized {
      panes = [(state.focus, body)]
    } else if isRoomy {
      panes = state.scene.arrange(body, painter)
    } else {
      panes = state.scene.arrangeSmall(body, painter)
    }
  }

  func pane(at place: Point) -> (pane: Pane, rect: Rect)? { panes.first { $0.rect.contains(place) } }

  /// An upper part for the scene's own panels and a lower one for the explaining ones.
  static func split(_ area: Rect, lowerRows: Int) -> (upper: Rect, lower: Rect) {
    let lowerRows = min(max(lowerRows, 9), area.rows / 3)
    let upper = Rect(column: area.column, row: area.row, columns: area.columns, rows: area.rows - lowerRows)
    return (upper, Rect(column: area.column, row: upper.endRow, columns: area.columns, rows: lowerRows))
  }

  /// Panels side by side, each as wide as it needs.
  static func row(_ panes: [Pane], in area: Rect, _ painter: PanePainter) -> [(pane: Pane, rect: Rect)] {
    var column = area.column
    return zip(panes, shares(of: area.columns, panes.map { painter.room(for: $0) })).map { pane, width in
      defer { column += width }
      return (pane, Rect(column: column, row: area.row, columns: width, rows: area.rows))
    }
  }

  /// Divides columns among panels: each gets its least, then what it wants in proportion, then the rest evenly.
  static func shares(of columns: Int, _ rooms: [Room]) -> [Int] {
    var widths = rooms.map(\.least)
    // Too many for the screen: the right gives way before the middle, and that before the left.
    for index in widths.indices.reversed() {
      let excess = widths.reduce(0, +) - columns
      if excess > 0 { widths[index] -= min(excess, max(widths[index] - rooms[index].floor, 0)) }
    }
    var left = columns - widths.reduce(0, +)
    let wishes = rooms.map { max($0.wanted - $0.least, 0) }
    let wished = wishes.reduce(0, +)
    if left > 0, wished > 0 {
      let given = min(left, wished)
      for index in wishes.indices { widths[index] += given * wishes[index] / wished }
    }
    left = columns - widths.reduce(0, +)
    let takers = rooms.indices.filter { rooms[$0].takesMore }
    for index in takers where left > 0 { widths[index] += left / takers.count }
    left = columns - widths.reduce(0, +)
    if let last = takers.first ?? widths.indices.last { widths[last] += left }
    return widths
  }
}

/// How wide a panel must and would like to be, borders included.
struct Room: Hashable {
  var least: Int
  var wanted: Int
  /// Whether it can use more than it wants: a picture can, a code listing cannot.
  var takesMore = false
  /// What it gives way to where all together are too wide.
  var floor = 18
}

extension State {
  /// The panel in the shared place.
  var side: Pane {
    let choices = scene.middlePanes
    if case .editing(let editing) = mode, !view.maximized {
      // What is edited must be seen.
      switch editing.field.target {
      case .weight: return choices.contains(.weight) ? .weight : .weights
      case .option: return .geometry
      case .viewOption: return scene.settingsPane
      case .input, .view: break
      }
    }
    return view.side.flatMap { choices.contains($0) ? $0 : nil } ?? choices[0]
  }

  /// Whether all panels stand at once.
  var isRoomy: Bool { size.columns >= SceneLayout.roomy.columns && size.rows >= SceneLayout.roomy.rows }

  /// Whether small inputs would leave the panels empty.
  var isLarge: Bool { size.columns >= 180 && size.rows >= 50 }

  var isTooSmall: Bool {
    size.columns < SceneLayout.smallest.columns || size.rows < SceneLayout.smallest.rows
  }
}

extension State {
  /// The smallest screen that scenes are drawn on.
  public static var smallestSize: Size { SceneLayout.smallest }
}
