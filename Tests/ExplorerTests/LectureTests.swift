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

  /// So it does from the first step on: where the pixel will be copied to is known before it is.
  @Test func theNineCopiesAreLitFromTheFirstStepOn() throws {
    let frame = draw(try state("arange:6x6 --weight arange:3x3 --scene im2col --select 2,2,0"))
    let matrix = try panel("patch matrix 16×9", in: frame)
    #expect(matrix.count >= 17 && matrix.joined().components(separatedBy: "[14]").count - 1 == 9)
    #expect(frame.text.contains("input 144 B → matrix 576 B (4.00×)") && frame.text.contains("step 0 (1 of 32)"))
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

  /// The kernel turned by 180° gives 138 wherever the top left output is computed: 366 else.
  @Test(arguments: ["", " --product offset", " --product-tile 4", " --product-tile 2"])
  func theProductsTopLeftIs366Or138(_ product: String) throws {
    for (flip, expected, other) in [("", "366", "138"), (" --flip", "138", "366")] {
      for size in [Size(columns: 80, rows: 24), Size(columns: 120, rows: 36)] {
        let last = try state(
          "arange:6x6 --weight arange:3x3 --scene im2col --step 9999" + product + flip, size: size)
        let out = rows(try panel("out", in: draw(last)), labels: 0).flatMap { $0 }
        #expect(out.count == 16)
        #expect(out.first == Int(expected))
        #expect(draw(last).text.contains("flipped") == !flip.isEmpty)
        #expect(!draw(last).text.contains(" \(other) "))
      }
    }
  }

  /// All products for each offset added up are PyTorch's output, and after the first one nothing but its own.
  @Test func theShiftedProductsAddUpToPyTorchs() throws {
    let expected = try golden("output")
    let command = "arange:6x6 --weight arange:3x3 --scene im2col --product offset --step "
    for offset in 0..<9 {
      let out = rows(try panel("out", in: draw(try state(command + "\(offset * 16 + 15)"))), labels: 0).flatMap { $0 }
      let sums = (0..<16).map { row in
        (0...offset).reduce(0) { $0 + $1 * ((row / 4 + $1 / 3) * 6 + row % 4 + $1 % 3) }
      }
      #expect(out == sums)
      if offset == 8 { #expect(out == expected) }
    }
  }

  /// Element by element the running sum grows as the lecture's loops make it, and `a` goes there and back.
  @Test func theSumRunsElementByElement() throws {
    var state = try state("arange:6x6 --weight arange:3x3 --scene im2col --step 21")
    state.press("a")
    var sums: [Int] = []
    for _ in 0..<9 {
      let out = rows(try panel("out", in: draw(state)), labels: 0).flatMap { $0 }
      sums.append(try #require(out.last))
      state.press(".")
    }
    #expect(sums == [0, 8, 26, 65, 121, 196, 310, 450, 618])
    // The tenth multiplication is the next row's first.
    #expect(state.view.step == 22)
    state.press("a")
    #expect(draw(state).text.contains("row 6 × column 0 = 8·0"))
  }

  /// `b` takes the patch matrix away and brings it back, at the same output.
  @Test func aKeySwitchesToAProductForEachOffset() throws {
    var state = try state("arange:6x6 --weight arange:3x3 --scene im2col --step 6", size: Size(columns: 120, rows: 36))
    state.press("b")
    #expect(draw(state).text.contains("No patch matrix"))
    #expect(draw(state).text.contains("out += Z[:,i:i+4,j:j+4,:]"))
    #expect(state.view.step == 6)
    state.press("b")
    #expect(draw(state).text.contains("patch matrix 16×9"))
    #expect(state.view.step == 6)
  }

  @Test func aOneByOneKernelIsOneProduct() throws {
    let text = draw(
      try state(
        "arange:1x4x4x2 --weight arange:1x1x2x3 --scene im2col --product offset --step 3",
        size: Size(columns: 120, rows: 36))
    ).text
    #expect(text.contains("one offset: the convolution is one product"))
    #expect(text.contains("out = Z[:,0:4,0:4,:] @ W[0,0]"))
  }

  /// The errata are the second page of the help, and a word of the prompt.
  @Test(arguments: [[Key.character("?"), .character("?")], ":errata".map { .character($0) } + [.enter]])
  func theErrataHaveTheirPage(_ keys: [Key]) throws {
    var state = try state("arange:6x6", size: Size(columns: 200, rows: 60))
    state.press(keys: keys)
    let text = draw(state).text
    for promised in ["(12, 4)", "(24, 8)", "reads 432 bytes", "16×9 = 144", "leading dimension", "float64"] {
      #expect(text.contains(promised), "\(promised)")
    }
    state.press("?")
    #expect(!draw(state).text.contains("(24, 8)"))
    state.press("x")
    #expect(!draw(state).text.contains("where the lecture"))
  }
}
