import Foundation
import StridedTensor
import TensorFiles
import TestSupport
import Testing

@Suite struct WritingTests {
  /// What is written reads back bit for bit, views in the order they show.
  @Test(arguments: TensorFilesFixtures.readable.filter { $0.hasSuffix(".npy") })
  func roundTrips(name: String) throws {
    let tensor = try TensorFile.read(TensorFilesFixtures.path(name)).tensor
    try withTemporaryDirectory { directory in
      try TensorFile.write(npy: tensor, to: "\(directory)/out.npy")
      // NumPy wrote the expected file, so the bytes are to be the same ones.
      let written = try Data(contentsOf: URL(filePath: "\(directory)/out.npy"))
      let expected = try TensorFilesFixtures.bytes("expected/\(name).npy")
      #expect([UInt8](written) == expected)
    }
  }

  @Test func writesViews() throws {
    let base = try Tensor<Int32>(shape: [4, 4], elements: Array(0..<16))
    let windows = try base.asStrided(Layout(shape: [2, 2, 3, 3], strides: [4, 1, 4, 1]))
    let backwards = try base.asStrided(Layout(shape: [4, 4, 2], strides: [-4, -1, 0], offset: 15))
    try withTemporaryDirectory { directory in
      for view in [windows, backwards] {
        try TensorFile.write(npy: .int32(view), to: "\(directory)/out.npy")
        let read = try TensorFile.read("\(directory)/out.npy").tensor
        #expect(read.shape == view.shape)
        #expect(bits(read) == bits(.int32(view)))
      }
    }
  }

  /// Lengths whose product is beyond counting, but for one that is 0.
  @Test func writesEmptyViews() throws {
    let base = try Tensor<Float>(shape: [4], repeating: 0)
    let empty = try base.asStrided(Layout(shape: [0, 1 << 62, 4], strides: [0, 1, 4]))
    try withTemporaryDirectory { directory in
      try TensorFile.write(npy: .float32(empty), to: "\(directory)/out.npy")
      // A header alone.
      #expect(try Data(contentsOf: URL(filePath: "\(directory)/out.npy")).count == 128)
    }
  }

  @Test func writesThroughALinkToAFileThatIsNotThereYet() throws {
    try withTemporaryDirectory { directory in
      try FileManager.default.createSymbolicLink(atPath: "\(directory)/link", withDestinationPath: "target.npy")
      try TensorFile.write(npy: .float32(try Tensor(shape: [1], repeating: 7)), to: "\(directory)/link")
      #expect(try FileManager.default.destinationOfSymbolicLink(atPath: "\(directory)/link") == "target.npy")
      #expect(try TensorFile.read("\(directory)/target.npy").tensor.shape == [1])
    }
  }

  /// Megabytes can be given up half way: nothing is left of a file, nor changed of the one that stood there.
  @Test func cancellingLeavesNothing() throws {
    let tensor = try Tensor<Float>(shape: [3000, 1000]) { target in
      for k in target.indices { target.initializeElement(at: k, to: Float(k)) }
    }
    try withTemporaryDirectory { directory in
      let path = "\(directory)/out.npy"
      for view in [tensor, try tensor.permuted([1, 0])] {
        try TensorFile.write(npy: .float32(view), to: path, isKept: false)
        #expect(try bits(TensorFile.read(path).tensor) == bits(.float32(view)))
      }
      let before = try Data(contentsOf: URL(filePath: path))
      for view in [tensor, try tensor.permuted([1, 0])] {
        for most in [0, 2] {
          var asked = 0
          let stopped = failure { () throws(TensorFileError) in
            try TensorFile.write(npy: .float32(view), to: path) {
              asked += 1
              return asked > most
            }
          }
          #expect(stopped == .cancelled(file: path) && asked == most + 1)
          #expect(try FileManager.default.contentsOfDirectory(atPath: directory) == ["out.npy"])
        }
      }
      #expect(try Data(contentsOf: URL(filePath: path)) == before)
      for most in 0...5 {
        var asked = 0
        let stopped = failure { () throws(TensorFileError) in
          try TensorFile.read(path) {
            asked += 1
            return asked > most
          }
        }
        #expect(stopped == .cancelled(file: path))
      }
    }
  }

  @Test func writesPictures() throws {
    let colour = try Tensor<Float>(shape: [1, 2, 3], elements: [-1, 0, 0.5, 1, 2, .nan])
    let grey = try Tensor<UInt8>(shape: [2, 2], elements: [0, 1, 254, 255])
    try withTemporaryDirectory { directory in
      let path = "\(directory)/out.png"
      try TensorFile.writePNG(.float32(colour), to: path)
      let expected: [Float] = [0, 0, 128 / 255, 1, 1, 0]
      #expect(bits(try TensorFile.read(path).tensor) == expected.map { UInt64($0.bitPattern) })
      try TensorFile.writePNG(.uint8(grey), to: path)
      let again = try TensorFile.read(path).tensor
      #expect(again.shape == [2, 2, 1])
      #expect(bits(again) == [0, 1, 254, 255].map { UInt64((Float($0) / 255).bitPattern) })
      let flat = try Tensor<Float>(shape: [3], repeating: 0)
      let error = failure { () throws(TensorFileError) in try TensorFile.writePNG(.float32(flat), to: path) }
      #expect(error?.exitStatus == 73)
    }
  }

  @Test func leavesNothingBehind() throws {
    let tensor = AnyTensor.uint8(try Tensor(shape: [3], repeating: 7))
    try withTemporaryDirectory { directory in
      for path in [directory, "\(directory)/no/such.npy", "/dev/full", "/proc/nothing.npy"] {
        let error = try #require(failure { () throws(TensorFileError) in try TensorFile.write(npy: tensor, to: path) })
        #expect(error.exitStatus == 73)
        #expect(error.description.hasPrefix("cannot write \(path): "))
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: directory).isEmpty)
      let target = "\(directory)/kept.npy"
      try TensorFile.write([1, 2, 3], to: target)
      try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: target)
      try FileManager.default.createSymbolicLink(atPath: "\(directory)/link", withDestinationPath: target)
      try TensorFile.write(npy: tensor, to: "\(directory)/link")
      #expect(bits(try TensorFile.read(target).tensor) == [7, 7, 7])
      let attributes = try FileManager.default.attributesOfItem(atPath: target)
      #expect(attributes[.posixPermissions] as? Int == 0o640)
      #expect(try FileManager.default.contentsOfDirectory(atPath: directory).sorted() == ["kept.npy", "link"])
    }
  }
}
