import StridedTensor

/// The samples of a picture as its decoder gives them: rows from the top, pixels from the left, channels together.
struct Raster<Sample: FixedWidthInteger & UnsignedInteger & BitwiseCopyable & Sendable> {
  let size: PictureSize
  let pixel: Pixel
  /// The sample that becomes 1.
  let maximum: Sample
  /// The EXIF orientation.
  let orientation: Int
  let samples: [Sample]

  /// The picture as float32 H×W×C in 0…1, upright.
  ///
  /// Each value is the stored one over the maximum, without gamma; alpha is multiplied in, which lays it over black.
  func loaded(file: String, format: String) throws(TensorFileError) -> LoadedTensor {
    var notes: [String] = []
    switch pixel {
    case .grey, .colour: break
    case .greyAlpha, .colourAlpha: notes.append("alpha multiplied in, over black")
    case .inks: notes.append("CMYK turned into RGB, without an ink profile")
    }
    if orientation != 1 { notes.append("turned upright, EXIF orientation \(orientation)") }
    do {
      return LoadedTensor(tensor: .float32(try tensor()), kind: .picture, notes: notes)
    } catch {
      throw .decoding(error, file: file, format: format)
    }
  }

  private func tensor() throws(StridedTensorError) -> Tensor<Float> {
    let source = try Self.upright(orientation: orientation, width: size.width, height: size.height)
    try source.check(bufferCount: samples.count / pixel.sampleCount, itemSize: pixel.sampleCount)
    return try Tensor(shape: source.shape + [pixel.channelCount]) { target in
      samples.withUnsafeBufferPointer { samples in fill(target, from: samples, source: source) }
    }
  }

  /// Where the pixels of the upright picture lie in the stored one.
  private static func upright(orientation: Int, width: Int, height: Int) throws(StridedTensorError) -> Layout {
    let (w, h) = (width, height)
    return switch orientation {
    case 2: try Layout(shape: [h, w], strides: [w, -1], offset: w - 1)
    case 3: try Layout(shape: [h, w], strides: [-w, -1], offset: h * w - 1)
    case 4: try Layout(shape: [h, w], strides: [-w, 1], offset: (h - 1) * w)
    case 5: try Layout(shape: [w, h], strides: [1, w], offset: 0)
    case 6: try Layout(shape: [w, h], strides: [1, -w], offset: (h - 1) * w)
    case 7: try Layout(shape: [w, h], strides: [-1, -w], offset: h * w - 1)
    case 8: try Layout(shape: [w, h], strides: [-1, w], offset: w - 1)
    default: try Layout(shape: [h, w], strides: [w, 1], offset: 0)
    }
  }

  /// Writes every element of the target; the source layout was checked against the samples.
  private func fill(
    _ target: UnsafeMutableBufferPointer<Float>, from samples: UnsafeBufferPointer<Sample>, source: Layout
  ) {
    guard let target = target.baseAddress, let samples = samples.baseAddress else { return }
    let (rows, columns) = (source.shape[0], source.shape[1])
    let step = source.strides[1] * pixel.sampleCount
    let channels = pixel.channelCount
    let maximum = Float(maximum)
    for y in 0..<rows {
      let row = samples + (source.offset + y * source.strides[0]) * pixel.sampleCount
      let out = target + y * columns * channels
      switch pixel {
      case .grey:
        for x in 0..<columns { (out + x).initialize(to: Float(row[x * step]) / maximum) }
      case .greyAlpha:
        for x in 0..<columns {
          (out + x).initialize(to: Float(row[x * step]) / maximum * (Float(row[x * step + 1]) / maximum))
        }
      case .colour:
        for x in 0..<columns {
          for c in 0..<3 { (out + 3 * x + c).initialize(to: Float(row[x * step + c]) / maximum) }
        }
      case .colourAlpha:
        for x in 0..<columns {
          let alpha = Float(row[x * step + 3]) / maximum
          for c in 0..<3 { (out + 3 * x + c).initialize(to: Float(row[x * step + c]) / maximum * alpha) }
        }
      case .inks(let inverted):
        for x in 0..<columns {
          let key = Float(inverted ? row[x * step + 3] : self.maximum - row[x * step + 3]) / maximum
          for c in 0..<3 {
            let light = inverted ? row[x * step + c] : self.maximum - row[x * step + c]
            (out + 3 * x + c).initialize(to: Float(light) / maximum * key)
          }
        }
      }
    }
  }
}
