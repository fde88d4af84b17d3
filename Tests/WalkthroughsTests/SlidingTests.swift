import Convolution
import StridedTensor
import Testing
import Walkthroughs

@Suite struct SlidingTests {
  /// The steps, executed in turn, give bit for bit what the naive loops give.
  @Test(arguments: WalkthroughCase.all, SlidingWalkthrough.Order.allCases)
  func stepsExecutedGiveTheOutput(_ example: WalkthroughCase, order: SlidingWalkthrough.Order) throws {
    let g = example.geometry
    let walk = SlidingWalkthrough(geometry: g, order: order)
    let values = example.values
    var output = [Double?](repeating: nil, count: g.patchRows * g.outputChannels)
    for t in 0..<walk.count {
      let step = walk.step(at: t)
      let o = step.output
      let place = ((o.n * g.outputHeight + o.y) * g.outputWidth + o.x) * g.outputChannels + o.o
      var sum = values.partialSum(of: step, multiplies: walk.multipliesPerStep, from: output[place] ?? 0)
      if step.channels.upperBound == g.groupInputChannels, example.bias != nil {
        sum = values.rounded(sum + values.bias(o: o.o))
      }
      output[place] = sum
      #expect(values.output(o, after: t, of: walk) == sum)
    }
    let naive = try convolve(example.input, example.weight, bias: example.bias, geometry: g, algorithm: .naive)
    #expect(output == naive.elements().map { Double($0) })
  }

  /// Any step is found at once, and its output leads back to it.
  @Test(arguments: WalkthroughCase.all, SlidingWalkthrough.Order.allCases)
  func stepsAndOutputsAreInverse(_ example: WalkthroughCase, order: SlidingWalkthrough.Order) {
    let walk = SlidingWalkthrough(geometry: example.geometry, order: order)
    for t in 0..<walk.count {
      let step = walk.step(at: t)
      let channel = order == .lecture ? step.channels.lowerBound : 0
      #expect(walk.stepIndex(of: step.output, channel: channel) == t)
    }
    #expect(walk.step(at: -1) == walk.step(at: 0))
    #expect(walk.step(at: Int.max) == walk.step(at: walk.count - 1))
  }

  /// Every address that a step reads lies in the input, or is padding; as a layout it shows the same elements.
  @Test(arguments: WalkthroughCase.all)
  func fieldsReadTheInput(_ example: WalkthroughCase) throws {
    let g = example.geometry
    let values = example.values
    for row in 0..<g.patchRows {
      for group in 0..<g.groups {
        let field = PatchMatrix(geometry: g, group: group).field(row: row)
        let layout = field.layout(in: example.input.layout)
        for column in 0..<g.patchColumns {
          let kernel = PatchMatrix(geometry: g).kernelIndex(column: column)
          let index = field.index(under: kernel)
          switch values.addressing.address(of: index) {
          case .element(.input, let offset):
            #expect((0..<example.input.bufferCount).contains(offset))
            #expect(values.addressing.index(ofOffset: offset) == index)
            if let layout { #expect(layout.offset(of: [kernel.i, kernel.j, kernel.c]) == offset) }
          case .padding:
            #expect(layout == nil)
            #expect(!g.padding.isNone)
          default:
            Issue.record("a field reads \(index)")
          }
        }
      }
    }
  }

  /// The flipped kernel of the lecture's example gives 138 where cross-correlation gives 366.
  @Test func theLectureExampleFlipped() throws {
    let input = try Tensor<Float>(shape: [1, 6, 6, 1], elements: (0..<36).map { Float($0) })
    let weight = try Tensor<Float>(shape: [3, 3, 1, 1], elements: (0..<9).map { Float($0) })
    let geometry = try ConvolutionGeometry(input: input.shape, weight: weight.shape)
    func first(flipped: Bool) -> Double {
      ConvolutionValues(
        input: .float32(input), weight: .float32(weight), bias: nil, geometry: geometry, flipped: flipped
      ).output(OutputIndex(n: 0, y: 0, x: 0, o: 0))
    }
    #expect(first(flipped: false) == 366)
    #expect(first(flipped: true) == 138)
  }

  @Test func theCodeIsTheLoopsOfTheGeometry() throws {
    let geometry = try ConvolutionGeometry(
      input: [1, 9, 9, 2], weight: [3, 3, 2, 4],
      parameters: ConvolutionParameters(
        stride: AxisPair(2), padding: .explicit(Padding(1)), dilation: AxisPair(1, 2)))
    let pixel = SlidingWalkthrough(geometry: geometry).code(eachMultiply: true)
    #expect(
      pixel.lines == [
        "P = np.pad(Z, ((0,0), (1,1), (1,1), (0,0)))", "for y in range(5):", " for x in range(4):",
        "  for o in range(4):", "   for c in range(2):", "    for i in range(3):", "     for j in range(3):",
        "      out[0,y,x,o] += P[0,2*y+i,2*x+2*j,c] * W[i,j,c,o]",
      ])
    let lecture = SlidingWalkthrough(geometry: geometry, order: .lecture).code(eachMultiply: false)
    #expect(
      lecture.lines == [
        "P = np.pad(Z, ((0,0), (1,1), (1,1), (0,0)))", "for c in range(2):", " for o in range(4):",
        "  for y in range(5):", "   for x in range(4):",
        "    out[0,y,x,o] += (P[0,2*y:2*y+3,2*x:2*x+5:2,c] * W[:,:,c,o]).sum()",
      ])
  }
}
