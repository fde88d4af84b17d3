import Screens
import Walkthroughs

extension PanePainter {
  /// The wordings of a panel's title, longer ones first.
  ///
  /// - Parameters:
  ///   - pane: the panel.
  ///   - inNumbers: whether it shows numbers, which are one channel's even where a picture has colours.
  func titles(of pane: Pane, inNumbers: Bool = false) -> [String] {
    switch pane {
    case .matrix where state.view.product == .perOffset:
      let kernel = matrix.kernelIndex(column: runningPart?.terms.lowerBound ?? 0)
      return [
        "the input moved by (\(kernel.i),\(kernel.j)): a view, of the patch matrix only these columns, nothing stored",
        "the input moved by (\(kernel.i),\(kernel.j)), a view", "moved by (\(kernel.i),\(kernel.j))",
      ]
    case .terms: return termsTitles
    case .matrix:
      let name =
        "patch matrix \(matrix.rows)×\(matrix.columns)" + (geometry.groups > 1 ? " of group \(matrix.group)" : "")
      let kernel = geometry.groupInputChannels > 1 ? "(i,j,c)" : "(i,j)"
      return [name + ": row = output (y,x), column = kernel \(kernel)", name + ": row (y,x), column \(kernel)", name]
    case .loupe: return loupeTitles
    case .products:
      // As wide as the last place's, so that the wording stays while it plays.
      let y = aligned(String(state.reached.y), .right, String(geometry.outputHeight - 1).count)
      let x = aligned(String(state.reached.x), .right, String(geometry.outputWidth - 1).count)
      return ["under the kernel (y=\(y),x=\(x))", "kernel at (\(y),\(x))", "kernel"]
    case .strided, .memory, .copy, .layout, .race, .dumps: return memoryTitles(of: pane)
    case .output:
      let size = "output \(geometry.outputHeight)×\(geometry.outputWidth)"
      let (o, all) = (state.shownOutputChannel, geometry.outputChannels)
      return all == 1 ? [size] : [size + ", channel \(o) of \(all)", size + ", o=\(o)", "output o=\(o)"]
    case .input, .copies:
      let long = title(of: pane, inNumbers: inNumbers)
      guard !showsCopies(pane) else {
        return [long, "\(copiesAre) per cell", copiesAre]
      }
      let size = "\(geometry.inputHeight)×\(geometry.inputWidth)"
      let channel = geometry.inputChannels > 1 && (inNumbers || !showsColors)
      return [long, "input \(size)" + (channel ? ", c=\(shownChannel)" : ""), "input \(size)", "input"]
    case .weight, .weights:
      let long = title(of: pane)
      return [long, state.view.flipped ? "W flipped" : "weight", "W"]
    case .nhwc: return orderTitles(.nhwc)
    case .nchw: return orderTitles(.nchw)
    case .channelsLast: return orderTitles(.channelsLast)
    case .kkio: return orderTitles(.kkio)
    case .oikk: return orderTitles(.oikk)
    case .tileRows, .tileView, .tileCopy, .tileStrides, .transpose, .blockProduct, .tileSettings:
      return tileTitles(of: pane)
    case .times, .figures, .sweep, .why, .machine: return timingTitles(of: pane)
    default: return [title(of: pane)]
    }
  }

  private func title(of pane: Pane, inNumbers: Bool = false) -> String {
    let g = geometry
    let size = "\(g.inputHeight)×\(g.inputWidth)"
    let picture = g.batch > 1 ? "Z[\(field.n)] " : ""
    let text: String
    switch pane {
    case .input:
      text =
        inputShowsCopies ? "\(copiesAre) per cell \(size)" : "input \(picture)\(size)\(channelPart(inNumbers))"
    case .copies:
      text = copiesPaneShowsCopies ? "\(copiesAre) per cell" : "input \(picture)\(size)\(channelPart(inNumbers))"
    case .weight:
      let many = g.groupInputChannels > 1 || g.outputChannels > 1
      text =
        "weight W[i,j" + (many ? ",\(state.shownChannel % g.groupInputChannels),\(state.shownOutputChannel)]" : "]")
        + (state.view.flipped ? ", flipped" : "")
    case .weights:
      text = "weight matrix \(matrix.columns)×\(g.groupOutputChannels)" + (state.view.flipped ? ", flipped" : "")
    case .product: text = "out"
    case .products, .loupe, .matrix, .terms, .output, .strided, .memory, .copy, .layout, .race, .dumps:
      text = pane.rawValue
    case .nhwc, .nchw, .channelsLast, .kkio, .oikk: text = pane.rawValue
    case .gather: text = "what gathering one field costs"
    case .tileRows, .tileView, .tileCopy, .tileStrides, .transpose, .blockProduct, .tileSettings:
      text = tileTitles(of: pane)[0]
    case .times, .figures, .roofline, .sweep, .why, .machine: text = timingTitles(of: pane)[0]
    case .geometry: text = "geometry"
    case .code: text = "code, in NumPy's terms"
    case .cell:
      let followed = state.scene.followed(state) == nil ? "cell in the centre" : "cell of the walk"
      text = state.view.selection == nil ? followed : "pinned cell"
    }
    return text
  }

  private func channelPart(_ inNumbers: Bool) -> String {
    guard geometry.inputChannels > 1 else { return "" }
    return showsColors && !inNumbers
      ? ", colours" : ", channel \(state.shownChannel) of \(geometry.inputChannels)"
  }

  /// The wordings of what stands in a panel's lower border, longer ones first; nothing rather than half a word.
  func captions(of pane: Pane) -> [String] {
    switch pane {
    case .input, .copies:
      if showsCopies(pane) { return [copiesLegend, "0 … \(mostCopies)", ""] }
      guard let note = state.experiment.notes.first else { return [] }
      return [note, String(note.prefix { $0 != "," }), ""]
    case .dumps: return dumpCaptions
    case .roofline: return rooflineCaptions
    case .nhwc: return orderCaptions(.nhwc)
    case .nchw: return orderCaptions(.nchw)
    case .channelsLast: return orderCaptions(.channelsLast)
    case .transpose: return curveCaptions(.transpose)
    case .blockProduct: return curveCaptions(.product)
    default: return caption(of: pane).map { [$0] } ?? []
    }
  }

  private func caption(of pane: Pane) -> String? {
    switch pane {
    case .products: return sumCaption()
    case .matrix:
      switch state.patchStep {
      case .copyRow(let row): return "writing row \(row)"
      case .multiply(let part):
        guard state.view.productTile != nil else { return "row \(part.rows.lowerBound) × weights" }
        return Explanation.span(part.rows, "row") + ", " + Explanation.span(part.terms, "term")
      }
    case .terms: return termsCaption
    case .output: return outputLegend
    case .kkio: return orderCaption(.kkio)
    case .oikk: return orderCaption(.oikk)
    case .strided, .memory, .copy: return memoryCaption(of: pane)
    case .tileRows, .tileView, .tileCopy: return tileJumpCaption(of: pane)
    case .tileSettings: return state.tileCacheWord.origin(on: state.machine)
    case .times, .figures, .roofline, .sweep, .why, .machine: return timingCaption(of: pane)
    case .weight where isEditingWeights, .weights where isEditingWeights: return "editing"
    default: return nil
    }
  }

  /// The part of the product that the step multiplies.
  private var runningPart: ProductPart? {
    if case .multiply(let part) = state.patchStep { return part }
    return nil
  }

  private var mostCopies: Int { coverage.mostCopies(geometry: geometry) }

  private var copiesLegend: String { "0 … \(mostCopies) \(copiesAre)" }

  /// What is counted in each cell: where there is no patch matrix, nothing is copied.
  private var copiesAre: String {
    state.view.scene == .im2col && state.view.product == .perOffset ? "reads" : "copies"
  }

  /// Both ends of the scale of the outputs.
  private var outputLegend: String {
    let range = state.summary.output
    return "\(outputFormat.bare(range.lowest)) … \(outputFormat.bare(range.highest))"
      + (state.summary.outputs == nil ? " at most" : "") + (OutputSamples.areCoarse(state) ? ", coarse" : "")
  }

  /// Whether a pane of the input shows how many fields read each cell.
  private func showsCopies(_ pane: Pane) -> Bool {
    pane == .input && inputShowsCopies || pane == .copies && copiesPaneShowsCopies
  }

  /// The colours between both ends of a picture's scale, in the lower border at the left of the caption that names them.
  func drawLegend(of pane: Pane, caption: String, on canvas: Canvas) {
    let columns = 9
    guard let color = legendColor(of: pane), state.appearance.hasColor, !caption.isEmpty,
      canvas.columns > caption.cellWidth + columns + 8
    else { return }
    for column in 0..<columns {
      canvas.put(
        Cell(" ", Style(on: color(Double(column) / Double(columns - 1)).ink)),
        column: canvas.columns - caption.cellWidth - columns - 5 + column, row: canvas.rows - 1)
    }
  }

  /// The colour of each share of the way up a pane's scale; nil if its pictures are in their own colours.
  private func legendColor(of pane: Pane) -> ((Double) -> RGB)? {
    if pane == .output {
      let range = state.summary.output
      return { [self] in outputColor(range.lowest + (range.highest - range.lowest) * $0) }
    }
    let ramp = Ramp.sequential(state.appearance.theme)
    return showsCopies(pane) ? { ramp.color($0, from: 0, to: 1) } : nil
  }

  private var isEditingWeights: Bool {
    guard case .editing(let editing) = state.mode, case .weight = editing.field.target else { return false }
    return true
  }
}
