import StridedTensor
import Walkthroughs

/// A view of the experiment's memory that questions are asked about.
struct MemoryExample {
  /// What it is, in a sentence: `B = Z.T`.
  let sentence: String
  let layout: Layout
  /// A letter for each axis.
  let names: [String]
  /// Wrong strides that belong to this view, and what they come from.
  var mistakenStrides: [(strides: [Int], why: String)] = []
}

extension ExerciseSubject {
  /// What is known of Z: shape, type and strides.
  func given(_ layout: Layout) -> String {
    "Z is \(tuple(layout.shape)), \(typeName), with strides \(tuple(layout.strides)) elements."
  }

  /// Views of one channel that show every element of it, or some, at most once.
  func plainViews(of plane: Layout, _ choice: inout SeededChoice) -> [MemoryExample] {
    var examples: [MemoryExample] = []
    if let layout = try? plane.transposed() {
      examples.append(
        MemoryExample(
          sentence: "B = Z.T, rows and columns exchanged.", layout: layout, names: ["x", "y"],
          mistakenStrides: [(plane.strides, "These are Z's own strides; the transpose exchanges them.")]))
    }
    if let layout = try? plane.slice(axis: 1, step: -1) {
      examples.append(
        MemoryExample(
          sentence: "B = Z[:, ::-1], mirrored left to right.", layout: layout, names: ["y", "x"],
          mistakenStrides: [
            (layout.strides.map(abs), "You left out the sign: the next column of B lies before this one in memory.")
          ]))
    }
    let step = choice.number(in: 2...3)
    if let layout = try? plane.slice(axis: 0, step: step).slice(axis: 1, step: step), !layout.shape.contains(1) {
      examples.append(
        MemoryExample(
          sentence: "B = Z[::\(step), ::\(step)], every \(step == 2 ? "second" : "third") row and column.",
          layout: layout, names: ["y", "x"],
          mistakenStrides: [
            (plane.strides, "These are Z's own strides; a step of \(step) makes both \(step) times as long.")
          ]))
    }
    if let tiles = tiles(of: plane, &choice) { examples.append(tiles) }
    return examples
  }

  /// Tiles of an edge that divides the plane; nil if none does.
  func tiles(of plane: Layout, _ choice: inout SeededChoice) -> MemoryExample? {
    let edges = (2...4).filter { edge in plane.shape.allSatisfy { $0 % edge == 0 && $0 > edge } }
    guard let edge = choice.one(of: edges), let layout = try? plane.tiled(edge) else { return nil }
    let outer = Array(layout.strides.prefix(2))
    let mistaken: [(strides: [Int], why: String)] = [
      (
        plane.strides + outer,
        "You put the axes within a tile first; I and J, which go from tile to tile, come first."
      ),
      (
        plane.strides + plane.strides,
        "You let I and J go one row and one column on; from tile to tile it is \(edge) of them."
      ),
    ]
    return MemoryExample(
      sentence: "B shows Z as tiles of \(edge)×\(edge): B[I,J,i,j] = Z[\(edge)·I+i, \(edge)·J+j].", layout: layout,
      names: ["I", "J", "i", "j"], mistakenStrides: mistaken)
  }

  /// All windows of the kernel's size, at a stride of the convolution; nil if it does not fit.
  func windows(of plane: Layout, stride: Int) -> MemoryExample? {
    let (height, width) = (geometry.kernelHeight, geometry.kernelWidth)
    guard
      let layout = try? plane.windows(
        AxisWindow(axis: 0, length: height, stride: stride), AxisWindow(axis: 1, length: width, stride: stride)),
      // An axis of length 1 has a stride that means nothing.
      !layout.shape.contains(1)
    else { return nil }
    let factor = stride == 1 ? "" : "\(stride)·"
    let kind = "the \(height)×\(width) windows" + (stride > 1 ? " at stride \(stride)" : "")
    let outer = Array(layout.strides.prefix(2))
    let ownKernel = [plane.strides[0] * height, plane.strides[1] * width] + plane.strides
    let mistaken: [(strides: [Int], why: String)] = [
      (
        plane.strides + plane.strides,
        "You forgot the convolution's stride: from window to window it is \(stride) rows or columns."
      ),
      (
        outer + outer,
        "Within a window neighbours stay neighbours: the convolution's stride moves whole windows only."
      ),
      (ownKernel, "You moved by whole kernels, as tiles do; windows at stride \(stride) overlap."),
    ]
    return MemoryExample(
      sentence: "B shows \(kind): B[y,x,i,j] = Z[\(factor)y+i, \(factor)x+j].", layout: layout,
      names: ["y", "x", "i", "j"], mistakenStrides: mistaken)
  }
}
