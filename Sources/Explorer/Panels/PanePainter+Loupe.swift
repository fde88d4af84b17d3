import Screens
import Walkthroughs

/// The loupe: where the input is drawn as pixels, the cells around the kernel as numbers, each on its own colour.
extension PanePainter {
  /// The input around the field; nothing of it is hidden, the field keeps the kernel's colours.
  var loupeGrid: Grid {
    var grid = inputGrid(copies: inputShowsCopies, channel: loupeChannel)
    guard !inputShowsCopies else {
      // Counts are shorter than the numbers of the columns, which are to be read too.
      grid.format.columns = max(grid.format.columns, String(grid.columns.upperBound - 1).count)
      return grid
    }
    // Neighbours say more than decimals.
    grid.format = NumberFormat(for: state.summary.input, decimals: 2)
    guard state.appearance.hasColor else { return grid }
    let (plain, colors) = (grid.cell, inputColors(n: field.n, span: 1))
    grid.cell = { row, column in
      var cell = plain(row, column)
      guard cell.background == .terminal, case .number = cell.content,
        let color = colors(row, column)
      else { return cell }
      cell.background = color.ink
      cell.style = Style(color.readableText.ink, cell.style.attributes)
      return cell
    }
    return grid
  }

  var loupeTitles: [String] {
    let channel = loupeChannel
    let center = isCursorInSight ? "pinned cell" : "kernel"
    // The copies are the same in all channels.
    guard !inputShowsCopies else { return ["loupe: copies around the \(center)", "loupe: copies", "loupe"] }
    let (long, short) = geometry.inputChannels > 1 ? (", channel \(channel)", ", c=\(channel)") : ("", "")
    return [
      "loupe: the input around the \(center)\(long)", "loupe: around the \(center)\(short)", "loupe\(short)", "loupe",
    ]
  }

  /// Around a pinned cell its own channel, around the kernel the one that it reads.
  private var loupeChannel: Int { isCursorInSight ? selected.c : shownChannel }

  /// Slide's middle column: the products, and under them the loupe where the input is too large to be read as numbers.
  ///
  /// - Parameter input: the room of the input's pane, border included.
  func stackLoupe(under products: Rect, input: Rect) -> [(pane: Pane, rect: Rect)] {
    let whole: [(pane: Pane, rect: Rect)] = [(.products, products)]
    let view = GridView(
      inputGrid(copies: inputShowsCopies), in: Rect(size: input.size).inset().size, zoom: state.view.zoom)
    guard case .pixels = view.display else { return whole }
    let needed = rowsForProducts + 2
    let rows = products.rows - needed
    // Fewer than the kernel and a cell on either side of it show nothing new.
    guard rows >= geometry.kernelHeight + 5 else { return whole }
    return [
      (.products, Rect(column: products.column, row: products.row, columns: products.columns, rows: needed)),
      (.loupe, Rect(column: products.column, row: products.row + needed, columns: products.columns, rows: rows)),
    ]
  }

  /// The products' rows and the lines under them, so many at every step that nothing jumps.
  private var rowsForProducts: Int { geometry.kernelHeight + 4 }
}
