import Convolution
import StridedTensor

/// As much of a convolution as the naive loops do in a fortieth of a second, and how many times it stands for the whole.
///
/// Whole pictures where one is short enough, else some rows of the first picture, else some output channels of a row, else
/// some columns. The loops' outermost axis is the picture, so pictures one by one are the very loops of the whole.
struct NaivePart<E: ConvolutionElement> {
  /// Operations that the loops may take in one sample.
  private static var limit: Int { 30_000_000 }

  private let geometry: ConvolutionGeometry
  private let pictures: [Tensor<E>]
  private let weight: Tensor<E>
  let scale: Double
  /// Nil for the whole.
  let words: String?
  var isWhole: Bool { words == nil }

  init(_ item: ConvolutionCase<E>) throws {
    let whole = item.geometry
    let perPicture = whole.operations / whole.batch
    let count = min(max(Self.limit / max(perPicture, 1), 1), whole.batch)
    var input = whole.inputShape
    var kernel = whole.weightShape
    var padding = whole.padding
    var words = count < whole.batch ? "\(count) of \(whole.batch) pictures" : nil
    if perPicture > Self.limit {
      let perRow = perPicture / whole.outputHeight
      let rows = min(max(Self.limit / max(perRow, 1), 1), whole.outputHeight)
      let reach = (rows - 1) * whole.stride.vertical + whole.fieldHeight - padding.top
      input[1] = min(max(reach, 1), whole.inputHeight)
      padding.bottom = max(reach - input[1], 0)
      words = "\(rows) of \(whole.outputHeight) rows of one picture"
      var perLine = perRow
      if perRow > Self.limit, whole.groups == 1 {
        perLine = perRow / whole.outputChannels
        kernel[3] = max(Self.limit / perLine, 1)
        words = "\(kernel[3]) of \(whole.outputChannels) channels of one row"
      }
      if perLine > Self.limit {
        let columns = max(Self.limit / (perLine / whole.outputWidth), 1)
        let reach = (columns - 1) * whole.stride.horizontal + whole.fieldWidth - padding.left
        input[2] = min(max(reach, 1), whole.inputWidth)
        padding.right = max(reach - input[2], 0)
        let channels = kernel[3] < whole.outputChannels ? " in one channel" : ""
        words = "\(columns) of \(whole.outputWidth) columns of one row\(channels)"
      }
    }
    input[0] = 1
    geometry = try ConvolutionGeometry(
      input: input, weight: kernel,
      parameters: ConvolutionParameters(
        stride: whole.stride, padding: .explicit(padding), dilation: whole.dilation, groups: whole.groups))
    pictures = try (0..<count).map { n in
      try item.input.slice(axis: 0, start: n, stop: n + 1).slice(axis: 1, stop: input[1]).slice(axis: 2, stop: input[2])
    }
    weight = try item.weight.slice(axis: 3, stop: kernel[3])
    scale = max(Double(whole.operations) / Double(geometry.operations * count), 1)
    self.words = words
  }

  func time(runs: Int, isCancelled: () -> Bool) throws -> Timing {
    Timing(
      try seconds(runs: runs) {
        for picture in pictures {
          _ = try convolve(picture, weight, geometry: geometry, algorithm: .naive)
          if isCancelled() { throw MeasuringCancelled() }
        }
      })
  }
}
