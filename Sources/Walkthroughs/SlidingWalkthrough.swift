import Convolution

/// The naive convolution as a walk: the kernel slides over the input, and each step writes one output element.
///
/// `step(at:)` is a pure function, O(1) for any step: nothing is recorded, so jumping and going back cost what playing costs.
public struct SlidingWalkthrough: Hashable, Sendable {
  /// The order of the loops.
  public enum Order: String, Hashable, Sendable, CaseIterable {
    /// `for n, y, x, o`: each output is finished before the next begins.
    case pixel
    /// `for n, c_in, c_out, y, x`, as in the lecture: the picture is swept once per pair of channels.
    case lecture
  }

  public let geometry: ConvolutionGeometry
  public let order: Order

  public init(geometry: ConvolutionGeometry, order: Order = .pixel) {
    self.geometry = geometry
    self.order = order
  }

  /// Steps in all: outputs, times the channels of a group in the lecture's order.
  public var count: Int {
    let outputs = geometry.patchRows * geometry.outputChannels
    return order == .pixel ? outputs : outputs * geometry.groupInputChannels
  }

  /// Multiplications in one step.
  public var multipliesPerStep: Int {
    let kernel = geometry.kernelHeight * geometry.kernelWidth
    return order == .pixel ? kernel * geometry.groupInputChannels : kernel
  }

  /// What step `t` reads and writes; `t` is brought into range.
  ///
  /// - Complexity: O(1).
  public func step(at t: Int) -> SlidingStep {
    var rest = min(max(t, 0), count - 1)
    func digit(_ length: Int) -> Int {
      defer { rest /= length }
      return rest % length
    }
    switch order {
    case .pixel:
      let o = digit(geometry.outputChannels)
      let x = digit(geometry.outputWidth)
      let y = digit(geometry.outputHeight)
      return SlidingStep(
        geometry: geometry, output: OutputIndex(n: rest, y: y, x: x, o: o), channels: 0..<geometry.groupInputChannels)
    case .lecture:
      let x = digit(geometry.outputWidth)
      let y = digit(geometry.outputHeight)
      let o = digit(geometry.outputChannels)
      let c = digit(geometry.groupInputChannels)
      return SlidingStep(geometry: geometry, output: OutputIndex(n: rest, y: y, x: x, o: o), channels: c..<c + 1)
    }
  }

  /// The step that writes an output element; in the lecture's order, its sweep of channel `c`.
  public func stepIndex(of output: OutputIndex, channel c: Int = 0) -> Int {
    let g = geometry
    switch order {
    case .pixel:
      return ((output.n * g.outputHeight + output.y) * g.outputWidth + output.x) * g.outputChannels + output.o
    case .lecture:
      let sweep = (output.n * g.groupInputChannels + c) * g.outputChannels + output.o
      return (sweep * g.outputHeight + output.y) * g.outputWidth + output.x
    }
  }

  /// How many channels of its field an output element has summed once step `t` is done: 0 before its first step.
  public func channelsSummed(of output: OutputIndex, after t: Int) -> Int {
    switch order {
    case .pixel: return stepIndex(of: output) <= t ? geometry.groupInputChannels : 0
    case .lecture:
      // Sweeps of one channel follow each other at this distance.
      let sweep = geometry.outputChannels * geometry.outputHeight * geometry.outputWidth
      let first = stepIndex(of: output)
      return t < first ? 0 : min((t - first) / sweep + 1, geometry.groupInputChannels)
    }
  }
}

/// One step of the slide: which output is written, and which part of its receptive field is summed.
public struct SlidingStep: Hashable, Sendable {
  public let geometry: ConvolutionGeometry
  public let output: OutputIndex
  /// The channels of the group that this step sums: all of them, or one in the lecture's order.
  public let channels: Range<Int>

  public init(geometry: ConvolutionGeometry, output: OutputIndex, channels: Range<Int>) {
    self.geometry = geometry
    self.output = output
    self.channels = channels
  }

  /// The receptive field that the step reads.
  public var field: ReceptiveField { ReceptiveField(of: output, geometry: geometry) }

  /// The kernel element of the step's multiplication `m`, in the order of the inner loops (c, i, j).
  ///
  /// Channels come first in both orders, so that each output is the same sum in the same order, bit for bit.
  public func kernelIndex(ofMultiply m: Int) -> KernelIndex {
    let (width, height) = (geometry.kernelWidth, geometry.kernelHeight)
    return KernelIndex(i: m / width % height, j: m % width, c: channels.lowerBound + m / width / height)
  }

  /// The number of the multiplication with a kernel element; nil if this step leaves its channel out.
  public func multiply(at kernel: KernelIndex) -> Int? {
    guard channels.contains(kernel.c) else { return nil }
    let row = (kernel.c - channels.lowerBound) * geometry.kernelHeight + kernel.i
    return row * geometry.kernelWidth + kernel.j
  }
}
