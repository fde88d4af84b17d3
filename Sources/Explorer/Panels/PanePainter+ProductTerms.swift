import Screens
import Walkthroughs

/// On a large screen, under the products: which pixel and which weight each of them has.
extension PanePainter {
  /// Draws a product a line, if there is room for all.
  ///
  /// - Parameters:
  ///   - output: the output that they add up to.
  ///   - channel: whose products, within the group.
  ///   - first: the first row that is free.
  ///   - canvas: the panel's inside.
  func drawProductTerms(output: OutputIndex, channel: Int, from first: Int, on canvas: Canvas) {
    let count = geometry.kernelHeight * geometry.kernelWidth
    guard first + count + 1 <= canvas.rows else { return }
    canvas.put("term by term", column: 1, row: first, Style(.faint))
    for term in 0..<count {
      let kernel = KernelIndex(i: term / geometry.kernelWidth, j: term % geometry.kernelWidth, c: channel)
      let colors = kernelColors(i: kernel.i, j: kernel.j)
      var style = Style(colors.text.ink, on: colors.background.ink)
      if isRunning(kernel) { style = Style(.role(.written), on: colors.background.ink, [.bold]) }
      if !isMultiplied(kernel) { style = Style(.faint) }
      let row = first + 1 + term
      let end = canvas.put(glyphs(names(of: kernel)), column: 1, row: row, style)
      let number = productFormat.text(values.product(of: output, at: kernel))
      let column = canvas.columns - number.cellWidth - 1
      guard column > end else { continue }
      canvas.put(number, column: column, row: row, isMultiplied(kernel) ? .plain : Style(.faint))
    }
  }

  /// `Z[2,3]·W[1,2]`, or with its channel; padding is a zero without a place.
  private func names(of kernel: KernelIndex) -> String {
    let index = field.index(under: kernel)
    let weight = state.stored(kernel)
    let channels = geometry.inputChannels > 1
    let pixel =
      values.addressing.contains(index) ? "Z[\(index.y),\(index.x)\(channels ? ",\(index.c)" : "")]" : "padding"
    return "\(pixel)·W[\(weight.i),\(weight.j)\(channels ? ",\(weight.c)" : "")]"
  }
}
