/// What the samples of one pixel mean.
enum Pixel: Hashable {
  case grey, greyAlpha, colour, colourAlpha
  /// Amounts of four inks; inverted, the greatest value is no ink.
  case inks(inverted: Bool)

  /// Samples of one pixel.
  var sampleCount: Int {
    switch self {
    case .grey: 1
    case .greyAlpha: 2
    case .colour: 3
    case .colourAlpha, .inks: 4
    }
  }

  /// Channels of the tensor made from it.
  var channelCount: Int {
    switch self {
    case .grey, .greyAlpha: 1
    case .colour, .colourAlpha, .inks: 3
    }
  }
}
