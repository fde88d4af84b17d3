import Foundation
import StridedTensor
import TensorFiles
import TestSupport
import Testing

@Suite struct BadInputTests {
  private func decode(_ bytes: [UInt8], limit: Int = TensorFile.defaultLimit) -> TensorFileError? {
    failure { () throws(TensorFileError) in try TensorFile.decode(bytes, name: "it", limit: limit) }
  }

  private func npy(_ header: String, data: Int = 0) -> [UInt8] {
    let text = Array(header.utf8)
    let length = [UInt8(truncatingIfNeeded: text.count), UInt8(truncatingIfNeeded: text.count >> 8)]
    return [0x93] + Array("NUMPY".utf8) + [1, 0] + length + text + [UInt8](repeating: 1, count: data)
  }

  @Test(arguments: [
    "", "{", "{}", "()", "{'descr': '<f4'}", "{'descr': '<f4', 'fortran_order': False, 'shape': 3}",
    "{'descr': '<f4', 'fortran_order': 0, 'shape': (3,)}", "{'descr': '<f4', 'fortran_order': False, 'shape': (-3,)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (3,), 'more': 1}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (3,)} 1",
    "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (3,)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': __import__('os')}", "{'descr': '<f4",
    "((((((((((((((((((((((((((((((((", "{'descr': '<c8', 'fortran_order': False, 'shape': (3,)}",
    "{'descr': '|O', 'fortran_order': False, 'shape': (3,)}",
    "{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (3,)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (4,)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904,)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (4294967296, 4294967296)}",
    "{'descr': '<f4', 'fortran_order': False, 'shape': (9223372036854775807, 0, 9223372036854775807)}",
  ])
  func refusesHeaders(header: String) throws {
    let error = try #require(decode(npy(header, data: 12)))
    #expect(error.kind == .badData)
    #expect(error.description.contains("it"))
  }

  @Test func readsHeadersThatNumPyWouldNotWrite() throws {
    let header = "{\"shape\": (3L,), 'fortran_order':False,'descr':'=f4'}"
    #expect(try TensorFile.decode(npy(header, data: 12), name: "it").tensor.shape == [3])
    let longer = try TensorFile.decode(npy(header, data: 13), name: "it")
    #expect(longer.notes == ["ignored what follows the array, 1 B"])
  }

  @Test func namesWhatItGot() throws {
    #expect(try #require(decode([])).description.contains("empty file"))
    #expect(try #require(decode(Array("GIF89a\0\0".utf8))).description.contains("a GIF picture"))
    #expect(try #require(decode(Array("hello\nworld".utf8))).description.contains("text that begins"))
    #expect(try #require(decode([0, 1, 2])).description.contains("00 01 02"))
    #expect(try #require(decode([0x93, 0x4E])).description.contains("cut-off .npy"))
  }

  @Test func limitsAreToldBeforehand() throws {
    let bomb = try #require(decode(try TensorFilesFixtures.bytes("bomb.png")))
    guard case .overLimit = bomb else {
      Issue.record("expected overLimit, got \(bomb)")
      return
    }
    #expect(bomb.description.contains("--max-bytes"))
    #expect(bomb.description.contains("2147483648"))
    #expect(decode(try TensorFilesFixtures.bytes("bomb.png"), limit: .max)?.kind == .badData)
    for name in ["colour-8.png", "colour.jpg", "packed.ppm", "version-2.npy", "deflated.npz"] {
      let bytes = try TensorFilesFixtures.bytes(name)
      let loaded = try TensorFile.decode(bytes, name: name).tensor
      let size = loaded.layout.count * loaded.elementType.itemSize
      #expect(decode(bytes, limit: size) == nil)
      guard case .overLimit(_, let needed, _) = decode(bytes, limit: size - 1) else {
        Issue.record("expected \(name) over the limit")
        continue
      }
      #expect(needed == size)
    }
  }

  @Test(arguments: [
    "P2\n2 2\n255\n1 2 3", "P5 2 2 255 abc", "P2 2 2 9\n1 2 3 10", "P2 2 2 0\n0 0 0 0",
    "P6 0 2 255 ", "P5 99999999999 2 255 ", "P5 999999999 999999999 255 ", "P1 2 2 0 1 2 0", "P4 9 1 a", "P5 2",
    "P5 1 1 9 z",
    "P3 1 1 255 -1 2 3",
  ])
  func refusesPNM(text: String) {
    #expect(decode(Array(text.utf8))?.kind == .badData)
  }

  /// No cut file is half a picture.
  @Test(arguments: TensorFilesFixtures.readable)
  func refusesTruncated(name: String) throws {
    let bytes = try TensorFilesFixtures.bytes(name)
    // The last byte of a text may be a mere line end, the last two of a JPEG only say that it ends.
    let least = name.contains("text") || name.hasSuffix(".jpg") ? 3 : 1
    for cut in Set([least, 12, bytes.count / 3, bytes.count / 2, bytes.count - 1])
    where (least..<bytes.count).contains(cut) {
      // A `.npy` of no elements may lose nothing but its header.
      #expect(decode(Array(bytes.dropLast(cut)))?.kind == .badData, "\(name) without its last \(cut) bytes")
    }
  }

  @Test func tellsUnopenablePathsApart() throws {
    try withTemporaryDirectory { directory in
      for path in ["\(directory)/missing.npy", "\(directory)/missing.npz:a", directory] {
        let error = try #require(failure { () throws(TensorFileError) in try TensorFile.read(path) })
        #expect(error.exitStatus == 66, "\(error)")
      }
      let path = "\(directory)/empty.png"
      try TensorFile.write([], to: path)
      #expect(failure { () throws(TensorFileError) in try TensorFile.read(path) }?.exitStatus == 65)
    }
    #expect(failure { () throws(TensorFileError) in try TensorFile.read("/dev/zero") }?.exitStatus == 65)
    #expect(failure { () throws(TensorFileError) in try TensorFile.read("/dev/null") }?.exitStatus == 65)
    #expect(
      failure { () throws(TensorFileError) in
        try TensorFile.read(TensorFilesFixtures.path("f4-little.npy"), member: "a")
      }?.exitStatus == 65)
  }

  @Test func readsPipesNoFurtherThanTheArray() throws {
    let pipe = Pipe()
    let bytes = try TensorFilesFixtures.bytes("f8-little.npy")
    pipe.fileHandleForWriting.write(Data(bytes))
    try pipe.fileHandleForWriting.close()
    let loaded = try TensorFile.read(descriptor: pipe.fileHandleForReading.fileDescriptor, name: "standard input")
    #expect(loaded.tensor.shape == [3, 4])
  }
}
