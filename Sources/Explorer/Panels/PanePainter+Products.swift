import Screens
import Walkthroughs

/// How much of each product there is room for.
private enum ProductDetail {
  /// `13·3` in each place and the row's sum.
  case factorsAndSums
  /// The products alone and the row's sum.
  case productsAndSums
  case products
  /// The products alone, large ones as powers of ten.
  case shortProducts
  /// The products alone, close together and with as many digits as that leaves them.
  case tightProducts
  /// A coloured place for each product.
  case colors

  /// Those that say more first.
  static let inNumbers: [ProductDetail] = [
    .factorsAndSums, .productsAndSums, .products, .shortProducts, .tightProducts,
  ]

  var hasSums: Bool { self == .factorsAndSums || self == .productsAndSums }
}

extension PanePainter {
  private var productRange: NumberRange {
    let bound = state.summary.input.magnitude * state.summary.weight.magnitude
    return NumberRange(
      lowest: min(state.summary.input.lowest, 0) < 0 || state.summary.weight.lowest < 0 ? -bound : 0, highest: bound,
      isIntegral: state.summary.input.isIntegral && state.summary.weight.isIntegral,
      hasNonFinite: state.summary.input.hasNonFinite)
  }

  /// Row sums can be as large as a row of products.
  private var rowSumFormat: NumberFormat {
    var range = productRange
    range.lowest *= Double(geometry.kernelWidth)
    range.highest *= Double(geometry.kernelWidth)
    return NumberFormat(for: range, decimals: outputFormat.decimals)
  }

  var productFormat: NumberFormat { NumberFormat(for: productRange, decimals: outputFormat.decimals) }

  /// As narrow as a sign and a power of ten such as `-1e38`.
  private var shortProductFormat: NumberFormat {
    NumberFormat(for: productRange, decimals: outputFormat.decimals, most: 5)
  }

  /// As wide as leaves a row of products their panel, but no narrower than a digit with its sign and point.
  private var tightProductFormat: NumberFormat {
    let room = (mostColumnsOfProducts - 4) / geometry.kernelWidth - 1
    var format = productFormat
    format.columns = min(format.columns, max(room, productRange.lowest < 0 ? 4 : 3))
    return format
  }

  /// Two fifths of the screen, the borders of the panel included.
  private var mostColumnsOfProducts: Int { state.size.columns * 2 / 5 }

  private func columns(_ detail: ProductDetail) -> Int {
    let across = geometry.kernelWidth
    let sums = 3 + rowSumFormat.columns
    switch detail {
    case .factorsAndSums: return across * (inputFormat.columns + weightFormat.columns + 3) + sums
    case .productsAndSums: return across * (productFormat.columns + 2) + sums
    case .products: return across * (productFormat.columns + 2)
    case .shortProducts: return across * (shortProductFormat.columns + 2)
    case .tightProducts: return across * (tightProductFormat.columns + 1) + 1
    case .colors: return across
    }
  }

  var productsRoom: Room {
    // Pictures shrink to what is left, numbers cannot: this panel is served first, up to a part of the screen.
    let best = ProductDetail.inNumbers.map { columns($0) + 3 }.first { $0 <= mostColumnsOfProducts }
    return Room(least: max(best ?? 20, 20), wanted: max(best ?? 20, 30))
  }

  /// The products under the kernel, in the kernel's shape, with the sum of each row.
  func drawProducts(on canvas: Canvas) {
    let rowsFit = geometry.kernelHeight <= canvas.rows
    // A blank behind the sums can be done without.
    func fits(_ detail: ProductDetail) -> Bool { columns(detail) - (detail.hasSums ? 1 : 0) <= canvas.columns }
    let detail = rowsFit ? ProductDetail.inNumbers.first(where: fits) ?? .colors : .colors
    let output = state.reached.withChannel(state.shownOutputChannel)
    let channel = state.shownChannel % geometry.groupInputChannels
    var sums: [Double] = []
    for i in 0..<min(geometry.kernelHeight, canvas.rows) {
      sums.append(drawProductRow(i, channel: channel, output: output, detail: detail, on: canvas))
    }
    var row = min(geometry.kernelHeight, canvas.rows) + 1
    // Where no product is a number, one of them is put into words.
    let inWords = detail == .colors ? [productInWords(output: output, channel: channel)] : []
    for line in inWords + remarksUnderProducts(output: output, channel: channel, rowSums: sums) {
      for part in wrapped(glyphs(line), canvas.columns - 1) where row < canvas.rows {
        canvas.put(part, column: 1, row: row, Style(.explanation))
        row += 1
      }
    }
    if state.isLarge { drawProductTerms(output: output, channel: channel, from: row + 1, on: canvas) }
  }

  /// Draws one row of the kernel's products; returns their sum.
  private func drawProductRow(
    _ i: Int, channel: Int, output: OutputIndex, detail: ProductDetail, on canvas: Canvas
  ) -> Double {
    var column = 0
    var sum = 0.0
    var sumAsShown = 0.0
    var bracketed: (column: Int, digits: Int, style: Style)?
    for j in 0..<geometry.kernelWidth {
      let kernel = KernelIndex(i: i, j: j, c: channel)
      let index = field.index(under: kernel)
      let (z, w) = (values.input(at: index), values.weight(at: kernel, o: output.o))
      let product = values.product(of: output, at: kernel)
      let isDone = isMultiplied(kernel)
      if isDone {
        sum = values.rounded(sum + product)
        sumAsShown += Self.asShown(
          detail == .factorsAndSums
            ? [inputFormat.bare(z), weightFormat.bare(w)] : [productFormat.bare(product)])
      }
      let isRunning = isRunning(kernel)
      let colors = kernelColors(i: i, j: j)
      var style = Style(colors.text.ink, on: colors.background.ink)
      if isRunning { style = Style(.role(.written), on: colors.background.ink, [.bold]) }
      if !isDone { style = Style(.faint) }
      let isSelected = index == selected
      let brackets = isSelected ? glyphSet.selected : (left: " ", right: " ")
      let text: String
      switch detail {
      case .factorsAndSums:
        let weight = weightFormat.bare(w)
        text =
          String(brackets.left) + inputFormat.text(z) + String(glyphSet.dot) + weight
          + String(brackets.right) + String(repeating: " ", count: weightFormat.columns - weight.count)
      case .productsAndSums, .products:
        text = String(brackets.left) + productFormat.text(product) + String(brackets.right)
      case .tightProducts:
        text = " " + tightProductFormat.text(product)
        if isSelected { bracketed = (column, tightProductFormat.bare(product).count, style) }
      case .shortProducts:
        text = String(brackets.left) + shortProductFormat.text(product) + String(brackets.right)
      case .colors where !state.appearance.hasColor:
        canvas.put(Cell(product == 0 ? "0" : product < 0 ? "-" : "+"), column: column, row: i)
        column += 1
        continue
      case .colors:
        canvas.put(
          Cell(" ", Style(on: Ramp.diverging(state.appearance.theme).color(product, limit: productRange.highest).ink)),
          column: column, row: i)
        column += 1
        continue
      }
      column = canvas.put(text, column: column, row: i, style)
    }
    if let (column, digits, style) = bracketed {
      // They reach into the neighbour's slot, so they are drawn after all numbers of the row.
      let width = tightProductFormat.columns
      canvas.put(Cell(glyphSet.selected.left, style), column: column + width - digits, row: i)
      canvas.put(Cell(glyphSet.selected.right, style), column: column + width + 1, row: i)
    }
    guard detail.hasSums else { return sum }
    let isStarted = isMultiplied(KernelIndex(i: i, j: 0, c: channel))
    let text =
      isStarted ? rowSumFormat.text(sum) : aligned(String(glyphSet.notYet), .right, rowSumFormat.columns)
    let margin = columns(detail) <= canvas.columns ? 1 : 0
    let relation = isStarted ? Self.relation(sumAsShown, rowSumFormat.bare(sum), rowSumFormat) : "="
    canvas.put(
      glyphs(relation) + " " + text, column: canvas.columns - rowSumFormat.columns - 2 - margin, row: i,
      .plain.adding(.bold))
    return sum
  }

  /// Whether a multiplication of the current step has been done.
  func isMultiplied(_ kernel: KernelIndex) -> Bool {
    guard state.view.scene == .slide, let multiply = state.view.multiply else { return true }
    return state.slidingStep.multiply(at: kernel).map { $0 <= multiply } ?? false
  }

  func isRunning(_ kernel: KernelIndex) -> Bool {
    guard state.view.scene == .slide, let multiply = state.view.multiply else { return false }
    return state.slidingStep.multiply(at: kernel) == multiply
  }

  /// What stands between terms and their sum: rounded one by one, the terms need not add up to the rounded sum.
  private static func relation(_ sumAsShown: Double, _ whole: String, _ format: NumberFormat) -> String {
    let half = (0..<format.decimals).reduce(0.5) { unit, _ in unit / 10 }
    let difference = sumAsShown - (Double(whole) ?? sumAsShown)
    return difference.isNaN || abs(difference) <= half ? "=" : "≈"
  }

  /// The product of factors as they are printed.
  private static func asShown(_ factors: [String]) -> Double { factors.reduce(1) { $0 * (Double($1) ?? .nan) } }

  /// `W[2,2]: 0.36·0.02 = 0.01`: the product that the selected cell is in, else the middle one.
  private func productInWords(output: OutputIndex, channel: Int) -> String {
    let place = field.kernelElement(y: selected.y, x: selected.x)
    let kernel = KernelIndex(
      i: place?.i ?? geometry.kernelHeight / 2, j: place?.j ?? geometry.kernelWidth / 2, c: channel)
    let (z, w) = (values.input(at: field.index(under: kernel)), values.weight(at: kernel, o: output.o))
    let product = productFormat.bare(values.product(of: output, at: kernel))
    let stored = state.stored(kernel)
    return "W[\(stored.i),\(stored.j)]: \(inputFormat.bare(z))·\(weightFormat.bare(w)) = \(product)"
  }

  private func remarksUnderProducts(output: OutputIndex, channel: Int, rowSums: [Double]) -> [String] {
    var lines: [String] = []
    let channels = geometry.groupInputChannels
    if let sum = outputValue(output) {
      if state.view.multiply != nil, state.view.scene == .slide {
        lines.append("so far \(outputFormat.bare(sum))")
      } else if channels == 1, state.experiment.bias == nil, (2...5).contains(rowSums.count) {
        let (terms, whole) = (rowSums.map(outputFormat.bare), outputFormat.bare(sum))
        let relation = Self.relation(terms.compactMap { Double($0) }.reduce(0, +), whole, outputFormat)
        lines.append(terms.joined(separator: " + ") + " \(relation) " + whole)
      }
    }
    if channels > 1 {
      let step = SlidingStep(geometry: geometry, output: output, channels: channel..<channel + 1)
      let sum = values.partialSum(of: step, multiplies: geometry.kernelHeight * geometry.kernelWidth, from: 0)
      lines.append(
        "channel \(channel) of \(channels) gives \(outputFormat.bare(sum)); the output adds up all \(channels)")
    }
    if state.experiment.bias != nil { lines.append("+ bias \(outputFormat.bare(values.bias(o: output.o)))") }
    if state.view.order == .lecture, state.view.scene == .slide, channels > 1 {
      lines.append("the lecture's loops sweep the picture once for each channel")
    }
    return lines
  }

  /// The number of the lower border: what the cell being written holds.
  func sumCaption() -> String? {
    guard let value = outputValue(state.reached.withChannel(state.shownOutputChannel)) else { return nil }
    return "sum = \(outputFormat.bare(value))"
  }
}

extension OutputIndex {
  func withChannel(_ o: Int) -> OutputIndex { OutputIndex(n: n, y: y, x: x, o: o) }
}
