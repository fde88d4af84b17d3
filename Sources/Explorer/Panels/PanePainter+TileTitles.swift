import StridedTensor
import Walkthroughs

extension PanePainter {
  /// The wordings of a title of a panel of Tiles, longer ones first.
  func tileTitles(of pane: Pane) -> [String] {
    let (n, t) = (state.view.matrixSize, state.tile)
    let crop = state.tiledCrop
    let edge = crop?.matrix.edge ?? 0
    let tiles = crop?.matrix.tilesPerSide ?? 0
    let shape = "(\(tiles),\(tiles),\(t),\(t))"
    let name = crop?.tileDivides == false ? "P" : "A"
    switch pane {
    case .tileRows:
      let size = "\(name) \(edge)×\(edge)"
      guard geometry.inputHeight != geometry.inputWidth else {
        return ["\(size)\(tileChannelPart), row by row", "\(name) row by row"]
      }
      // Not the whole picture.
      let cut = "\(size), upper left of \(geometry.inputHeight)×\(geometry.inputWidth)"
      return ["\(cut)\(tileChannelPart), row by row", "\(cut), row by row", cut, "\(name), upper left", name]
    case .tileView:
      let strides = (try? crop?.view()).map { $0.strides.map { String($0) }.joined(separator: ",") } ?? ""
      return [
        "view B \(shape) of \(name), strides (\(strides)), tile by tile", "B \(shape), strides \(strides)",
        "B \(shape) by \(strides)", "B \(shape), tile by tile", "B, tile by tile",
      ]
    case .tileCopy: return ["C = contiguous(B), a tile a line", "C = contiguous(B)", "C"]
    case .tileStrides: return ["where the strides come from", "strides"]
    case .transpose: return ["block transpose \(n)×\(n), cost over T", "transpose \(n)×\(n) over T", "transpose"]
    case .blockProduct: return ["blocked product \(n)×\(n), cost over T", "product \(n)×\(n) over T", "product"]
    default: return ["what the curves depend on", "settings"]
    }
  }

  private var tileChannelPart: String {
    geometry.inputChannels > 1 ? ", channel \(state.shownChannel)" : ""
  }

  /// The last jump of a path in bytes.
  func tileJumpCaption(of pane: Pane) -> String? {
    guard let crop = state.tiledCrop else { return nil }
    let jump: Int?
    switch pane {
    case .tileRows: jump = crop.jump(at: state.view.step, .rowByRow)
    case .tileView: jump = crop.jump(at: state.view.step, .tileByTile)
    default: jump = state.view.step > 0 ? crop.itemSize : nil
    }
    guard let jump else { return "start" }
    return jump < 0 ? "−\(-jump) B" : "+\(jump) B"
  }
}
