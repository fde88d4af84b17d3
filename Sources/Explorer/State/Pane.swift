/// The parts of a scene that can have the focus.
public enum Pane: String, Hashable, Sendable, CaseIterable {
  case input, products, output, copies, matrix, weight, code, cell, geometry
}

/// The tabs.
public enum Scene: String, Hashable, Sendable, CaseIterable {
  case slide, im2col

  /// The digit that selects the scene, from 1.
  public var number: Int { (Scene.allCases.firstIndex(of: self) ?? 0) + 1 }

  var title: String {
    switch self {
    case .slide: "Slide"
    case .im2col: "im2col"
    }
  }
}
