/// How large a grid's cells are drawn.
public enum Zoom: Hashable, Sendable {
  /// Numbers if the whole grid fits as numbers, else the whole of it as pixels.
  case fit
  /// Pixels: so many dots for each cell of the grid.
  case pixels(Int)
  case numbers

  /// From the smallest to the largest; `fit` is 0 on the keyboard.
  static let ladder: [Zoom] = [.fit, .pixels(1), .pixels(2), .pixels(4), .numbers]

  var larger: Zoom { step(1) }
  var smaller: Zoom { step(-1) }

  private func step(_ by: Int) -> Zoom {
    let index = Zoom.ladder.firstIndex(of: self) ?? 0
    return Zoom.ladder[min(max(index + by, 0), Zoom.ladder.count - 1)]
  }

  /// The word of `--zoom`.
  var word: String {
    switch self {
    case .fit: "fit"
    case .pixels(let dots): String(dots)
    case .numbers: "numbers"
    }
  }

  init?(word: String) {
    switch word {
    case "fit", "0": self = .fit
    case "numbers": self = .numbers
    default:
      guard let dots = Int(word), (1...16).contains(dots) else { return nil }
      self = .pixels(dots)
    }
  }
}
