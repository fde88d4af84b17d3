import Convolution
import StridedTensor
import Testing
import Walkthroughs

@Suite struct GatheredRunsTests {
  /// Runs and lines of every field of every order, against all offsets sorted.
  @Test(arguments: WalkthroughCase.all)
  func runsAndLinesAreThoseOfTheOffsets(_ example: WalkthroughCase) throws {
    let g = example.geometry
    let orders = StorageOrders(geometry: g, itemSize: 4)
    for order in TensorOrder.allCases {
      for group in 0..<g.groups {
        let matrix = PatchMatrix(geometry: g, group: group)
        for row in 0..<g.patchRows {
          let field = matrix.field(row: row)
          let offsets = (0..<matrix.columns).compactMap {
            orders.offset(of: field.index(under: matrix.kernelIndex(column: $0)), in: order)
          }.sorted()
          let runs = try orders.runs(of: field, in: order).runs
          var found: [Int] = []
          runs.forEach { found += $0..<$0 + runs.length }
          #expect(found == offsets)
          for line in [8, 16, 64] {
            #expect(runs.lines(itemSize: 4, line: line) == Array(Set(offsets.map { $0 * 4 / line })).sorted())
          }
        }
      }
    }
  }

  @Test(arguments: WalkthroughCase.all, WeightOrder.allCases)
  func aFiltersWeightsAreWhereTheOrderHasThem(_ example: WalkthroughCase, _ order: WeightOrder) throws {
    let g = example.geometry
    let orders = StorageOrders(geometry: g, itemSize: 4)
    let matrix = PatchMatrix(geometry: g)
    for o in 0..<g.outputChannels {
      let offsets = (0..<matrix.columns).compactMap {
        orders.offset(of: matrix.kernelIndex(column: $0), o: o, in: order)
      }
      let runs = try orders.filter(o: o, in: order)
      var found: [Int] = []
      runs.forEach { found += $0..<$0 + runs.length }
      #expect(found == offsets.sorted())
      // PyTorch keeps a filter together; the lecture's order keeps together what one kernel element does for all filters.
      if order == .oikk { #expect(runs.count == 1) }
    }
  }

  /// Sliding along a row through a cache with room for it fetches each line once; through the toy it does not.
  @Test func sweepsCountTheMissesOfEveryField() throws {
    let g = try ConvolutionGeometry(input: [1, 6, 32, 4], weight: [3, 3, 4, 1])
    let orders = StorageOrders(geometry: g, itemSize: 4)
    let field = ReceptiveField(geometry: g, n: 0, y: 1, x: 5)
    let large = try CacheGeometry(size: 32768, line: 64, ways: 8)
    for order in TensorOrder.allCases {
      let sweep = try orders.sweep(rowOf: field, in: order, cache: large)
      #expect(sweep.fields == 30)
      #expect(sweep.counts.accesses == 30 * 36)
      // Three picture rows of 32·4 elements, wherever their bytes lie.
      #expect(sweep.counts.misses == 3 * 32 * 4 * 4 / 64)
    }
    let toy = try orders.sweep(rowOf: field, in: .nhwc, cache: .toy)
    #expect(toy.counts.misses > 30 * 3)
    #expect(toy.missesPerField == Double(toy.counts.misses) / 30)
    #expect(try orders.sweep(rowOf: field, in: .nhwc, cache: .toy, work: 1).fields == 1)
  }

  /// A sweep reads what each field's own runs read, cut by padding or not, through a cache that forgets.
  @Test(arguments: TensorOrder.allCases)
  func sweepsReadEveryFieldAsItIs(_ order: TensorOrder) throws {
    for (padding, stride, dilation) in [(0, 1, 1), (1, 1, 1), (2, 2, 1), (3, 1, 2), (1, 3, 2)] {
      let g = try ConvolutionGeometry(
        input: [2, 7, 11, 3], weight: [3, 3, 3, 2],
        parameters: ConvolutionParameters(
          stride: AxisPair(stride), padding: .explicit(Padding(padding)), dilation: AxisPair(dilation)))
      let orders = StorageOrders(geometry: g, itemSize: 4)
      for y in 0..<g.outputHeight {
        var model = CacheModel(.toy)
        for x in 0..<g.outputWidth {
          let runs = try orders.runs(of: ReceptiveField(geometry: g, n: 1, y: y, x: x), in: order).runs
          runs.forEach { for k in 0..<runs.length { _ = model.access(($0 + k) * 4) } }
        }
        let sweep = try orders.sweep(
          rowOf: ReceptiveField(geometry: g, n: 1, y: y, x: 0), in: order, cache: .toy, work: .max)
        #expect(sweep.fields == g.outputWidth)
        #expect(sweep.counts.misses == model.counts.misses, "row \(y), padding \(padding)")
        #expect(sweep.counts.accesses == model.counts.accesses)
      }
    }
  }
}
