import Explorer
import Screens
import Testing

/// A picture of outputs that is smaller than they are many: an edge stays as strong as it is.
@Suite struct ZoomedOutputTests {
  /// The colours of the output's pane, at the right of a small screen.
  private func colors(_ state: State) -> Set<Ink> {
    let frame = draw(state)
    var found: Set<Ink> = []
    for row in 3..<18 {
      for column in 50..<frame.size.columns {
        let style = frame[Point(column: column, row: row)].style
        found.formUnion([style.foreground, style.background])
      }
    }
    return found
  }

  /// One bright pixel gives an edge below zero and one above it, each two outputs wide.
  ///
  /// A screen pixel may have both under it, whose mean is nothing; the stronger one is the end of the scale.
  @Test(arguments: ["60x60", "203x301", "600x600"])
  func aLoneEdgeKeepsItsColour(size: String) throws {
    var state = try state("arange:\(size) --edit-input 20,20=900000")
    state.finishPendingWork()
    state.press("G")
    let ends = [Ramp.diverging(.dark).colors.first, Ramp.diverging(.dark).colors.last]
    let found = colors(state)
    #expect(ends.contains { $0.map { found.contains($0.ink) } ?? false })
  }

  /// Nothing is stronger than what is not a number.
  @Test func whatIsNotFiniteIsSeen() throws {
    var state = try state("random:1x60x60x1 --edit-input 20,20=nan")
    state.finishPendingWork()
    state.press("G")
    #expect(colors(state).contains(Ramp.notFinite.ink))
  }
}
