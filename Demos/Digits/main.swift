// A trained network reads ten handwritten digits, with nothing but this package's library:
//
//     swift run -c release DigitsDemo
//
// Two convolutions, ReLU after each, then one dense layer. Its numbers come from the same archive of arrays in which NumPy
// stored them; another archive can be given as an argument.

import Convolution
import Foundation
import MatrixMultiply
import StridedTensor
import TensorFiles

let path = CommandLine.arguments.dropFirst().first ?? "Sources/Experiments/Digits/digits-cnn.npz"

/// An array of the archive.
func array(_ name: String) throws -> Tensor<Float> {
  guard case .float32(let tensor) = try TensorFile.read(path, member: name).tensor else {
    throw DigitsError(description: "\(path):\(name): expected float32")
  }
  return tensor
}

struct DigitsError: Error, CustomStringConvertible { let description: String }

/// One convolution with its bias: N×H×W×C in, N×(H−2)×(W−2)×Cout out.
func convolution(_ input: Tensor<Float>, _ layer: String) throws -> Tensor<Float> {
  let weight = try array("\(layer)_weight")
  let geometry = try ConvolutionGeometry(input: input.shape, weight: weight.shape)
  return try convolve(input, weight, bias: array("\(layer)_bias"), geometry: geometry, algorithm: .auto)
}

func relu(_ tensor: Tensor<Float>) throws -> Tensor<Float> { try tensor.map { max($0, 0) } }

/// The network: ten logits for each picture, the largest at the digit that it reads.
func logits(of digits: Tensor<Float>) throws -> Tensor<Float> {
  let edges = try relu(convolution(digits, "conv1"))  //    10 × 6×6×8
  let strokes = try relu(convolution(edges, "conv2"))  //   10 × 4×4×16
  let features = try strokes.reshaped(to: [10, 256])  //    a view: the axes merge, nothing is copied
  let scores = try matrixProduct(features, array("dense_weight"))
  let bias = try array("dense_bias").broadcast(to: scores.shape).elements()
  return try Tensor(shape: scores.shape, elements: zip(scores.elements(), bias).map { $0 + $1 })
}

/// The ten pictures side by side, a character a cell.
func picture(_ digits: Tensor<Float>) throws -> String {
  let shades = Array(" ·░▒▓█")
  return try (0..<8).map { y in
    try (0..<10).map { n in
      try String((0..<8).map { x in try shades[Int(digits.element(at: [n, y, x, 0]) * 5)] })
    }.joined(separator: " ")
  }.joined(separator: "\n")
}

do {
  let digits = try array("digits")
  let scores = try logits(of: digits)
  let expected = try array("logits")

  print(try picture(digits))
  var wrong = 0
  for digit in 0..<10 {
    let row = try scores.at(digit).elements()
    let order = row.indices.sorted { row[$0] > row[$1] }
    wrong += order[0] == digit ? 0 : 1
    print("digit \(digit): read as \(order[0]), logit \(row[order[0]]); next is \(order[1]), logit \(row[order[1]])")
  }
  let error = zip(scores.elements(), expected.elements()).map { abs($0 - $1) }.max() ?? .infinity
  print("\(10 - wrong) of 10 read right; largest difference from the recorded logits: \(error)")
  if wrong > 0 || !(error < 1e-4) { exit(1) }
} catch {
  FileHandle.standardError.write(Data("\(error)\n".utf8))
  exit(1)
}
