import CMicrokernels
import StridedTensor

/// The inner loops of one instruction set for one element type.
///
/// A value without references, whose tables are part of the program: threads that pass it on do not count its owners. The
/// pointers handed to the kernels are trusted: every caller has checked its shapes before.
public struct Kernels<Element: MatrixElement>: @unchecked Sendable {
  public let instructionSet: InstructionSet
  /// All kernels.
  public let table: UnsafePointer<cm_kernels>
  /// Widths of the packed panels that have a tile, ascending.
  public let widths: UnsafeBufferPointer<Int>
  /// Rows of the tile of each width.
  let tileRows: UnsafeBufferPointer<Int>
  /// The strip kernel of each width.
  let strips: UnsafeBufferPointer<StripFunction?>
  /// The copy of runs of memory.
  let copyRuns: cm_copy_runs

  /// The kernels of an instruction set, or of the baseline where the processor lacks it.
  public init(_ instructionSet: InstructionSet = .best) {
    let element = Int32(Element.elementType == .float64 ? cm_float64 : cm_float32)
    if let table = cm_kernels_for(instructionSet.code, element) {
      self.instructionSet = instructionSet
      self.table = table
    } else {
      self.instructionSet = .baseline
      guard let table = cm_kernels_for(InstructionSet.baseline.code, element) else {
        fatalError("the baseline kernels are part of the program")
      }
      self.table = table
    }
    copyRuns = self.instructionSet.copyRuns
    let count = Int(table.pointee.widths)
    widths = UnsafeBufferPointer(start: cm_widths(table), count: count)
    tileRows = UnsafeBufferPointer(start: cm_tile_rows(table), count: count)
    strips = UnsafeBufferPointer(start: cm_strips(table), count: count)
  }

  /// The strip kernel of very few columns, as inner products.
  var dots: StripFunction? { table.pointee.dots }
  /// Elements of one vector.
  public var lanes: Int { Int(table.pointee.lanes) }
}

extension Kernels {
  /// Bytes of packed weights, or of a packed block of B, from which on the next part is fetched while one is multiplied: it lies
  /// in the third level of the cache then, which the first tile would wait for.
  ///
  /// Only where that was measured to pay: with AVX-512, products are 1.03 to 1.14 times as fast, direct convolutions of few pixels
  /// 1.1 to 1.2 times; with AVX2 nothing was gained.
  public var fetchedPanelBytes: Int { instructionSet == .avx512 ? 1536 << 10 : .max }

  /// Bytes of B up to which the rows that are packed next are fetched while those packed before are multiplied: the second-level
  /// cache has room for both.
  ///
  /// Only where that was measured to pay: with AVX-512, products of few rows are 1.01 to 1.04 times as fast.
  var fetchedRowsBytes: Int { instructionSet == .avx512 ? 512 << 10 : 0 }

  /// Whether a tile of a direct convolution fetches the fields of the tile after it, where these are one piece of memory.
  ///
  /// Only where that was measured to pay: with AVX-512, 1×1 convolutions are 1.02 to 1.07 times as fast.
  public var fetchesNextFields: Bool { instructionSet == .avx512 }

  /// Bytes of packed weights that a tile goes through before the tile below it does, a good part of the second-level cache.
  ///
  /// 0 where each sum that is taken in one go is followed by the tile below: with AVX2 nothing else was measured. With AVX-512 a
  /// tile takes long to begin and to end; direct convolutions are up to 1.07 times as fast.
  public var passBytes: Int { instructionSet == .avx512 ? 192 << 10 : 0 }
}
