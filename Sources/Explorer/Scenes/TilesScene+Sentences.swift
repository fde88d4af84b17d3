import Screens
import StridedTensor
import Walkthroughs

extension TilesScene {
  func sentences(_ state: State) -> [String] {
    if showsCurves(state) {
      return [
        "A transpose reads rows and writes columns. A T×T tile of both stays in the cache, until T is too large for it.",
        "Reading rows, writing columns: a tile of both stays in the cache, if it fits.",
      ]
    }
    let t = state.tile
    guard let crop = state.tiledCrop else { return ["There is no matrix to cut into tiles."] }
    let n = crop.edge
    guard crop.tileDivides else {
      let padded = crop.matrix.edge
      let (height, width) = (state.geometry.inputHeight, state.geometry.inputWidth)
      if height != width {
        return [
          "The upper left \(n)×\(n) of \(height)×\(width). \(t)×\(t) tiles do not divide it: padded with zeros to "
            + "\(padded)×\(padded) first, then walked tile by tile.",
          "The upper left \(n)×\(n), padded to \(padded)×\(padded) so that \(t) divides it, tile by tile.",
        ]
      }
      return [
        "\(t)×\(t) tiles do not divide \(n)×\(n): padded with zeros to \(crop.matrix.edge)×\(crop.matrix.edge) first, "
          + "then walked tile by tile.",
        "\(t) does not divide \(n): padded to \(crop.matrix.edge)×\(crop.matrix.edge), then walked tile by tile.",
      ]
    }
    return [
      "The same \(n)×\(n) cells in two orders: row by row as memory has them, and \(t)×\(t) tile by tile. "
        + "The copy makes each tile contiguous.",
      "The same \(n)×\(n) cells row by row and \(t)×\(t) tile by tile; the copy makes each tile contiguous.",
      "The same cells row by row and tile by tile; the copy makes tiles contiguous.",
    ]
  }

  /// The selected cell, what the walk costs, and why.
  func facts(_ state: State, _ painter: PanePainter) -> [[String]] {
    guard let crop = state.tiledCrop else { return [] }
    let address = addressFact(state, painter, crop)
    if showsCurves(state) { return [columnFact(state), address, jumpFact(state, crop)] }
    if !crop.tileDivides { return [address, raggedFact(crop), jumpFact(state, crop)] }
    return [address, jumpFact(state, crop), columnFact(state)]
  }

  /// Whether the user looks at the costs over T.
  private func showsCurves(_ state: State) -> Bool {
    let curves: [Pane] = [.transpose, .blockProduct, .tileSettings]
    return curves.contains(state.focus) || state.view.side.map(curves.contains) ?? false
  }

  /// `[14] at (2,2) is B[1,1,0,0]: 1·12 + 1·2 + 0·6 + 0·1 = 14, byte 56; in the copy element 16, byte 64`.
  private func addressFact(_ state: State, _ painter: PanePainter, _ crop: TiledCrop) -> [String] {
    let cell = state.selected
    let value = painter.tileFormat.bare(painter.values.input(at: cell))
    let pinned = state.view.selection == nil ? "" : "pinned "
    let start = "\(pinned)[\(value)] at (\(cell.y),\(cell.x))"
    guard crop.contains(row: cell.y, column: cell.x), let view = try? crop.view() else {
      return [start + " lies outside the square that is cut into tiles"]
    }
    let t = crop.tile
    let index = [cell.y / t, cell.x / t, cell.y % t, cell.x % t]
    let terms = zip(index, view.strides).map { "\($0)·\($1)" }.joined(separator: " + ")
    let offset = view.offset(of: index)
    let base = view.offset == 0 ? "" : "\(view.offset) + "
    let name = "is B[" + index.map { String($0) }.joined(separator: ",") + "]"
    let place = crop.walk(.tileByTile).stepIndex(row: cell.y, column: cell.x)
    let copy = "in the copy element \(place), byte \(place * crop.itemSize)"
    return [
      "\(start) \(name): \(base)\(terms) = \(offset), byte \(offset * crop.itemSize); \(copy)",
      "\(start) \(name): \(base)\(terms) = \(offset); \(copy)",
      "\(start) \(name): \(base)\(terms) = \(offset); C's \(place)",
      "\(start): \(base)\(terms) = \(offset); C's \(place)", "\(start) \(name) = \(offset); C's \(place)",
    ]
  }

  /// The jumps of each order in bytes, with the misses where they are quickly counted.
  private func jumpFact(_ state: State, _ crop: TiledCrop) -> [String] {
    guard let view = try? crop.view() else { return [] }
    let walk = ContiguousCopyWalkthrough(view: view, itemSize: crop.itemSize)
    let jumps = walk.jumps.map(signed)
    let next = "+\(crop.itemSize)"
    let (step, turn) = (
      crop.strides.column * crop.itemSize,
      (crop.strides.row - (crop.matrix.edge - 1) * crop.strides.column) * crop.itemSize
    )
    let rows = step == turn ? "row by row always \(signed(step))" : "row by row \(signed(step)) \(signed(turn))"
    let tiles =
      "jumps in bytes: \(rows); tile by tile \(jumps[3]) in a row, \(jumps[2]) to the next, \(jumps[1]) to the next "
      + "tile; in the copy always \(next)"
    let short = "jumps in bytes: \(rows); tile by tile \(jumps[3]) \(jumps[2]) \(jumps[1]); copy \(next)"
    guard crop.matrix.edge <= 32 else { return [tiles, short] }
    let cache = state.tileCache
    let counts = [
      crop.misses(.rowByRow, in: cache), crop.misses(.tileByTile, in: cache), crop.copyMisses(in: cache),
    ].map { String($0.misses) }
    let name = state.tileCacheWord.name(on: state.machine)
    let misses = "misses in \(name): row by row \(counts[0]), tile by tile \(counts[1]), copy \(counts[2])"
    if Set(counts).count == 1 {
      let all = "in \(name) all three miss \(counts[0]) times"
      return [tiles + " · " + all, short + " · " + all, short]
    }
    let brief = "misses in \(name): \(counts.joined(separator: ", "))"
    return [tiles + " · " + misses, short + " · " + misses, short + " · " + brief, short]
  }

  private func signed(_ jump: Int) -> String { jump < 0 ? "−\(-jump)" : "+\(jump)" }

  private func raggedFact(_ crop: TiledCrop) -> [String] {
    let (n, t, padded) = (crop.edge, crop.tile, crop.matrix.edge)
    let left = n % t
    let why = "the last tile has \(left) of \(t) rows, and a strided view has one length for an axis"
    return [
      "\(t) does not divide \(n): \(why); padding adds \(padded * padded - n * n) zeros and makes \(padded)×\(padded)",
      "no strided view: \(why); padding adds \(padded * padded - n * n) zeros",
      "no strided view: \(why)",
      "\(n) = \(n / t)·\(t) + \(left): the last tile is short; a view has one length for an axis",
      "\(t) does not divide \(n): no strided view",
    ]
  }

  /// Why some sizes conflict: the sets that a column of the big matrix falls into.
  private func columnFact(_ state: State) -> [String] {
    guard let sweep = state.tileSweep else { return [] }
    let cache = sweep.cache
    let bytes = (sweep.edge + sweep.rowPadding) * TileSweep.itemSize
    let sets = sweep.setsOfAColumn
    let room = sets * cache.ways
    let rows = "rows of the \(sweep.edge)×\(sweep.edge) matrix are \(bytes) B apart"
    let shared = "a column falls into \(sets) of \(cache.sets) set\(cache.sets == 1 ? "" : "s"), room for \(room) lines"
    if cache.isFullyAssociative {
      return [
        "\(rows); \(state.tileCacheWord.name(on: state.machine)) has one set of \(cache.ways) lines: no conflicts"
      ]
    }
    guard let padding = sweep.spreadingRowPadding else { return ["\(rows): \(shared)", shared] }
    return [
      "\(rows): \(shared): conflict misses; a row padding of \(padding) spreads it over all",
      "rows are \(bytes) B apart: \(shared): conflicts; row padding \(padding) spreads it",
      "rows \(bytes) B apart fall into \(sets) of \(cache.sets) sets: conflicts; row padding \(padding) helps",
      "\(sets) of \(cache.sets) sets for a column: conflicts; row padding \(padding) spreads it",
    ]
  }
}
