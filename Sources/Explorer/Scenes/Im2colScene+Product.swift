import Convolution
import Screens
import Walkthroughs

/// The product behind the output: its forms, its orders, and its sentences.
extension Im2colScene {
  /// Entries of a row while it is copied, multiplications while it is multiplied; tiles are not taken apart.
  func clockOfMultiplies(_ state: State) -> StepClock? {
    let walk = state.patchWalk
    guard walk.tile == nil else { return nil }
    return StepClock([
      .init(steps: walk.copySteps, parts: walk.matrix.columns, word: "copy"),
      .init(steps: walk.productSteps, parts: walk.multipliesPerRow, word: "multiply"),
    ])
  }

  /// The output channel that is being multiplied, where single multiplications are shown.
  func runningOutputChannel(_ state: State) -> Int {
    guard let multiply = state.view.multiply,
      let place = state.patchWalk.place(ofMultiply: multiply, in: state.view.step)
    else { return 0 }
    return state.group * state.geometry.groupOutputChannels + place.column
  }

  /// The patch matrix and one product, or one product for each kernel offset.
  func cyclePreset(_ direction: Int, _ state: inout State) {
    state.remember()
    let reached = state.reached
    state.view.product = state.view.product == .patchMatrix ? .perOffset : .patchMatrix
    state.view.step = 0
    state.view.entry = nil
    state.goTo(reached)
    state.clampView()
    let count = state.geometry.kernelHeight * state.geometry.kernelWidth
    state.notice = Notice(
      text: state.view.product == .patchMatrix
        ? "im2col: build the patch matrix, then one product"
        : "no patch matrix: \(Explanation.counted(count, "product")), one for each kernel offset, added up")
  }

  /// The product row by row, or tile by tile.
  func toggleOrder(_ state: inout State) {
    let reached = state.reached
    let isSecondPhase = isSecondPhase(state) ?? false
    state.view.productTile = state.view.productTile == nil ? 4 : nil
    state.view.multiply = nil
    state.view.step = isSecondPhase ? state.patchWalk.copySteps : 0
    state.goTo(reached)
    state.clampView()
    state.notice = Notice(
      text: state.view.productTile.map { "the product tile by tile, tiles of \($0)×\($0) (:product-tile T)" }
        ?? "the product row by row")
  }

  func isSecondPhase(_ state: State) -> Bool? {
    let walk = state.patchWalk
    return walk.form == .perOffset ? nil : state.view.step >= walk.copySteps
  }

  /// One row of the product with its numbers, or how far its sum has come.
  func productFact(_ state: State, _ painter: PanePainter) -> [String] {
    let (row, column, done) = painter.sumPlace
    let (_, _, term) = painter.runningPlace
    let all = painter.matrix.columns
    let o = painter.matrix.group * state.geometry.groupOutputChannels + column
    let sum = painter.values.productSum(row: row, column: column, terms: done, of: painter.matrix)
    func factors(_ terms: Range<Int>) -> String {
      terms.map { number in
        let kernel = painter.matrix.kernelIndex(column: number)
        let z = painter.values.input(at: painter.matrix.inputIndex(PatchEntry(row: row, column: number)))
        let weight = painter.weightFormat.bare(painter.values.weight(at: kernel, o: o))
        return "\(painter.inputFormat.bare(z))\(state.appearance.glyphs.dot)\(weight)"
      }.joined(separator: " + ")
    }
    let place = "row \(row) × column \(o)"
    guard done < all || term != nil else {
      return [16, 9, 6, 4, 3, 2].filter { $0 <= all || $0 == 2 }.map { terms in
        let bias = state.experiment.bias == nil ? "" : " + bias"
        return "\(place) = \(factors(0..<min(terms, all)))\(terms < all ? " + …" : "")\(bias)"
          + " = \(painter.outputFormat.bare(painter.finished(sum, o: o)))"
      }
    }
    let before = painter.values.productSum(row: row, column: column, terms: max(done - 1, 0), of: painter.matrix)
    guard done > 0 else { return ["\(place): nothing summed yet"] }
    let last = factors(done - 1..<done)
    return [
      "\(place): \(painter.outputFormat.bare(before)) + \(last) = \(painter.outputFormat.bare(sum)), "
        + "\(done) of \(all) multiplications done"
    ]
  }

  /// What the step multiplies, in blocks.
  func partFact(_ state: State) -> [String] {
    guard case .multiply(let part) = state.patchStep else { return [] }
    let walk = state.patchWalk
    if walk.form == .perOffset {
      let kernel = walk.matrix.kernelIndex(column: part.terms.lowerBound)
      let products = walk.product.products
      guard products > 1 else {
        return [
          "a 1×1 kernel has one offset: the convolution is one product, pixels × channels times channels × outputs",
          "a 1×1 kernel has one offset: the convolution is one product",
        ]
      }
      let number = part.terms.lowerBound / walk.product.depth
      return [
        "offset (\(kernel.i),\(kernel.j)), product \(number + 1) of \(products): the input moved by (\(kernel.i),"
          + "\(kernel.j)) is a view and costs nothing, but the output is read and written \(products) times",
        "offset (\(kernel.i),\(kernel.j)), product \(number + 1) of \(products); the output is read and written "
          + "\(products) times",
      ]
    }
    guard walk.tile != nil else { return [] }
    func range(_ range: Range<Int>) -> String { "\(range.lowerBound):\(range.upperBound)" }
    return [
      "tile by tile: out[\(range(part.rows)),\(range(part.columns))] += A[\(range(part.rows)),\(range(part.terms))]"
        + " @ W[\(range(part.terms)),\(range(part.columns))]: three small blocks that stay in the cache",
      "out[\(range(part.rows)),\(range(part.columns))] += A[\(range(part.rows)),\(range(part.terms))]"
        + " @ W[\(range(part.terms)),\(range(part.columns))]",
    ]
  }
}
