import Convolution
import StridedTensor
import TestSupport
import Testing
import Walkthroughs

@Suite struct StorageOrdersTests {
  /// One cell is lit in all orders: the copies that the library makes hold its value at the mapped offset.
  @Test(arguments: WalkthroughCase.all)
  func cellsAreWhereTheCopiesHaveThem(_ example: WalkthroughCase) throws {
    let g = example.geometry
    let orders = StorageOrders(geometry: g, itemSize: 4)
    let nchw = try example.input.permuted([0, 3, 1, 2]).copied()
    let oikk = try example.weight.permuted([3, 2, 0, 1]).copied()
    #expect(try orders.layout(.nchw) == nchw.layout && orders.layout(.oikk) == oikk.layout)
    #expect(try orders.layout(.nhwc) == example.input.layout && orders.layout(.kkio) == example.weight.layout)
    #expect(try orders.layout(.channelsLast) == example.input.layout.permuted([0, 3, 1, 2]))
    for i in BruteForce.indices(g.inputShape) {
      let index = InputIndex(n: i[0], y: i[1], x: i[2], c: i[3])
      let value = try example.input.element(at: i)
      for (order, buffer) in [(TensorOrder.nhwc, example.input), (.nchw, nchw), (.channelsLast, example.input)] {
        let offset = try #require(orders.offset(of: index, in: order))
        #expect(buffer.element(atOffset: offset) == value)
        #expect(orders.index(atOffset: offset, in: order) == index)
      }
    }
    for i in BruteForce.indices(g.weightShape) {
      let value = try example.weight.element(at: i)
      for (order, buffer) in [(WeightOrder.kkio, example.weight), (.oikk, oikk)] {
        let offset = try #require(orders.offset(of: KernelIndex(i: i[0], j: i[1], c: i[2]), o: i[3], in: order))
        #expect(buffer.element(atOffset: offset) == value)
      }
    }
    #expect(orders.offset(of: InputIndex(n: 0, y: -1, x: 0, c: 0), in: .nchw) == nil)
    #expect(orders.offset(of: KernelIndex(i: 9, j: 0, c: 0), o: 0, in: .oikk) == nil)
    for (source, buffer) in [(TensorOrder.nhwc, example.input), (.channelsLast, example.input), (.nchw, nchw)] {
      for (target, expected) in [(TensorOrder.nchw, nchw), (.nhwc, example.input), (.channelsLast, example.input)] {
        let walk = try orders.copy(from: source, to: target)
        let copied = (0..<walk.count).compactMap { walk.step(at: $0).flatMap { buffer.element(atOffset: $0.offset) } }
        #expect(copied == expected.elements())
      }
    }
  }

  /// With dilation, fields begin between the cells of the padding.
  static let padded: [WalkthroughCase] =
    [1, 2, 3].compactMap { padding in
      try? WalkthroughCase(
        input: [1, 7, 9, 2], weight: [3, 3, 2, 1],
        parameters: ConvolutionParameters(
          padding: .explicit(Padding(top: padding, bottom: 1, left: 4 - padding, right: 2)), dilation: AxisPair(2, 3)))
    }

  /// Runs and lines of every field against sorting its offsets.
  @Test(arguments: WalkthroughCase.all + padded)
  func runsAreWhatSortedOffsetsShow(_ example: WalkthroughCase) throws {
    let g = example.geometry
    let orders = StorageOrders(geometry: g, itemSize: 4)
    for group in 0..<g.groups {
      let matrix = PatchMatrix(geometry: g, group: group)
      for row in 0..<matrix.rows {
        let field = matrix.field(row: row)
        for order in TensorOrder.allCases {
          let offsets = (0..<matrix.columns).compactMap { column in
            orders.offset(of: matrix.inputIndex(PatchEntry(row: row, column: column)), in: order)
          }.sorted()
          let breaks = zip(offsets, offsets.dropFirst()).count { $1 != $0 + 1 }
          let runs = try orders.runs(of: field, in: order, line: 16)
          #expect(runs.count == (offsets.isEmpty ? 0 : breaks + 1), "\(order) \(field)")
          #expect(runs.length * runs.count == offsets.count)
          #expect(runs.linesTouched == Set(offsets.map { $0 * 4 / 16 }).count)
          #expect((runs.layout.map(BruteForce.offsets) ?? []) == offsets)
        }
      }
    }
  }

  @Test func thePaddedCasesExist() { #expect(Self.padded.count == 3) }

  @Test func channelsTogetherMakeLongRuns() throws {
    let g = try ConvolutionGeometry(input: [10, 32, 32, 8], weight: [3, 3, 8, 16])
    let orders = StorageOrders(geometry: g, itemSize: 4)
    let field = ReceptiveField(geometry: g, n: 1, y: 4, x: 5)
    let together = try orders.runs(of: field, in: .nhwc)
    #expect((together.length, together.count) == (24, 3))
    let apart = try orders.runs(of: field, in: .nchw)
    #expect((apart.length, apart.count) == (3, 24))
    #expect(together.linesTouched < apart.linesTouched)
    #expect(try orders.layout(.channelsLast).strides == [8192, 1, 256, 8])
    #expect(try orders.layout(.nchw).strides == [8192, 1024, 32, 1])
  }

  /// Gathering in the order of the patch matrix visits the cells that its entries copy.
  @Test func gatheringIsBuildingThePatchMatrix() throws {
    let g = try ConvolutionGeometry(input: [2, 5, 6, 3], weight: [3, 2, 3, 4])
    let orders = StorageOrders(geometry: g, itemSize: 4)
    let matrix = PatchMatrix(geometry: g)
    for order in TensorOrder.allCases {
      var expected: [Int?] = []
      for row in 0..<matrix.rows {
        for column in 0..<matrix.columns {
          let index = matrix.inputIndex(PatchEntry(row: row, column: column))
          expected.append(orders.offset(of: index, in: order).map { $0 * 4 })
        }
      }
      #expect(try Array(orders.gatherAddresses(in: order).addresses) == expected)
    }
  }
}
