import CMicrokernels

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The vector instructions that products and copies may use; each has its own register tiles.
public enum InstructionSet: String, CaseIterable, Sendable {
  /// Vectors of 16 bytes: SSE2 on x86-64, NEON on aarch64.
  case baseline
  /// Vectors of 32 bytes with fused multiply-add.
  case avx2
  /// Vectors of 64 bytes.
  case avx512

  /// Whether this processor and its operating system run it.
  public var isAvailable: Bool { cm_kernels_for(code, Int32(cm_float32)) != nil }

  /// Those that this processor runs, the widest last.
  public static var available: [InstructionSet] { allCases.filter(\.isAvailable) }

  /// The widest that this processor runs; the environment variable `CONVSCOPE_INSTRUCTION_SET` can name a lesser one.
  public static let best: InstructionSet = {
    if let name = getenv("CONVSCOPE_INSTRUCTION_SET"), let named = InstructionSet(rawValue: String(cString: name)),
      named.isAvailable
    {
      return named
    }
    return available.last ?? .baseline
  }()

  /// The copy of runs of memory; the baseline's where the processor lacks this set.
  package var copyRuns: cm_copy_runs {
    guard let copy = cm_copy_runs_for(code) ?? cm_copy_runs_for(InstructionSet.baseline.code) else {
      fatalError("the baseline kernels are part of the program")
    }
    return copy
  }

  /// Its number in C.
  package var code: Int32 {
    switch self {
    case .baseline: Int32(cm_baseline)
    case .avx2: Int32(cm_avx2)
    case .avx512: Int32(cm_avx512)
    }
  }
}
