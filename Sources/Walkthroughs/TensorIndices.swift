/// The logical index of an input element: picture, row, column, channel.
///
/// Row and column may lie in the padding.
public struct InputIndex: Hashable, Sendable {
  public var n: Int
  public var y: Int
  public var x: Int
  public var c: Int

  public init(n: Int, y: Int, x: Int, c: Int) {
    self.n = n
    self.y = y
    self.x = x
    self.c = c
  }
}

/// The index of an output element: picture, row, column, output channel.
public struct OutputIndex: Hashable, Sendable {
  public var n: Int
  public var y: Int
  public var x: Int
  public var o: Int

  public init(n: Int, y: Int, x: Int, o: Int) {
    self.n = n
    self.y = y
    self.x = x
    self.o = o
  }
}

/// A place in the kernel: row, column, and channel within the group.
///
/// It is a column of the patch matrix, unfolded.
public struct KernelIndex: Hashable, Sendable {
  public var i: Int
  public var j: Int
  public var c: Int

  public init(i: Int, j: Int, c: Int) {
    self.i = i
    self.j = j
    self.c = c
  }
}
