import Foundation
import StridedTensor
import TensorFiles
import TestSupport

/// The committed files, and tensors compared bit for bit.
enum TensorFilesFixtures {
  static let directory = Fixtures.directory.appending(path: "files")

  static func path(_ name: String) -> String { directory.appending(path: name).path }

  static func bytes(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(filePath: path(name)))) }

  /// All files that are to be read, bomb and script aside.
  static let names: [String] = {
    let all = (try? FileManager.default.contentsOfDirectory(atPath: directory.path)) ?? []
    return all.filter { $0.contains(".") && !$0.hasSuffix(".py") && !$0.hasPrefix(".") }.sorted()
  }()

  /// Those with expected values.
  static let readable = names.filter { FileManager.default.fileExists(atPath: path("expected/\($0).npy")) }
}

/// The elements that a tensor shows, in row-major order, as bit patterns.
func bits(_ tensor: AnyTensor) -> [UInt64] {
  func gather<Element: TensorElement>(_ tensor: Tensor<Element>, _ bits: (Element) -> UInt64) -> [UInt64] {
    var result: [UInt64] = []
    var index = [Int](repeating: 0, count: tensor.shape.count)
    for _ in 0..<tensor.count {
      result.append(tensor.element(atOffset: tensor.layout.offset(of: index)).map(bits) ?? 0)
      for axis in index.indices.reversed() {
        index[axis] += 1
        if index[axis] < tensor.shape[axis] { break }
        index[axis] = 0
      }
    }
    return result
  }
  return switch tensor {
  case .float32(let tensor): gather(tensor) { UInt64($0.bitPattern) }
  case .float64(let tensor): gather(tensor) { $0.bitPattern }
  case .int32(let tensor): gather(tensor) { UInt64(bitPattern: Int64($0)) }
  case .int64(let tensor): gather(tensor) { UInt64(bitPattern: $0) }
  case .uint8(let tensor): gather(tensor) { UInt64($0) }
  }
}

/// The error that a call throws, nil if it throws none.
func failure<Value>(_ body: () throws(TensorFileError) -> Value) -> TensorFileError? {
  do {
    _ = try body()
    return nil
  } catch {
    return error
  }
}

/// A directory that exists while the closure runs.
func withTemporaryDirectory(_ body: (String) throws -> Void) throws {
  let url = FileManager.default.temporaryDirectory.appending(path: "TensorFilesTests-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: url) }
  try body(url.path)
}
