import Convolution

/// The one number that the cases of a sweep differ in.
public enum SweepParameter: String, CaseIterable, Sendable {
  case batch = "n"
  /// Height and width together, in the proportion that they have.
  case height = "h"
  case inputChannels = "cin"
  case outputChannels = "cout"
  case kernel = "k"
  case threads

  /// As the field writes it.
  public var symbol: String {
    switch self {
    case .batch: "N"
    case .height: "H"
    case .inputChannels: "Cin"
    case .outputChannels: "Cout"
    case .kernel: "K"
    case .threads: "threads"
    }
  }
}

extension MeasuringRequest {
  /// Cases along one parameter, all else as it is; values that have no convolution are left out.
  ///
  /// Padding that keeps the picture's size keeps it for every kernel.
  public static func cases(
    of geometry: ConvolutionGeometry, threads: Int, along parameter: SweepParameter, values: [Int]
  ) -> [MeasuringCase] {
    values.compactMap { value in
      if parameter == .threads {
        guard value >= 1 else { return nil }
        return MeasuringCase(.convolution(geometry), threads: value, sweepValue: value)
      }
      guard let changed = geometry.with(parameter, value) else { return nil }
      return MeasuringCase(.convolution(changed), threads: threads, sweepValue: value)
    }
  }

  /// Values worth a look: powers of two, kernels of odd size, thread counts that the machine has.
  ///
  /// Ends before a case takes more than some ten billion operations.
  public static func values(
    of geometry: ConvolutionGeometry, along parameter: SweepParameter, processors: Int
  ) -> [Int] {
    let all: [Int] =
      switch parameter {
      case .batch: [1, 2, 4, 8, 16, 32, 64, 128]
      case .height: [8, 16, 32, 64, 128, 256, 512]
      case .inputChannels, .outputChannels: [1, 2, 4, 8, 16, 32, 64, 128, 256]
      case .kernel: [1, 3, 5, 7, 9, 11]
      case .threads: Array(1...max(1, min(processors, 16)))
      }
    let most = 10_000_000_000
    return all.filter { value in
      parameter == .threads || (geometry.with(parameter, value).map { $0.operations <= most } ?? false)
    }
  }
}

extension ConvolutionGeometry {
  /// The geometry with one parameter changed; nil if there is none.
  func with(_ parameter: SweepParameter, _ value: Int) -> ConvolutionGeometry? {
    guard value >= 1 else { return nil }
    var (input, weight, padding) = (inputShape, weightShape, padding)
    switch parameter {
    case .batch: input[0] = value
    case .height:
      let width = (Double(value) * Double(inputWidth) / Double(inputHeight)).rounded()
      guard let width = Int(exactly: width) else { return nil }
      (input[1], input[2]) = (value, max(width, 1))
    case .inputChannels:
      guard value % groups == 0 else { return nil }
      (input[3], weight[2]) = (value, value / groups)
    case .outputChannels: weight[3] = value
    case .kernel:
      (weight[0], weight[1]) = (value, value)
      if keepsSize, value < 1 << 20 {
        let (vertical, horizontal) = ((value - 1) * dilation.vertical, (value - 1) * dilation.horizontal)
        padding = Padding(
          top: vertical / 2, bottom: vertical - vertical / 2, left: horizontal / 2,
          right: horizontal - horizontal / 2)
      }
    case .threads: return self
    }
    return try? ConvolutionGeometry(
      input: input, weight: weight,
      parameters: ConvolutionParameters(
        stride: stride, padding: .explicit(padding), dilation: dilation, groups: groups))
  }

  private var keepsSize: Bool {
    stride == AxisPair(1) && outputHeight == inputHeight && outputWidth == inputWidth && kernelHeight * kernelWidth > 1
  }
}
