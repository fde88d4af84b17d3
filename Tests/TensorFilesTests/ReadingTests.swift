import StridedTensor
import TensorFiles
import Testing

@Suite struct ReadingTests {
  @Test func fixturesAreThere() {
    #expect(TensorFilesFixtures.readable.count > 80)
  }

  /// Every fixture has exactly the values that NumPy and Pillow gave it; JPEG decoders may differ by one level.
  @Test(arguments: TensorFilesFixtures.readable)
  func readsAsExpected(name: String) throws {
    let read = try TensorFile.read(TensorFilesFixtures.path(name))
    let expected = try TensorFile.read(TensorFilesFixtures.path("expected/\(name).npy")).tensor
    #expect(read.tensor.shape == expected.shape)
    #expect(read.tensor.elementType == expected.elementType)
    #expect(read.kind == (name.contains(".np") ? .array : .picture))
    if name.hasSuffix(".jpg"), case .float32(let got) = read.tensor, case .float32(let wanted) = expected {
      let differences = (0..<got.bufferCount).map {
        abs((got.element(atOffset: $0) ?? .nan) - (wanted.element(atOffset: $0) ?? .nan))
      }
      #expect(differences.allSatisfy { $0 <= 2.01 / 255 })
    } else {
      #expect(bits(read.tensor) == bits(expected))
    }
  }

  @Test func saysWhatWasConverted() throws {
    func notes(_ name: String) throws -> String {
      try TensorFile.read(TensorFilesFixtures.path(name)).notes.joined(separator: "; ")
    }
    #expect(try notes("f4-little.npy").isEmpty)
    #expect(try notes("f4-big.npy").isEmpty)
    #expect(try notes("f2-big.npy") == "float16 read as float32")
    #expect(try notes("u8-beyond-int64.npy").contains("rounded"))
    #expect(try notes("colour-alpha-8.png").contains("over black"))
    #expect(try notes("grey-2-transparent.png").contains("over black"))
    #expect(try notes("colour-8.png").isEmpty)
    #expect(try notes("orientation-6.jpg").contains("EXIF"))
    #expect(try notes("cmyk.jpg").contains("CMYK"))
  }

  @Test func fortranOrderIsAView() throws {
    let tensor = try TensorFile.read(TensorFilesFixtures.path("fortran-order.npy")).tensor
    #expect(tensor.layout.strides == [1, 2, 6])
    #expect(tensor.bufferCount == 24)
  }

  @Test func picksArraysFromArchives() throws {
    let path = TensorFilesFixtures.path("several.npz")
    #expect(try TensorFile.names(inArchive: path) == ["first", "second"])
    #expect(try TensorFile.read("\(path):second").tensor.shape == [5])
    #expect(try TensorFile.read("\(path):second.npy").tensor.shape == [5])
    #expect(try TensorFile.read(path, member: "first").tensor.shape == [2, 3, 4])
    let unnamed = try #require(failure { () throws(TensorFileError) in try TensorFile.read(path) })
    #expect(unnamed.description.contains("first, second"))
    #expect(unnamed.exitStatus == 65)
    let wrong = try #require(failure { () throws(TensorFileError) in try TensorFile.read("\(path):third") })
    #expect(wrong == .member(file: path, wanted: "third", names: ["first", "second"]))
  }

  @Test func aNameSaysNothing() throws {
    try withTemporaryDirectory { directory in
      let path = "\(directory)/picture.npy"
      try TensorFile.write(try TensorFilesFixtures.bytes("grey-8.png"), to: path)
      #expect(try TensorFile.read(path).kind == .picture)
      // A file whose own name has a colon goes before an array in an archive.
      try TensorFile.write(try TensorFilesFixtures.bytes("zero-d.npy"), to: "\(path):a")
      #expect(try TensorFile.read("\(path):a").tensor.shape == [])
    }
  }
}
