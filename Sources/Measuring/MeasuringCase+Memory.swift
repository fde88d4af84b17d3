import Convolution
import StridedTensor

extension MeasuringCase {
  /// Throws unless the arrays that measuring it takes fit into the machine's memory.
  ///
  /// - Throws: `ConvolutionError.memory`.
  public func checkMemory(itemSize: Int) throws(ConvolutionError) {
    let count: Int
    switch subject {
    case .convolution(let geometry): count = geometry.measuredElements
    case .patchCopy(let geometry): count = geometry.measuredElements + 2 * geometry.groups * geometry.patchMatrixCount
    case .product(let rows, let depth, let columns):
      count = [(rows, depth), (depth, columns), (rows, columns)].reduce(0) { sum, sides in
        saturatingSum(sum, saturatingProduct(sides.0, sides.1))
      }
    }
    try MeasuringCase.checkMemory(elements: count, itemSize: itemSize)
  }

  static func checkMemory(elements: Int, itemSize: Int) throws(ConvolutionError) {
    let (bytes, overflow) = elements.multipliedReportingOverflow(by: itemSize)
    guard !overflow, bytes <= MachineMemory.bytes else {
      throw .memory(of: "measurement", bytes: overflow ? .max : bytes, limit: MachineMemory.bytes)
    }
  }
}

extension ConvolutionGeometry {
  /// Elements of input, weight and its packed form, and of the output of each contender that keeps one.
  var measuredElements: Int {
    inputShape.reduce(1, *) + 3 * weightShape.reduce(1, *) + 6 * outputCount
  }
}
