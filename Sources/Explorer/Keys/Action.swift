/// What a key does, apart from which key it is.
enum Action: Hashable, Sendable {
  case move(Direction)
  case nextPane, previousPane
  case scene(Scene)
  case playOrPause, stepForward, stepBack, firstStep, lastStep
  case slower, faster
  case zoomIn, zoomOut, zoomFit
  case pan(Direction)
  case pageDown, pageUp
  case returnToLesson
  case follow
  case nextCopy, previousCopy
  case grow(GeometryParameter), shrink(GeometryParameter)
  case nextChannel, nextOutputChannel
  case toggleCopies, flip, toggleOrder, toggleMultiplies
  case nextPreset, previousPreset
  case nextThreads, toggleElementType, nextSweep, measureAgain, saveMeasurement
  case undo
  case test
  case edit, prompt, openInput
  case nextSide, maximize
  case showCommand, export, toggleMouse
  case help, redraw, back, quit, interrupt
}

enum Direction: Hashable, Sendable {
  case up, down, left, right

  /// One step in this direction, as rows and columns.
  var delta: (rows: Int, columns: Int) {
    switch self {
    case .up: (-1, 0)
    case .down: (1, 0)
    case .left: (0, -1)
    case .right: (0, 1)
    }
  }
}

/// The geometry that single keys change.
enum GeometryParameter: String, Hashable, Sendable, CaseIterable {
  case stride, dilation, padding
  case kernelSize = "kernel-size"
  case groups
}
