import StridedTensor
import Walkthroughs

extension Exercise {
  /// The byte at which a number of the picture lies, in one of the storage orders.
  static func address(_ subject: ExerciseSubject, _ choice: inout SeededChoice) -> Exercise? {
    let g = subject.geometry
    let orders = StorageOrders(geometry: g, itemSize: subject.itemSize)
    let cell = InputIndex(
      n: 0, y: choice.number(below: min(g.inputHeight, 9)), x: choice.number(below: min(g.inputWidth, 9)),
      c: choice.number(below: g.inputChannels))
    let order: TensorOrder = g.inputChannels > 1 ? choice.one(of: [.nhwc, .nchw, .channelsLast]) ?? .nhwc : .nhwc
    guard let element = orders.offset(of: cell, in: order), let layout = try? orders.logicalLayout(order) else {
      return nil
    }
    let itemSize = subject.itemSize
    let answer = element * itemSize
    let right = "It is byte \(answer)."
    var mistakes = [
      Mistake(.number(element), "You gave the element, \(element); it begins at byte \(answer), \(itemSize) for each.")
    ]
    let other: TensorOrder = order == .nchw ? .nhwc : .nchw
    if let wrong = orders.offset(of: cell, in: other) {
      let why =
        order == .channelsLast
        ? "That is its place in row-major NCHW. channels-last has NCHW's shape over NHWC's memory."
        : "That is its place in \(other.rawValue)."
      mistakes.append(Mistake(.number(wrong * itemSize), "\(why) \(right)"))
    }
    var turned = cell
    (turned.y, turned.x) = (cell.x, cell.y)
    if let wrong = orders.offset(of: turned, in: order) {
      mistakes.append(
        Mistake(.number(wrong * itemSize), "You took row \(cell.x), column \(cell.y): the row comes first. \(right)"))
    }
    if g.inputChannels > 1 {
      mistakes.append(
        Mistake(
          .number((cell.y * g.inputWidth + cell.x) * itemSize),
          "You forgot the channels: \(g.inputChannels) numbers for each pixel. \(right)"))
    }
    if g.inputHeight != g.inputWidth {
      let byHeight = cell.y * (g.inputHeight - g.inputWidth) * layout.strides[2] + element
      mistakes.append(
        Mistake(
          .number(byHeight * itemSize), "You took \(g.inputHeight), the height, for the length of a row. \(right)"))
    }
    mistakes.append(
      Mistake(.number(answer + itemSize), "You gave where it ends; it begins at byte \(answer)."))
    let isOneChannel = g.inputChannels == 1
    let index = isOneChannel ? "[\(cell.y),\(cell.x)]" : "at row \(cell.y), column \(cell.x), channel \(cell.c)"
    let strides = isOneChannel ? Array(layout.strides[1...2]) : Array(layout.strides[1...3])
    let places = isOneChannel ? [cell.y, cell.x] : [cell.y, cell.x, cell.c]
    let terms = zip(places, strides).map { "\($0)·\($1)" }.joined(separator: " + ")
    return Exercise(
      .address,
      given: [
        "The picture has \(g.inputHeight) rows, \(g.inputWidth) columns"
          + (isOneChannel ? "" : ", \(g.inputChannels) channels") + " of \(subject.typeName), stored "
          + (isOneChannel ? "row by row." : "as \(order.rawValue).")
      ],
      question: "At which byte of its buffer does Z\(isOneChannel ? "" : " ")\(index) begin?", form: .numbers(1),
      answer: .number(answer),
      rule: "Multiply each index by its axis's stride in elements, add them up, and multiply by \(itemSize) bytes.",
      reason: "It is element \(terms) = \(element), byte \(element)·\(itemSize) = \(answer).",
      mistakes: mistakes, exhibit: Exhibit(subject.experiment.words, .orders(y: cell.y, x: cell.x, c: cell.c)))
  }
}
