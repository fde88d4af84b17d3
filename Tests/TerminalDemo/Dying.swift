import Foundation
import NcursesTerminal

/// Ends the program in one of the ways in which programs end against their will.
func die(_ kind: String) {
  switch kind {
  case "fatalError": fatalError("the message of the fatal error")
  case "bounds": print([1, 2, 3][Int(kind.count)])
  case "null": UnsafeMutablePointer<Int>(bitPattern: 8)?.pointee = 1
  case "overflow": print(deepen(1))
  case "thread":
    Thread.detachNewThread { fatalError("on another thread") }
    while true { sleep(1000) }
  case "thread-overflow":
    Thread.detachNewThread {
      TerminalSignals.coverThisThread()
      print(deepen(1))
    }
    while true { sleep(1000) }
  case "hang": while true { sleep(1000) }
  case "abort": abort()
  case "exit": exit(3)
  case "kill": raise(SIGSEGV)
  default: print("unknown \(kind)")
  }
}

/// Fills the stack; what it gives depends on all of it, so that no call can be dropped.
@inline(never) private func deepen(_ depth: Int) -> Int {
  var room = [depth, depth + 1]
  withUnsafeTemporaryAllocation(byteCount: 512, alignment: 8) { buffer in
    buffer[depth & 511] = UInt8(truncatingIfNeeded: depth)
    room[0] &+= deepen(depth &+ 1) &+ Int(buffer[depth & 255])
  }
  return room[0]
}
