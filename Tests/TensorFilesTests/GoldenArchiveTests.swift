import Foundation
import StridedTensor
import TensorFiles
import TestSupport
import Testing

/// Every golden case opens, each array by its name.
@Test func readsGoldenArchives() throws {
  let directory = Fixtures.directory.appending(path: "golden")
  let files = try FileManager.default.contentsOfDirectory(atPath: directory.path).filter { $0.hasSuffix(".npz") }
  #expect(files.count > 30)
  for file in files {
    let path = directory.appending(path: file).path
    let names = try TensorFile.names(inArchive: path)
    #expect(!names.isEmpty)
    for name in names {
      let tensor = try TensorFile.read("\(path):\(name)").tensor
      #expect(tensor.bufferCount == tensor.layout.count)
    }
  }
}
