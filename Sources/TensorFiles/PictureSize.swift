/// How large a picture is, checked before memory for it is asked for.
struct PictureSize {
  let width: Int
  let height: Int
  /// How many samples the whole picture has.
  let samples: Int

  /// Throws where the picture has no pixels, or where its tensor, float32, would take more than the limit.
  init(
    width: Int, height: Int, pixel: Pixel, file: String, format: String, limit: Int
  ) throws(TensorFileError) {
    guard width > 0, height > 0 else {
      throw .broken(file: file, format: format, reason: "expected pixels, its size is \(width)×\(height)")
    }
    let (pixels, pixelOverflow) = width.multipliedReportingOverflow(by: height)
    let (bytes, overflow) = pixels.multipliedReportingOverflow(by: 4 * pixel.channelCount)
    let (samples, sampleOverflow) = pixels.multipliedReportingOverflow(by: pixel.sampleCount)
    guard !pixelOverflow, !overflow, !sampleOverflow else {
      throw .overLimit(file: file, needed: nil, limit: limit)
    }
    guard bytes <= limit else { throw .overLimit(file: file, needed: bytes, limit: limit) }
    try Memory.check(bytes: bytes, file: file)
    self.width = width
    self.height = height
    self.samples = samples
  }
}
