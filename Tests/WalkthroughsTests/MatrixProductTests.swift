import Convolution
import StridedTensor
import TestSupport
import Testing
import Walkthroughs

@Suite struct MatrixProductTests {
  /// The steps executed on flat buffers, through the addresses that they name, are the plain loops' sums bit for bit, and
  /// those are the real output to rounding.
  @Test(arguments: WalkthroughCase.all, [1, 2, 3, 64])
  func stepsExecutedGiveTheOutput(_ example: WalkthroughCase, tile: Int) throws {
    let g = example.geometry
    let addressing = InputAddressing(layout: example.input.layout)
    let real = try convolve(example.input, example.weight, bias: nil, geometry: g, algorithm: .naive).elements()
    let patches = try patchMatrix(example.input, geometry: g).elements()
    for form in MatrixProductWalkthrough.Form.allCases {
      var out = [Float](repeating: 0, count: g.outputCount)
      for group in 0..<g.groups {
        let matrix = PatchMatrix(geometry: g, group: group)
        let walk = MatrixProductWalkthrough(matrix: matrix, form: form, tile: tile)
        var begun = 0
        var ended = 0
        for t in 0..<walk.count {
          let step = walk.step(at: t)
          begun += step.beginsSums ? step.rows.count * step.columns.count : 0
          ended += step.endsSums ? step.rows.count * step.columns.count : 0
          for row in step.rows {
            for column in step.columns {
              guard case .element(.output, let target) = step.outputAddress(row: row, column: column) else {
                Issue.record("not the output")
                continue
              }
              for depth in step.depths {
                #expect(
                  walk.stepIndex(row: row, column: column, depth: depth, product: step.product) == t)
                var left: Float = 0
                switch step.leftAddress(row: row, depth: depth, input: addressing) {
                case .element(.input, let offset): left = example.input.element(atOffset: offset) ?? .nan
                case .element(.patchMatrix, let offset):
                  // The matrix of one group is a part of each row of the matrix of all.
                  let (r, column) = (offset / matrix.columns, offset % matrix.columns)
                  let kernel = matrix.kernelIndex(column: column)
                  let wide = (kernel.i * g.kernelWidth + kernel.j) * g.inputChannels + group * g.groupInputChannels
                  left = patches[r * matrix.columns * g.groups + wide + kernel.c]
                case .padding: break
                default: Issue.record("not a factor")
                }
                guard case .element(.weight, let w) = step.weightAddress(depth: depth, column: column) else { continue }
                out[target] += left * (example.weight.element(atOffset: w) ?? .nan)
              }
            }
          }
        }
        #expect(begun == walk.rows * walk.columns && ended == begun)
      }
      #expect(out == plainLoops(example, patches: patches), "\(form)")
      for (mine, theirs) in zip(out, real) { #expect(abs(mine - theirs) <= 1e-4) }
    }
  }

  /// out[r,o] += A[r,k]·W[k,o] with k innermost, group by group.
  private func plainLoops(_ example: WalkthroughCase, patches: [Float]) -> [Float] {
    let g = example.geometry
    let weight = example.weight.elements()
    var out = [Float](repeating: 0, count: g.outputCount)
    let pixels = g.kernelHeight * g.kernelWidth
    for r in 0..<g.patchRows {
      for o in 0..<g.outputChannels {
        let group = o / g.groupOutputChannels
        for pixel in 0..<pixels {
          for c in 0..<g.groupInputChannels {
            let a = patches[(r * pixels + pixel) * g.inputChannels + group * g.groupInputChannels + c]
            out[r * g.outputChannels + o] += a * weight[(pixel * g.groupInputChannels + c) * g.outputChannels + o]
          }
        }
      }
    }
    return out
  }

  /// The running sums, asked for at any step, are those of executing the steps up to it.
  @Test(arguments: MatrixProductWalkthrough.Form.allCases, [1, 2, 5])
  func runningSumsAreKnownAtEveryStep(form: MatrixProductWalkthrough.Form, tile: Int) throws {
    let example = try WalkthroughCase(
      input: [1, 4, 4, 3], weight: [2, 2, 3, 2], parameters: ConvolutionParameters(stride: AxisPair(1, 2)))
    let walk = MatrixProductWalkthrough(
      matrix: PatchMatrix(geometry: example.geometry), form: form, tile: tile)
    let values = example.values
    var terms = [Int](repeating: 0, count: walk.rows * walk.columns)
    for t in 0..<walk.count {
      let step = walk.step(at: t)
      for row in step.rows {
        for column in step.columns {
          let place = row * walk.columns + column
          // Terms come in (i, j, c) order.
          #expect(step.patchColumn(depth: step.depths.lowerBound) == terms[place])
          terms[place] += step.depths.count
        }
      }
      for row in 0..<walk.rows {
        for column in 0..<walk.columns {
          #expect(walk.termsSummed(row: row, column: column, after: t) == terms[row * walk.columns + column])
        }
      }
    }
    #expect(terms.allSatisfy { $0 == walk.matrix.columns })
    let real = try convolve(
      example.input, example.weight, bias: nil, geometry: example.geometry, algorithm: .matmul
    ).elements()
    for row in 0..<walk.rows {
      for column in 0..<walk.columns {
        let sum = values.productSum(row: row, column: column, terms: .max, of: walk.matrix)
        #expect(abs(sum - Double(real[row * walk.columns + column])) < 1e-4)
        #expect(values.productSum(row: row, column: column, terms: 0, of: walk.matrix) == 0)
      }
    }
    #expect(walk.step(at: .max) == walk.step(at: walk.count - 1) && walk.step(at: .min) == walk.step(at: 0))
    #expect(walk.termsSummed(row: 0, column: 0, after: -1) == 0)
  }

  @Test func oneByOneIsOneProduct() throws {
    let g = try ConvolutionGeometry(input: [1, 4, 5, 2], weight: [1, 1, 2, 3])
    let matrix = PatchMatrix(geometry: g)
    let perOffset = MatrixProductWalkthrough(matrix: matrix, form: .perOffset)
    let whole = MatrixProductWalkthrough(matrix: matrix, form: .patchMatrix)
    #expect(perOffset.products == 1 && perOffset.count == whole.count && perOffset.depth == whole.depth)
    #expect(perOffset.step(at: 3).kernelOffset.map { $0 == (0, 0) } == true && whole.step(at: 3).kernelOffset == nil)
  }

  @Test func theLecturesFirstOutputIs366AndFlipped138() throws {
    let g = try ConvolutionGeometry(input: [1, 6, 6, 1], weight: [3, 3, 1, 1])
    let input = try Tensor(shape: [1, 6, 6, 1], elements: (0..<36).map { Float($0) })
    let weight = try Tensor(shape: [3, 3, 1, 1], elements: (0..<9).map { Float($0) })
    for (flipped, expected) in [(false, 366.0), (true, 138)] {
      let values = ConvolutionValues(
        input: .float32(input), weight: .float32(weight), bias: nil, geometry: g, flipped: flipped)
      #expect(values.productSum(row: 0, column: 0, terms: 9, of: PatchMatrix(geometry: g)) == expected)
    }
  }

  @Test func theCodeIsTheLoops() throws {
    let g = try ConvolutionGeometry(
      input: [1, 7, 8, 4], weight: [2, 3, 2, 6],
      parameters: ConvolutionParameters(stride: AxisPair(2, 1), dilation: AxisPair(1, 2), groups: 2))
    let perOffset = MatrixProductWalkthrough(matrix: PatchMatrix(geometry: g, group: 1), form: .perOffset).code
    #expect(
      perOffset.listing.lines == [
        "for i in range(2):", " for j in range(3):", "  A = Z[:,i:i+5:2,2*j:2*j+4,2:4].reshape(12, 2)",
        "  B = W[i,j,:,3:6]", "  for r in range(12):", "   for o in range(3):", "    for k in range(2):",
        "     out[r,o] += A[r,k] * B[k,o]",
      ])
    #expect(perOffset.line == 7)
    let tiled = MatrixProductWalkthrough(matrix: PatchMatrix(geometry: g), form: .patchMatrix, tile: 4).code
    #expect(tiled.listing.lines.first == "B = W[...,0:3].reshape(12, 3)")
    #expect(tiled.listing.lines[tiled.line] == "   out[r:r+4,o:o+4] += A[r:r+4,k:k+4] @ B[k:k+4,o:o+4]")
  }
}
