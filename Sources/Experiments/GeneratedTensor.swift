import StridedTensor
import TensorFiles

/// Tensors that the program makes up, checked against a limit before memory is asked for.
struct GeneratedTensor {
  let shape: [Int]
  /// The word that asked for it, for messages.
  let word: String
  let limit: Int

  /// 0, 1, 2, … as float64.
  func arange() throws(ExperimentError) -> AnyTensor {
    try make(Double.self) { buffer in
      for k in buffer.indices { buffer.initializeElement(at: k, to: Double(k)) }
    }
  }

  /// Standard normal numbers as float64.
  func random(seed: UInt64) throws(ExperimentError) -> AnyTensor {
    try make(Double.self) { buffer in
      var numbers = NormalNumbers(seed: seed)
      for k in buffer.indices { buffer.initializeElement(at: k, to: numbers.next()) }
    }
  }

  func make<Element: TensorElement>(
    _: Element.Type, _ initialize: (UnsafeMutableBufferPointer<Element>) -> Void
  ) throws(ExperimentError) -> AnyTensor {
    let itemSize = MemoryLayout<Element>.stride
    let count = try onTensors { () throws(StridedTensorError) in try Layout.rowMajor(shape).count }
    let (bytes, overflow) = count.multipliedReportingOverflow(by: itemSize)
    guard !overflow, bytes <= limit else {
      throw .unfit(
        "\(word) needs \(count) elements of \(itemSize) bytes, the limit is \(limit) bytes (--max-bytes raises it)")
    }
    return try onTensors { () throws(StridedTensorError) in
      try Tensor<Element>(shape: shape, initializedBy: initialize).erased
    }
  }
}
