import Experiments
import Explorer
import Foundation
import Screens
import StridedTensor
import TensorFiles
import TestSupport
import Testing

/// Every number of the lecture's 6×6 example, as the screens show it, against what NumPy and PyTorch computed.
@Suite struct LectureTests {
  private func golden(_ name: String) throws -> [Int] {
    let path = Fixtures.directory.appending(path: "golden/lecture-arange.npz").path(percentEncoded: false)
    return try TensorFile.read(path, member: name).tensor.elementsAsDouble.map { Int($0) }
  }

  /// The inside of the panel with a title, line by line.
  private func panel(_ title: String, in frame: Frame) throws -> [String] {
    let lines = frame.lines.map { Array($0) }
    // The focused panel has a mark before its title.
    let isFocused = frame.text.contains("▸" + title)
    let needle = Array((isFocused ? " ▸" : " ") + title)
    for (row, line) in lines.enumerated() where line.count >= needle.count {
      for start in 0...(line.count - needle.count)
      where start > 0 && line[start - 1] == "╭" && Array(line[start..<start + needle.count]) == needle {
        guard let end = line[start...].firstIndex(of: "╮") else { continue }
        var inside: [String] = []
        for below in lines[(row + 1)...] {
          guard below.count > end, below[start - 1] == "│" else { break }
          inside.append(String(below[start..<end]))
        }
        return inside
      }
    }
    Issue.record("no panel '\(title)'")
    return []
  }

  private func rows(_ lines: [String], labels: Int) -> [[Int]] {
    lines.dropFirst().map { line in
      let marked = String(line.map { $0.isNumber || $0 == "-" || $0 == "," ? $0 : " " })
      return marked.split(separator: " ").dropFirst(labels).compactMap { Int($0) }
    }.filter { !$0.isEmpty }
  }

  @Test(arguments: [Size(columns: 80, rows: 24), Size(columns: 120, rows: 36), Size(columns: 200, rows: 60)])
  func thePatchMatrixIsNumPys(_ size: Size) throws {
    let frame = draw(try state("arange:6x6 --weight arange:3x3 --scene im2col --step 15", size: size))
    let shown = rows(try panel("patch matrix 16×9", in: frame), labels: 1)
    #expect(shown.count == 16)
    #expect(shown.flatMap { $0 } == (try golden("patch_matrix")))
  }

  @Test(arguments: [Size(columns: 80, rows: 24), Size(columns: 120, rows: 36)])
  func theOutputIsPyTorchs(_ size: Size) throws {
    let expected = try golden("output")
    let slide = draw(try state("arange:6x6 --weight arange:3x3 --step 15", size: size))
    #expect(rows(try panel("output 4×4", in: slide), labels: 1).flatMap { $0 } == expected)
    let product = draw(try state("arange:6x6 --weight arange:3x3 --scene im2col --step 31", size: size))
    #expect(rows(try panel("out", in: product), labels: 0).flatMap { $0 } == expected)
  }

  @Test(arguments: [Size(columns: 80, rows: 24), Size(columns: 120, rows: 36)])
  func theCopiesPerCellAreNumPys(_ size: Size) throws {
    let frame = draw(try state("arange:6x6 --weight arange:3x3 --scene im2col --step 15", size: size))
    #expect(rows(try panel("copies per cell", in: frame), labels: 1).flatMap { $0 } == (try golden("multiplicity")))
  }

  /// At 80×24 the whole matrix stands on the screen, the nine copies of the centre pixel marked, with the bytes and the reason.
  @Test func theCentrePixelAt80x24() throws {
    let frame = draw(try state("arange:6x6 --weight arange:3x3 --scene im2col --step 15 --select 2,2,0"))
    let matrix = try panel("patch matrix 16×9", in: frame)
    #expect(matrix.joined().components(separatedBy: "[14]").count - 1 == 9)
    let text = frame.text
    #expect(text.contains("input 144 B → matrix 576 B (4.00×)"))
    #expect(text.contains("y and x do not merge, 24 ≠ 4·4"))
    #expect(text.contains("[9]"))
  }

  /// `n` goes through all nine copies and comes round.
  @Test func hoppingNineTimesComesRound() throws {
    var state = try state("arange:6x6 --weight arange:3x3 --scene im2col --step 15 --select 2,2,0")
    state.press("n")
    let first = state.view.entry
    var seen: Set<String> = []
    for _ in 0..<9 {
      seen.insert("\(String(describing: state.view.entry))")
      state.press("n")
    }
    #expect(seen.count == 9)
    #expect(state.view.entry == first)
    state.press("N")
    state.press("n")
    #expect(state.view.entry == first)
  }

  @Test func theFlippedKernelGives138() throws {
    let state = try state("arange:6x6 --weight arange:3x3 --step 0 --flip")
    let text = draw(state).text
    #expect(text.contains("sum = 138"))
    #expect(text.contains("turned by 180°"))
  }

  @Test func aOneByOneKernelNeedsNoCopy() throws {
    let text = draw(try state("arange:6x6 --weight arange:1x1 --scene im2col --step 3")).text
    #expect(text.contains("copies nothing"))
    #expect(text.contains("input 144 B → matrix 144 B (1.00×)"))
  }
}
