import CMicrokernels
import StridedTensor

/// The inner loops of one instruction set for one element type.
///
/// The pointers handed to them are trusted: every caller has checked its shapes before.
public struct Kernels<Element: MatrixElement>: @unchecked Sendable {
  public let instructionSet: InstructionSet
  /// Widths of the packed panels that have a tile, ascending.
  public let widths: [Int]
  /// Rows of the tile of each width.
  let tileRows: [Int]
  /// The strip kernel of each width.
  let strips: [StripFunction]
  /// The strip kernel of very few columns, as inner products.
  let dots: StripFunction?
  /// Elements of one vector.
  public let lanes: Int
  /// The copy of runs of memory.
  let copyRuns: cm_copy_runs
  /// All kernels, for those that are not strips.
  public let table: UnsafePointer<cm_kernels>

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
    let kernels = self.table.pointee
    let count = Int(kernels.widths)
    widths = withUnsafeBytes(of: kernels.width) { Array($0.bindMemory(to: Int.self).prefix(count)) }
    tileRows = withUnsafeBytes(of: kernels.tile_rows) { Array($0.bindMemory(to: Int.self).prefix(count)) }
    dots = kernels.dots
    lanes = Int(kernels.lanes)
    strips = [kernels.strip.0, kernels.strip.1, kernels.strip.2, kernels.strip.3, kernels.strip.4].compactMap { $0 }
  }
}

extension Kernels {
  /// Bytes of packed weights, or of a packed block of B, from which on the next part is fetched while one is multiplied: it lies
  /// in the third level of the cache then, which the first tile would wait for.
  ///
  /// Only where that was measured to pay: with AVX-512, products are 1.03 to 1.14 times as fast, direct convolutions of few pixels
  /// 1.1 to 1.2 times; with AVX2 nothing was gained.
  public var fetchedPanelBytes: Int { instructionSet == .avx512 ? 1536 << 10 : .max }

  /// Bytes of packed weights that a tile goes through before the tile below it does, a good part of the second-level cache.
  ///
  /// 0 where each sum that is taken in one go is followed by the tile below: with AVX2 nothing else was measured. With AVX-512 a
  /// tile takes long to begin and to end; direct convolutions are up to 1.07 times as fast.
  public var passBytes: Int { instructionSet == .avx512 ? 192 << 10 : 0 }
}
