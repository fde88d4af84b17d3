import Convolution
import Screens
import Walkthroughs

/// Draws the panes of one state; it holds what several of them look up.
///
/// Every panel answers the same two questions: which address does a cell show, and is it the selected one. Nothing is
/// wired between panels: the same memory lights up wherever it stands because its address is the same.
///
/// It never changes; it is a class so that the cells of all grids, which ask it thousands of times a frame, share it.
final class PanePainter {
  let state: State
  let geometry: ConvolutionGeometry
  let values: ConvolutionValues
  let coverage: FieldCoverage
  let field: ReceptiveField
  /// What is seen of the way to it.
  let phase: Motion.Phase
  let selected: InputIndex
  /// The memory that is lit wherever it stands.
  let selectedAddress: Address
  /// The input channel that number panels show.
  let shownChannel: Int
  /// The walk of Slide and the output that has been reached.
  let walk: SlidingWalkthrough
  let reached: OutputIndex
  let matrix: PatchMatrix
  /// The view of memory.
  private(set) lazy var shown: ShownView = state.shownView
  /// How it lies on the plane.
  private(set) lazy var nested = nestedGrid(of: shown)
  /// Of its buffer, the element that is lit and the one that the last edit by hand wrote.
  private(set) lazy var litOffset: Int? = shown.litOffset(selected)
  private(set) lazy var changedOffset: Int? = {
    guard let index = state.experiment.words.inputEdits.last?.index, index.count == 4 else { return nil }
    return shown.offset(of: InputIndex(n: index[0], y: index[1], x: index[2], c: index[3]))
  }()
  /// The scene's listing.
  private(set) lazy var code = state.code
  /// The colours of a kernel's elements row by row; none of a large one, of which a screen shows a part.
  private(set) lazy var tints: [KernelColors.Pair] = {
    let (rows, columns) = (geometry.kernelHeight, geometry.kernelWidth)
    guard rows <= 16, columns <= 16 else { return [] }
    return (0..<rows * columns).map { tint(i: $0 / columns, j: $0 % columns) }
  }()
  let inputFormat: NumberFormat
  let weightFormat: NumberFormat
  let outputFormat: NumberFormat
  /// Looked up here, as most cells need one of them.
  let glyphSet: GlyphSet

  init(state: State) {
    self.state = state
    geometry = state.geometry
    values = state.values
    coverage = state.coverage
    field = state.field
    phase = state.motion?.phase ?? Motion.Phase()
    selected = state.selected
    selectedAddress = state.selectedAddress
    shownChannel = state.shownChannel
    walk = state.slidingWalk
    reached = state.reached
    matrix = state.patchMatrix
    glyphSet = state.appearance.glyphs
    let decimals = state.size.columns >= 200 ? 4 : 2
    inputFormat = NumberFormat(for: state.summary.input, decimals: decimals)
    weightFormat = NumberFormat(for: state.summary.weight, decimals: decimals)
    outputFormat = NumberFormat(for: state.summary.output, decimals: decimals)
  }

  func draw(_ pane: Pane, on canvas: Canvas) {
    let hasFocus = state.focus == pane
    let view = gridView(of: pane, size: canvas.size)
    var titles = titles(of: pane, inNumbers: view?.showsNumbers ?? false)
    // The pane that keys go to is marked by more than its border's colour.
    if hasFocus { titles = titles.map { "▸" + $0 } }
    let title = Explanation.fitting(titles, columns: canvas.columns - 4, state.appearance)
    // Corner, piece of border, blank and the same at the other end.
    let below = Explanation.fitting(captions(of: pane), columns: canvas.columns - 5, state.appearance)
    let inside = Panel(title, caption: below, focused: hasFocus)
      .draw(on: canvas, Rect(size: canvas.size), state.appearance.glyphs)
    if let view {
      view.draw(on: inside, appearance: state.appearance, flashes: phase.flashes)
      if pane != .loupe { view.drawArrows(on: canvas, appearance: state.appearance) }
      if case .pixels = view.display { drawLegend(of: pane, caption: below, on: canvas) }
      return
    }
    switch pane {
    case .products: drawProducts(on: inside)
    case .geometry: drawGeometry(on: inside)
    case .code: drawCode(on: inside)
    case .cell: drawCell(on: inside)
    case .layout: drawLayout(on: inside)
    case .race: drawRace(on: inside)
    case .dumps: drawDumps(on: inside)
    case .gather: drawGather(on: inside)
    case .terms: drawTerms(on: inside)
    case .nhwc, .nchw, .channelsLast, .kkio, .oikk: break
    case .tileStrides: drawTileStrides(on: inside)
    case .transpose: drawCurves(.transpose, on: inside)
    case .blockProduct: drawCurves(.product, on: inside)
    case .tileSettings: drawTileSettings(on: inside)
    case .times, .figures, .roofline, .sweep, .why, .machine: drawTiming(pane, on: inside)
    case .input, .loupe, .output, .copies, .matrix, .weight, .weights, .product, .strided, .memory, .copy, .tileRows,
      .tileView,
      .tileCopy:
      break
    }
  }

  /// The grid that a pane shows, if it shows one; where it has been panned, with that place in the middle.
  func grid(of pane: Pane) -> Grid? {
    guard var grid = followingGrid(of: pane) else { return nil }
    grid.mostSpread = mostSpread(of: pane)
    if let place = pannedPlace(of: pane) {
      grid.center = place
      grid.isPanned = true
    }
    return grid
  }

  /// The lines that a row of numbers may take on a large screen, so that a small input does not leave it empty.
  private func mostSpread(of pane: Pane) -> Int {
    guard state.isLarge else { return 1 }
    switch pane {
    // What the panels around it explain stands line by line.
    case .weight, .loupe: return 1
    // The product's rows stand beside the matrix's.
    case .matrix, .weights, .product: return 2
    // A field touches now one line, now two: its cells keep their size.
    case .nhwc, .nchw, .channelsLast: return 2
    default: return 5
    }
  }

  /// The same with its cursor in the middle, or the field.
  func followingGrid(of pane: Pane) -> Grid? {
    switch pane {
    case .input: inputGrid(copies: inputShowsCopies)
    case .copies: inputGrid(copies: copiesPaneShowsCopies)
    case .loupe: loupeGrid
    case .output: outputPictureGrid
    case .weight: kernelGrid
    case .matrix: patchGrid
    case .weights: weightMatrixGrid
    case .product: productGrid
    case .strided: viewGrid
    case .memory: bufferGrid
    case .copy: copyGrid
    case .nhwc: orderGrid(.nhwc)
    case .nchw: orderGrid(.nchw)
    case .channelsLast: orderGrid(.channelsLast)
    case .kkio: orderGrid(.kkio)
    case .oikk: orderGrid(.oikk)
    case .tileRows: tileRowsGrid
    case .tileView: tileViewGrid
    case .tileCopy: tileCopyGrid
    case .products, .code, .cell, .geometry, .layout, .race, .dumps, .gather, .terms, .tileStrides, .transpose,
      .blockProduct,
      .tileSettings, .times, .figures, .roofline, .sweep, .why, .machine:
      nil
    }
  }

  /// The grid cell at a place of a pane, its border included.
  func gridCell(of pane: Pane, size: Size, at place: Point) -> (row: Int, column: Int)? {
    let inside = Rect(size: size).inset()
    guard inside.contains(place) else { return nil }
    return gridView(of: pane, size: size)?
      .cell(at: Point(column: place.column - inside.column, row: place.row - inside.row))
  }

  /// How much of its grid a pane of a size shows, its border included.
  func gridView(of pane: Pane, size: Size) -> GridView? {
    let inside = Size(columns: max(size.columns - 2, 0), rows: max(size.rows - 2, 0))
    return grid(of: pane).map { GridView($0, in: inside, zoom: zoom(of: pane)) }
  }

  /// Zooming is for pictures; matrices of numbers stay numbers.
  private func zoom(of pane: Pane) -> Zoom {
    switch pane {
    // Memory is about numbers; pixels only when they are asked for.
    case .strided, .memory, .copy: state.view.zoom == .fit ? .numbers : state.view.zoom
    case .nhwc, .nchw, .channelsLast, .kkio, .oikk: .numbers
    case .loupe, .matrix, .weight, .weights, .product, .tileCopy: .numbers
    default: state.view.zoom
    }
  }

  func glyphs(_ text: String) -> String { state.appearance.plainGlyphs(text) }

  /// The columns that a pane needs and would like, border included.
  func room(for pane: Pane) -> Room {
    let isPicture = [.input, .copies, .output].contains(pane)
    if let grid = grid(of: pane) {
      let wanted = GridView.columnsWanted(by: grid) + 2
      switch pane {
      case .strided: return Room(least: 36, wanted: wanted, takesMore: true)
      case .memory, .copy: return Room(least: 36, wanted: wanted, takesMore: true)
      case .matrix: return Room(least: 30, wanted: max(wanted, 50), takesMore: !state.isRoomy)
      case .weight, .weights: return Room(least: min(max(wanted, 14), 30), wanted: min(wanted, 44))
      case .tileRows, .tileView, .tileCopy: return tileRoom(for: pane, grid)
      case .loupe: return productsRoom
      case .product:
        return Room(least: max(outputFormat.columns + 5, 8), wanted: min(wanted, 40))
      case .input where state.panes.contains(.matrix), .copies:
        // The patch matrix is what this scene is about: pictures leave it the room.
        // Where a column more lets the values stand as numbers, it has that one, also while it shows copies.
        let values = GridView.columnsNeeded(by: inputGrid(copies: false)) + 2
        let least = min(max(wanted, values), values <= 24 ? 24 : 23)
        return Room(least: least, wanted: min(wanted, state.size.columns / 4), takesMore: state.isRoomy)
      default:
        // Small pictures are to be read.
        let needed = GridView.columnsNeeded(by: grid) + 2
        let least = grid.isSmall && needed <= state.size.columns / 2 ? needed : 20
        return Room(least: least, wanted: min(wanted, state.size.columns), takesMore: isPicture)
      }
    }
    switch pane {
    case .products: return productsRoom
    case .code:
      let longest = code.lines.map(\.cellWidth).max() ?? 0
      return Room(least: 30, wanted: longest + 5, takesMore: true)
    case .cell: return Room(least: 26, wanted: 34)
    case .layout: return Room(least: 38, wanted: 52)
    case .race: return Room(least: 36, wanted: 44)
    case .dumps: return Room(least: 40, wanted: 80, takesMore: true)
    case .terms: return Room(least: 24, wanted: 36)
    case .gather: return Room(least: 50, wanted: 66)
    case .tileStrides: return Room(least: 28, wanted: 62)
    case .transpose, .blockProduct: return Room(least: 33, wanted: 60, takesMore: true)
    case .tileSettings: return Room(least: 21, wanted: 21)
    case .geometry:
      return Room(least: 28, wanted: max(geometry.heightFormula.cellWidth, geometry.widthFormula.cellWidth) + 13)
    default: return Room(least: 20, wanted: 20)
    }
  }

  /// Where copies have a panel of their own, the input keeps its values.
  var inputShowsCopies: Bool { state.showsCopies && !state.panes.contains(.copies) }

  /// Where the input stands beside them, copies need not make room for its values.
  var copiesPaneShowsCopies: Bool { state.showsCopies || state.hasInputBesideCopies }

  /// Rows that the explaining panels of a roomy screen need for so many rows of weights, border included.
  func rowsForExplanations(weights: Int) -> Int { max(code.lines.count, weights + 1, 9) + 2 }
}
