import Convolution
import Foundation
import StridedTensor
import TensorFiles

/// One convolution computed by PyTorch: its geometry, its arrays, its result.
public struct GoldenCase: Sendable, CustomStringConvertible {
  public let name: String
  public let parameters: ConvolutionParameters
  public let hasBias: Bool

  public var description: String { name }

  /// The archive that holds the arrays.
  public var path: String { Self.directory.appending(path: name + ".npz").path }

  public func array(_ member: String) throws -> AnyTensor { try TensorFile.read(path, member: member).tensor }

  static let directory = Fixtures.directory.appending(path: "golden")

  /// The convolutions that the manifest lists.
  public static func all() throws -> [GoldenCase] {
    let data = try Data(contentsOf: directory.appending(path: "manifest.json"))
    return try JSONDecoder().decode(Manifest.self, from: data).cases.compactMap(\.convolution)
  }
}

/// The manifest's own words.
private struct Manifest: Decodable {
  let cases: [Case]

  struct Sides: Decodable {
    let top: Int
    let bottom: Int
    let left: Int
    let right: Int
  }

  struct Case: Decodable {
    let name: String
    let stride: [Int]?
    let padding: Sides?
    let dilation: [Int]?
    let groups: Int?
    let bias: Bool?

    /// Nil for the entry that holds the lecture's views, which is no convolution.
    var convolution: GoldenCase? {
      guard let stride, let padding, let dilation, let groups, stride.count == 2, dilation.count == 2 else {
        return nil
      }
      return GoldenCase(
        name: name,
        parameters: ConvolutionParameters(
          stride: AxisPair(stride[0], stride[1]),
          padding: .explicit(
            Padding(top: padding.top, bottom: padding.bottom, left: padding.left, right: padding.right)),
          dilation: AxisPair(dilation[0], dilation[1]), groups: groups),
        hasBias: bias ?? false)
    }
  }
}
