import Convolution
import StridedTensor
import TensorFiles

/// A small trained network that reads handwritten digits: its weights, and ten pictures that it was not trained on.
///
/// ```
/// digit 8×8×1 → conv1 3×3, 8 channels → ReLU → conv2 3×3, 16 channels → ReLU → dense 256 → 10 logits
/// ```
///
/// All of it comes from one archive of arrays, `digits-cnn.npz`, which is part of the program. The pictures are from the
/// "Optical recognition of handwritten digits" set (E. Alpaydin and C. Kaynak, UCI Machine Learning Repository, 1998, CC BY
/// 4.0): 8×8 cells, each 0 to 16. The network was trained on 1,400 of the 1,797 pictures of its test part and reads 97 % of
/// the other 397.
public enum DigitsNetwork {
  /// The layers with weights, in the order in which they run.
  public enum Layer: String, Hashable, Sendable, CaseIterable {
    case conv1, conv2
    /// 256 numbers to 10: a convolution whose kernel is as large as its 4×4×16 input.
    case dense
  }

  /// The words of `--weight` and `--bias` that name a layer.
  public static var weightWords: [String] { Layer.allCases.map(DigitsWord.weight(of:)) }

  /// The bytes of `digits-cnn.npz`, as `numpy.savez` wrote them.
  public static var archive: [UInt8] { PackageResources.digits_cnn_npz }

  /// An array of the archive by its name.
  ///
  /// There are `digits`, `labels`, weights and biases such as `conv1_weight`, and `conv1_output`, `conv2_output`, `logits`.
  ///
  /// - Throws: `TensorFileError` for a name that the archive does not have.
  public static func array(_ name: String) throws(TensorFileError) -> AnyTensor {
    try TensorFile.decode(archive, name: "digits-cnn", member: name).tensor
  }
}

extension DigitsNetwork {
  /// The picture of a digit as 8×8×1 numbers in 0…1, in memory of its own.
  static func picture(of digit: Int) throws(ExperimentError) -> AnyTensor {
    let digits = try onFiles { () throws(TensorFileError) in try array("digits") }
    return try onTensors { () throws(StridedTensorError) in
      let picture = try digits.at(digit)
      return try Tensor(shape: picture.shape, elements: picture.elementsAsDouble).erased.converted(to: .float32)
    }
  }

  /// Kh×Kw×Cin×Cout.
  static func weight(of layer: Layer) throws(ExperimentError) -> AnyTensor {
    let weight = try onFiles { () throws(TensorFileError) in try array("\(layer.rawValue)_weight") }
    guard layer == .dense else { return weight }
    // Rows of the dense matrix are the cells of its 4×4×16 input in row-major order.
    return try onTensors { () throws(StridedTensorError) in try weight.reshaped(to: [4, 4, 16, weight.shape[1]]) }
  }

  /// One number for each output channel.
  static func bias(of layer: Layer) throws(ExperimentError) -> AnyTensor {
    try onFiles { () throws(TensorFileError) in try array("\(layer.rawValue)_bias") }
  }

  /// What the network makes of a digit up to and with a layer, negative numbers then set to 0 (ReLU): H×W×Cout.
  static func activations(of digit: Int, after layer: Layer) throws(ExperimentError) -> AnyTensor {
    var signal = try picture(of: digit)
    for step in Layer.allCases {
      signal = try activations(of: signal, by: step)
      if step == layer { break }
    }
    return signal
  }

  private static func activations(of input: AnyTensor, by layer: Layer) throws(ExperimentError) -> AnyTensor {
    let (weight, bias) = (try weight(of: layer), try bias(of: layer))
    let batch = try onTensors { () throws(StridedTensorError) in try input.reshaped(to: [1] + input.shape) }
    guard case .float32(let image) = batch, case .float32(let kernels) = weight, case .float32(let offsets) = bias
    else {
      throw .unfit("digits-cnn: expected float32 arrays, got \(input.elementType), \(weight.elementType)")
    }
    do {
      let geometry = try ConvolutionGeometry(input: image.shape, weight: kernels.shape)
      let output = try convolve(image, kernels, bias: offsets, geometry: geometry, algorithm: .naive)
      return try output.map { max($0, 0) }.at(0).erased
    } catch let error as ConvolutionError {
      throw .convolution(error, hint: nil)
    } catch {
      throw .unfit("digits-cnn: \(error)")
    }
  }
}
