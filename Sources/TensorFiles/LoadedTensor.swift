import StridedTensor

/// A tensor read from a file, with what a reader should know about it.
public struct LoadedTensor: Sendable {
  /// What sort of thing the numbers were in the file.
  public enum Kind: Hashable, Sendable {
    /// An array of any shape, from `.npy` or `.npz`.
    case array
    /// A picture, H×W×C, float32 in 0…1.
    case picture
  }

  public var tensor: AnyTensor
  public var kind: Kind
  /// Whatever was changed on the way, one sentence each: converted types, alpha multiplied in, bytes ignored.
  public var notes: [String]

  public init(tensor: AnyTensor, kind: Kind, notes: [String] = []) {
    self.tensor = tensor
    self.kind = kind
    self.notes = notes
  }
}
