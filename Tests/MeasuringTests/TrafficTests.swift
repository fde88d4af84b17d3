import Convolution
import Measuring
import Testing

/// The model of bytes, on cases worked by hand.
@Suite struct TrafficTests {
  /// The lecture's shape: input 10·32·32·8 = 81 920 floats, output 10·30·30·16 = 144 000, weight 1152, patch matrix 9000·72 = 648 000.
  private func lecture() throws -> ConvolutionGeometry { try ShapeSpecification("10,32,32,8,3,16").geometry }

  @Test func im2colReadsAndWritesItsMatrixOnce() throws {
    let traffic = Traffic(of: .im2col, try lecture(), itemSize: 4)
    // Input read, matrix written and read, weight read, output written.
    let elements = 81_920 + 2 * 648_000 + 1152 + 144_000
    #expect(traffic.bytes == 4 * elements && traffic.footprint == 4 * 873_920)
  }

  @Test func perOffsetProductsWalkTheOutputNineTimes() throws {
    let traffic = Traffic(of: .matmul, try lecture(), itemSize: 8)
    // Nine windows of 10·30·30·8 read; the output zeroed, and read and written nine times.
    let elements = 9 * 72_000 + 1152 + 19 * 144_000
    #expect(traffic.bytes == 8 * elements)
    let output = traffic.transfers.filter { $0.array == "output" }
    #expect(output.map(\.passes).reduce(0, +) == 19)
  }

  @Test(arguments: [ConvolutionAlgorithm.direct, .lazyIm2col])
  func inPlaceEachArrayIsWalkedOnce(algorithm: ConvolutionAlgorithm) throws {
    let elements = 81_920 + 1152 + 144_000
    #expect(Traffic(of: algorithm, try lecture(), itemSize: 4).bytes == 4 * elements)
  }

  @Test func naiveWalksThePictureForEveryPairOfChannels() throws {
    let traffic = Traffic(of: .naive, try lecture(), itemSize: 4)
    // 8·16 passes; a pixel of 8 floats is half a line, one of 16 a whole one.
    let perPass = 10 * 1024 * 32 + 2 * 9000 * 64
    let once = 4 * (144_000 + 1152)
    #expect(traffic.bytes == once + 128 * perPass)
    // Pixels of 64 channels are four lines, of which a pass over one channel fetches one.
    let wide = try ConvolutionGeometry(input: [1, 4, 4, 64], weight: [1, 1, 64, 1])
    let input = Traffic(of: .naive, wide, itemSize: 4).transfers.first { $0.array == "input" }
    #expect(input?.passes == 64 && input?.bytesPerPass == 16 * 64)
  }

  @Test func paddingIsACopyThatIsReadAndWritten() throws {
    let geometry = try ShapeSpecification("1,4,4,1,3,1,p1").geometry
    let traffic = Traffic(of: .im2col, geometry, itemSize: 8)
    // Input 16 read, padded copy 36 written and read, matrix 16·9 written and read, weight 9, output 16.
    let elements = 16 + 2 * 36 + 2 * 144 + 9 + 16
    #expect(traffic.bytes == 8 * elements)
  }

  @Test func aOneByOneKernelNeedsNoMatrix() throws {
    let geometry = try ShapeSpecification("1,5,5,4,1,2").geometry
    let traffic = Traffic(of: .im2col, geometry, itemSize: 4)
    let elements = 100 + 8 + 50
    #expect(traffic.bytes == 4 * elements)
    #expect(!traffic.transfers.contains { $0.array == "patch matrix" })
  }

  @Test func longSumsWalkTheOutputAgain() throws {
    // 9·128 = 1152 terms are summed in three blocks of at most 512.
    let geometry = try ShapeSpecification("1,6,6,128,3,8").geometry
    let output = Traffic(of: .im2col, geometry, itemSize: 4).transfers.filter { $0.array == "output" }
    #expect(output.map(\.direction) == [.read, .write] && output.map(\.passes) == [2, 3])
  }

  @Test func winogradReadsItsTransformedWeights() throws {
    // 8×8 outputs are four tiles of 4×4, one block; weights of 36·32·32.
    let geometry = try ShapeSpecification("1,8,8,32,3,32,p1").geometry
    let traffic = Traffic(of: .winograd, geometry, itemSize: 4)
    let elements = 64 * 32 + 36 * 32 * 32 + 64 * 32
    #expect(traffic.bytes == 4 * elements)
  }

  @Test func intensityPlacesAPointInTheRoofline() throws {
    var row = ContenderReport(
      name: "direct", kind: .algorithm(.direct), threads: 1,
      work: ContenderWork(of: .direct, try lecture(), itemSize: 4))
    row.statistics = SampleStatistics([0.001])
    let bytes = 4.0 * 227_072
    #expect(row.intensity == 20_736_000 / bytes)
    #expect(row.executedGigaflops.map { abs($0 - 20.736) < 1e-9 } == true && !row.isEffective)
    let ceilings = Ceilings(
      threads: 1, peakGigaflops: 100,
      levels: [
        MemoryCeiling(level: .l2, blockBytes: 1, read: 80, copy: 60),
        MemoryCeiling(level: .dram, blockBytes: 1, read: 2, copy: 3),
      ])
    #expect(ceilings.roof(intensity: 10, level: .dram) == 30 && ceilings.roof(intensity: 10, level: .l2) == 100)
    #expect(ceilings.roof(intensity: 10, level: .l3) == nil)
  }
}

/// Operations that are executed, against a count over all outputs.
@Suite struct ExecutedOperationsTests {
  @Test(arguments: [
    "1,7,6,4,3,5", "2,7,6,4,3,5,p2", "1,9,8,4,3x2,4,s2x3,p1x0x2x2,d2x1", "1,5,5,6,3,6,g6,p1", "1,6,6,4,5,4,g2,p3,d1",
    "1,4,4,1,2,1,p5,s3",
  ])
  func directLeavesOutThePadding(text: String) throws {
    let g = try ShapeSpecification(text).geometry
    var met = 0
    for y in 0..<g.outputHeight {
      for x in 0..<g.outputWidth {
        for i in 0..<g.kernelHeight {
          for j in 0..<g.kernelWidth {
            let row = y * g.stride.vertical + i * g.dilation.vertical - g.padding.top
            let column = x * g.stride.horizontal + j * g.dilation.horizontal - g.padding.left
            if 0..<g.inputHeight ~= row, 0..<g.inputWidth ~= column { met += 1 }
          }
        }
      }
    }
    let expected = 2 * g.batch * met * g.groupInputChannels * g.outputChannels
    #expect(g.executedOperations(of: .direct) == Double(expected))
    #expect(g.executedOperations(of: .im2col) == Double(g.operations))
  }

  @Test func winogradMultipliesLess() throws {
    // 16 tiles of 4×4: 36 products over 64 channels for 64 outputs each, and 228 and 130 operations of transforms a channel.
    let geometry = try ShapeSpecification("1,16,16,64,3,64,p1").geometry
    let executed = geometry.executedOperations(of: .winograd)
    let perTile = 2 * 36 * 64 * 64 + 228 * 64 + 130 * 64
    #expect(executed == Double(16 * perTile))
    #expect(executed < 0.4 * Double(geometry.operations))
  }
}
