extension Scene {
  /// What the tab shows, for help texts.
  public var summary: String {
    switch self {
    case .slide: "the kernel on the input, its products, the output filling up"
    case .im2col: "the patch matrix row by row, every copy of a pinned pixel"
    case .memory: "any view of the input's memory, beside its contiguous copy"
    case .tiles: "a matrix tile by tile, and what a tile size costs here"
    case .orders: "one tensor as NHWC, NCHW and channels-last"
    case .timing: "what each algorithm costs on this machine, live"
    }
  }

  /// The scenes as text, a line each, with their keys.
  public static var manual: String {
    let width = allCases.map(\.rawValue.count).max() ?? 0
    return allCases.map { scene in
      let name = scene.rawValue + String(repeating: " ", count: width - scene.rawValue.count)
      return "  \(scene.number) \(name)  \(scene.summary)"
    }.joined(separator: "\n")
  }
}
