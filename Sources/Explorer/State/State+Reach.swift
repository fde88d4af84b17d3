import Experiments
import Walkthroughs

extension State {
  /// Refuses words that name a place which this experiment does not have.
  public func check(_ asked: ViewWords) throws(ExperimentError) {
    if let error = outOfReach(asked) { throw .unfit(error.description) }
  }

  /// The first word of a view that names a place which this experiment does not have; nil if all are there.
  ///
  /// A cell outside the picture, or a channel too many. The screen itself takes the nearest place there is, so that a
  /// geometry can change under it; whoever asked for the place by name is told. A step past the last one is the last, as
  /// its help says.
  func outOfReach(_ asked: ViewWords) -> WordsError? {
    let g = geometry
    func missing(_ option: String, _ expected: String, _ places: [(index: Int?, count: Int)]) -> WordsError? {
      guard places.contains(where: { place in place.index.map { $0 >= place.count } ?? false }) else { return nil }
      return WordsError(
        option: option, expected: expected, got: places.compactMap { $0.index.map(String.init) }.joined(separator: ","))
    }
    func upTo(_ counts: Int...) -> String {
      "at most " + counts.map { String(max($0 - 1, 0)) }.joined(separator: ",")
    }
    if let cell = asked.selection {
      let places = [(cell.y, g.inputHeight), (cell.x, g.inputWidth), (cell.c, g.inputChannels)]
      let isFirstPicture = cell.n == 0
      let expected =
        isFirstPicture
        ? "a cell y,x,c of the input, " + upTo(g.inputHeight, g.inputWidth, g.inputChannels)
        : "a cell n,y,x,c of the input, " + upTo(g.batch, g.inputHeight, g.inputWidth, g.inputChannels)
      if let error = missing("select", expected, isFirstPicture ? places : [(cell.n, g.batch)] + places) {
        return error
      }
    }
    return missing("channel", "a channel of the input, " + upTo(g.inputChannels), [(asked.channel, g.inputChannels)])
      ?? missing(
        "out-channel", "a channel of the output, " + upTo(g.outputChannels), [(asked.outputChannel, g.outputChannels)])
      ?? missing(
        "entry", "a row and a column of the patch matrix, " + upTo(patchMatrix.rows, patchMatrix.columns),
        [(asked.entry?.row, patchMatrix.rows), (asked.entry?.column, patchMatrix.columns)])
      ?? missing(
        "pan", "a cell y,x of the input, " + upTo(g.inputHeight, g.inputWidth),
        [(asked.pan?.y, g.inputHeight), (asked.pan?.x, g.inputWidth)])
  }
}
