/// Collects rectangles and strokes by colour, joined where they touch, so that a picture stays small and has no seams.
struct SvgShapes {
  /// A rectangle in user units.
  struct Box: Hashable {
    var x: Double
    var y: Double
    var width: Double
    var height: Double
  }

  private var order: [RGB] = []
  private var boxes: [RGB: [Box]] = [:]
  private var strokes: [Stroke] = []
  private var strokePaths: [Stroke: String] = [:]

  private struct Stroke: Hashable {
    var color: RGB
    var width: Double
  }

  /// Adds a rectangle; rows are added from left to right, so that touching ones of one row join at once.
  mutating func add(_ box: Box, _ color: RGB) {
    if boxes[color] == nil { order.append(color) }
    if let last = boxes[color]?.last, let count = boxes[color]?.count, last.y == box.y, last.height == box.height,
      last.x + last.width == box.x
    {
      boxes[color]?[count - 1].width += box.width
    } else {
      boxes[color, default: []].append(box)
    }
  }

  /// Adds a stroke given as path data.
  mutating func stroke(_ path: String, width: Double, _ color: RGB) {
    let stroke = Stroke(color: color, width: width)
    if strokePaths[stroke] == nil { strokes.append(stroke) }
    strokePaths[stroke, default: ""] += path
  }

  /// One path for each colour; crisp edges never blur into the shapes beside them, soft ones keep thin lines even.
  func svg(crisp: Bool) -> String {
    var text = ""
    if !order.isEmpty {
      if crisp { text += "<g shape-rendering=\"crispEdges\">\n" }
      for color in order {
        let path = Self.stacked(boxes[color] ?? []).map { box in
          "M\(coordinate(box.x)) \(coordinate(box.y))h\(coordinate(box.width))v\(coordinate(box.height))h\(coordinate(-box.width))z"
        }
        text += "<path fill=\"\(color.hexText)\" d=\"\(path.joined())\"/>\n"
      }
      if crisp { text += "</g>\n" }
    }
    for stroke in strokes {
      text += "<path fill=\"none\" stroke=\"\(stroke.color.hexText)\" stroke-width=\"\(coordinate(stroke.width))\""
      text += " d=\"\(strokePaths[stroke] ?? "")\"/>\n"
    }
    return text
  }

  /// Boxes of equal sides that stand on one another, joined.
  private static func stacked(_ boxes: [Box]) -> [Box] {
    struct Foot: Hashable {
      var x: Double
      var width: Double
      var bottom: Double
    }
    var result: [Box] = []
    var standing: [Foot: Int] = [:]
    for box in boxes {
      let bottom = box.y + box.height
      if let index = standing.removeValue(forKey: Foot(x: box.x, width: box.width, bottom: box.y)) {
        result[index].height += box.height
        standing[Foot(x: box.x, width: box.width, bottom: bottom)] = index
      } else {
        standing[Foot(x: box.x, width: box.width, bottom: bottom)] = result.count
        result.append(box)
      }
    }
    return result
  }
}

/// A coordinate with at most three decimals and no needless zeros.
func coordinate(_ value: Double) -> String {
  let thousandths = Int((value * 1000).rounded())
  if thousandths % 1000 == 0 { return String(thousandths / 1000) }
  var digits = String(abs(thousandths % 1000))
  digits = String(repeating: "0", count: 3 - digits.count) + digits
  while digits.hasSuffix("0") { digits.removeLast() }
  return (thousandths < 0 ? "-" : "") + "\(abs(thousandths / 1000))." + digits
}
