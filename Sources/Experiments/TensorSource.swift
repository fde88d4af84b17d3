import TensorFiles

/// The files as an experiment sees them, handed in from outside.
public protocol TensorSource {
  /// The most bytes that one tensor may take; built-in ones obey it too.
  var limit: Int { get }
  /// Reads a path, perhaps `FILE.npz:NAME`.
  func read(_ path: String) throws(TensorFileError) -> LoadedTensor
  /// Reads the array that standard input holds.
  func readStandardInput() throws(TensorFileError) -> LoadedTensor
}

extension TensorSource {
  public var limit: Int { TensorFile.defaultLimit }
}

/// The file system and standard input.
public struct FileSource: TensorSource, Sendable {
  public let limit: Int

  public init(limit: Int = TensorFile.defaultLimit) { self.limit = limit }

  public func read(_ path: String) throws(TensorFileError) -> LoadedTensor { try TensorFile.read(path, limit: limit) }

  public func readStandardInput() throws(TensorFileError) -> LoadedTensor {
    try TensorFile.read(descriptor: 0, name: "standard input", limit: limit)
  }
}

/// Tensors by name instead of files, for tests and previews.
public struct MemorySource: TensorSource, Sendable {
  public var tensors: [String: LoadedTensor]
  public var standardInput: LoadedTensor?
  public let limit: Int

  public init(
    _ tensors: [String: LoadedTensor] = [:], standardInput: LoadedTensor? = nil, limit: Int = TensorFile.defaultLimit
  ) {
    self.tensors = tensors
    self.standardInput = standardInput
    self.limit = limit
  }

  public func read(_ path: String) throws(TensorFileError) -> LoadedTensor {
    guard let tensor = tensors[path] else { throw .cannotOpen(file: path, reason: "No such file or directory") }
    return tensor
  }

  public func readStandardInput() throws(TensorFileError) -> LoadedTensor {
    guard let standardInput else { throw .cannotOpen(file: "standard input", reason: "there is none") }
    return standardInput
  }
}
