import MatrixMultiply

/// How a direct convolution is cut into tasks: bands of output rows, or shares of the panels of weights.
struct DirectTasks {
  private let geometry: ConvolutionGeometry
  /// Bands that a picture is cut into.
  private let bands: Int
  /// Shares of the panels; more than one where rows are few and weights many.
  private let panelShares: Int
  /// Columns of all panels, the empty ones among them.
  private let packedWidth: Int
  /// Threads that are worth their waking.
  let threads: Int

  /// Outputs of a band at least and at most, and between these the bytes that it reads and writes, which stay in the
  /// second-level cache while panel after panel meets them.
  ///
  /// Large bands pay where channels are few: each border of the picture is a part of every band, and little work.
  private static var bandPixels: ClosedRange<Int> { 384...1344 }
  private static var bandBytes: Int { 192 << 10 }

  /// - Parameters:
  ///   - elementSize: bytes of an element.
  ///   - panels: panels of a group's weights, 0 where weights are not packed.
  ///   - packedWidth: the columns of these panels.
  init(_ geometry: ConvolutionGeometry, elementSize: Int, panels: Int, packedWidth: Int, threads: Int) {
    self.geometry = geometry
    self.packedWidth = packedWidth
    let threads = geometry.operations < 60_000 ? 1 : max(threads, 1)
    self.threads = threads
    let pixels = geometry.outputHeight * geometry.outputWidth
    if threads > 1, geometry.batch < threads, pixels < 400 * threads, panels >= threads {
      (bands, panelShares) = (1, threads)
      return
    }
    let inputElements = geometry.inputHeight * geometry.inputWidth * geometry.inputChannels
    let pixelBytes = (inputElements / pixels + geometry.outputChannels) * elementSize
    let bandPixels = min(max(Self.bandBytes / pixelBytes, Self.bandPixels.lowerBound), Self.bandPixels.upperBound)
    // Several for each thread, so that one that is late does not hold up the rest; but each some ten microseconds of work.
    let ofPicture = geometry.operations / geometry.batch
    let forThreads = min(threads * 3, max(threads, ofPicture / 2_000_000), (pixels + 47) / 48)
    let arePicturesShared = threads > 1 && geometry.batch < 4 * threads
    let wanted = max((pixels + bandPixels - 1) / bandPixels, arePicturesShared ? forThreads : 1)
    // As many for each thread.
    let even = geometry.batch % threads == 0 ? wanted : (wanted + threads - 1) / threads * threads
    (bands, panelShares) = (min(max(even, 1), geometry.outputHeight), 1)
  }

  /// Share by share, so that a thread keeps to its own panels; in each picture by picture.
  var count: Int { panelShares * bandsOfAll }

  private var bandsOfAll: Int { geometry.batch * bands }

  /// The picture that a task computes a part of.
  func picture(of task: Int) -> Int { task % bandsOfAll / bands }

  /// The output rows of a task's band.
  func rows(of task: Int) -> Range<Int> {
    let band = task % bandsOfAll % bands
    return (geometry.outputHeight * band / bands)..<(geometry.outputHeight * (band + 1) / bands)
  }

  /// The output rows that a task computes with a panel.
  ///
  /// Where panels are shared, these are all, none, or some where the panel lies between two shares: each share is as much
  /// work as the others.
  func rows(of task: Int, with panel: Panel) -> Range<Int> {
    guard panelShares > 1 else { return rows(of: task) }
    let share = task / bandsOfAll
    let height = geometry.outputHeight
    let all = packedWidth * height
    // Panels are shared group by group.
    func row(at work: Int) -> Int {
      min(max((work - panel.start * height + panel.width / 2) / panel.width, 0), height)
    }
    return row(at: all * share / panelShares)..<row(at: all * (share + 1) / panelShares)
  }

  /// Output rows of the batch from a task's first to the first of the task after it, if one thread takes both.
  func rowsToNext(after task: Int) -> Int? {
    guard panelShares == 1, WorkerPool.isFollowed(task, of: count, threads: threads) else { return nil }
    func firstRow(of task: Int) -> Int { picture(of: task) * geometry.outputHeight + rows(of: task).lowerBound }
    return firstRow(of: task + 1) - firstRow(of: task)
  }
}
