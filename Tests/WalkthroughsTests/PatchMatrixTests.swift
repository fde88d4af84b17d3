import Convolution
import StridedTensor
import Testing
import Walkthroughs

@Suite struct PatchMatrixTests {
  /// The rows, copied in turn, are the real patch matrix; multiplied in turn, the real output.
  @Test(arguments: WalkthroughCase.all)
  func stepsExecutedGiveTheMatrixAndTheOutput(_ example: WalkthroughCase) throws {
    let g = example.geometry
    let values = example.values
    let real = try patchMatrix(example.input, geometry: g).elements().map { Double($0) }
    let naive = try convolve(example.input, example.weight, bias: example.bias, geometry: g, algorithm: .naive)
      .elements().map { Double($0) }
    let allColumns = g.kernelHeight * g.kernelWidth * g.inputChannels
    for group in 0..<g.groups {
      let walk = PatchMatrixWalkthrough(matrix: PatchMatrix(geometry: g, group: group))
      for t in 0..<walk.count {
        let row = walk.step(at: t).row
        switch walk.step(at: t) {
        case .copyRow:
          for column in 0..<walk.matrix.columns {
            let kernel = walk.matrix.kernelIndex(column: column)
            let value = values.input(at: walk.matrix.inputIndex(PatchEntry(row: row, column: column)))
            let wide =
              (kernel.i * g.kernelWidth + kernel.j) * g.inputChannels + group * g.groupInputChannels + kernel.c
            #expect(value == real[row * allColumns + wide])
          }
        case .multiply:
          let field = walk.matrix.field(row: row)
          for o in group * g.groupOutputChannels..<(group + 1) * g.groupOutputChannels {
            let output = OutputIndex(n: field.n, y: field.y, x: field.x, o: o)
            #expect(values.output(output) == naive[row * g.outputChannels + o])
          }
        }
      }
    }
  }

  /// Copies in closed form against counting all entries of the matrix.
  @Test(arguments: WalkthroughCase.all)
  func copiesAreCountedAndFound(_ example: WalkthroughCase) {
    let g = example.geometry
    let coverage = FieldCoverage(geometry: g)
    var most = 0
    for group in 0..<g.groups {
      let matrix = PatchMatrix(geometry: g, group: group)
      var entries: [InputIndex: [PatchEntry]] = [:]
      for row in 0..<matrix.rows {
        for column in 0..<matrix.columns {
          let entry = PatchEntry(row: row, column: column)
          entries[matrix.inputIndex(entry), default: []].append(entry)
        }
      }
      for y in 0..<g.inputHeight {
        for x in 0..<g.inputWidth {
          let index = InputIndex(n: 0, y: y, x: x, c: group * g.groupInputChannels)
          let found = entries[index] ?? []
          #expect(matrix.copies(of: index) == found)
          #expect(coverage.copies(y: y, x: x) == found.count)
          most = max(most, found.count)
        }
      }
    }
    #expect(coverage.mostCopies(geometry: g) == most)
  }

  @Test func unreachedEndsAreWhatNoFieldReaches() throws {
    for (length, kernel, stride, padding) in [(6, 3, 2, 0), (9, 2, 3, 0), (7, 3, 3, 1), (10, 1, 4, 0), (5, 5, 1, 2)] {
      let g = try ConvolutionGeometry(
        input: [1, length, length, 1], weight: [kernel, kernel, 1, 1],
        parameters: ConvolutionParameters(stride: AxisPair(stride), padding: .explicit(Padding(padding))))
      let coverage = FieldCoverage(geometry: g)
      var end = 0
      while end < length, coverage.copies(y: length - 1 - end, x: 0) == 0 { end += 1 }
      #expect(coverage.unreachedEnds(geometry: g) == (end, end))
    }
  }

  /// The real reshape is a view exactly when no pair of axes stands in the way.
  @Test(arguments: WalkthroughCase.all)
  func theReshapeCopiesExactlyWhenAPairDoesNotMerge(_ example: WalkthroughCase) throws {
    let g = example.geometry
    let view = try PatchView(matrix: PatchMatrix(geometry: g), input: example.input.layout)
    let padded = try Tensor<Float>(shape: g.paddedShape, repeating: 1)
    let patches = try padded.asStrided(view.layout)
    // A reshape that is a view keeps the buffer of the padded input; one that copies has a buffer of its own size.
    let matrix = try patches.reshaped(to: [g.patchRows, g.patchColumns])
    let copied = matrix.bufferCount != padded.bufferCount
    #expect(copied == (view.pairThatDoesNotMerge != nil))
  }

  @Test func theLecturesPairIsYAndX() throws {
    let g = try ConvolutionGeometry(input: [1, 6, 6, 1], weight: [3, 3, 1, 1])
    let view = try PatchView(matrix: PatchMatrix(geometry: g), input: try Layout.rowMajor([1, 6, 6, 1]))
    let pair = try #require(view.pairThatDoesNotMerge)
    #expect(PatchView.axes[pair.outer] == "y" && PatchView.axes[pair.inner] == "x")
    #expect((pair.outerStride, pair.innerStride, pair.innerLength) == (6, 1, 4))
    #expect(view.pictureStrides == [6, 1, 6, 1])
  }

  @Test func im2colsCodeHasTheNumbers() throws {
    let g = try ConvolutionGeometry(
      input: [1, 6, 6, 1], weight: [3, 3, 1, 1], parameters: ConvolutionParameters(stride: AxisPair(2)))
    let walk = PatchMatrixWalkthrough(matrix: PatchMatrix(geometry: g))
    let code = walk.code
    #expect(
      code.listing.lines == [
        "sN, sH, sW, sC = Z.strides", "V = as_strided(Z,", "  shape=(1, 2, 2, 3, 3, 1),",
        "  strides=(sN, 2*sH, 2*sW, sH, sW, sC))", "A = V.reshape(4, 9)", "out = A @ W.reshape(9, 1)",
        "out = out.reshape(1, 2, 2, 1)",
      ])
    #expect(code.listing.lines[code.line(of: .copyRow(0))].hasPrefix("A = "))
    #expect(code.listing.lines[code.line(of: walk.step(at: walk.copySteps))].hasPrefix("out = A @"))
  }

  /// Row by row and tile by tile, over the patch matrix and per offset: the terms summed are those of the parts done.
  @Test(arguments: WalkthroughCase.all, [nil, 1, 2, 4, 100])
  func partsAddUpToTheProduct(_ example: WalkthroughCase, tile: Int?) throws {
    let g = example.geometry
    for form in MatrixProductWalkthrough.Form.allCases {
      let walk = PatchMatrixWalkthrough(matrix: PatchMatrix(geometry: g, group: g.groups - 1), form: form, tile: tile)
      let columns = g.groupOutputChannels
      var terms = [Int](repeating: 0, count: walk.matrix.rows * columns)
      #expect(walk.copySteps == (form == .perOffset ? 0 : walk.matrix.rows))
      for t in 0..<walk.count {
        guard case .multiply(let part) = walk.step(at: t) else { continue }
        if tile == nil, t % 7 == 0 {
          for m in 0..<walk.multipliesPerRow {
            let place = try #require(walk.place(ofMultiply: m, in: t))
            let before = terms[place.row * columns + place.column]
            #expect(place.term == before + m % walk.product.depth)
            #expect(walk.termsSummed(row: place.row, column: place.column, after: t, multiply: m) == place.term + 1)
          }
        }
        for row in part.rows {
          for column in part.columns {
            #expect(terms[row * columns + column] == part.terms.lowerBound)
            terms[row * columns + column] = part.terms.upperBound
          }
        }
        guard t % 5 == 0 || t == walk.count - 1 else { continue }
        for row in 0..<walk.matrix.rows {
          for column in 0..<columns {
            #expect(walk.termsSummed(row: row, column: column, after: t) == terms[row * columns + column])
          }
        }
        #expect(walk.step(at: walk.step(atRow: part.rows.lowerBound, like: t)).row == part.rows.lowerBound)
      }
      #expect(terms.allSatisfy { $0 == walk.matrix.columns })
    }
  }

  /// Sums of many columns at once are the sums of each, bit for bit, in float32 and float64, flipped or not.
  @Test(arguments: WalkthroughCase.all, [false, true])
  func sumsAtOnceAreTheSumsOfEach(_ example: WalkthroughCase, flipped: Bool) throws {
    let g = example.geometry
    let wide = try (
      Tensor<Double>(shape: example.input.shape, elements: example.input.elements().map { Double($0) / 3 }),
      Tensor<Double>(shape: example.weight.shape, elements: example.weight.elements().map { Double($0) / 7 })
    )
    let all = [
      ConvolutionValues(
        input: .float32(example.input), weight: .float32(example.weight), bias: nil, geometry: g, flipped: flipped),
      ConvolutionValues(input: .float64(wide.0), weight: .float64(wide.1), bias: nil, geometry: g, flipped: flipped),
    ]
    for values in all {
      for group in 0..<g.groups {
        let matrix = PatchMatrix(geometry: g, group: group)
        for row in 0..<matrix.rows {
          for terms in [0, 1, matrix.columns / 2, matrix.columns, matrix.columns + 5] {
            let sums = values.productSums(row: row, columns: 0..<g.groupOutputChannels, terms: terms, of: matrix)
            let each = (0..<g.groupOutputChannels).map {
              values.productSum(row: row, column: $0, terms: terms, of: matrix)
            }
            #expect(sums == each)
          }
        }
      }
    }
  }
}
