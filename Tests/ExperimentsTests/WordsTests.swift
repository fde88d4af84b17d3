import Convolution
import Experiments
import StridedTensor
import TestSupport
import Testing

/// Words of the command line to values and back.
@Suite struct WordsTests {
  /// Reads words as the command line does: the first without dashes is the input.
  private func read(_ arguments: [String]) throws -> ExperimentWords {
    var words = ExperimentWords()
    var rest = arguments[...]
    while let first = rest.popFirst() {
      if first.hasPrefix("--") {
        let value = rest.popFirst()
        try words.set(String(first.dropFirst(2)), #require(value))
      } else {
        try words.set("input", first)
      }
    }
    return words
  }

  @Test func defaultsAreSilent() { #expect(ExperimentWords().arguments.isEmpty) }

  @Test(arguments: UInt64(1)...400)
  func everyValueComesBack(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let words = RandomWords.words(using: &random)
    #expect(try read(words.arguments) == words, "seed \(seed): \(words.arguments)")
  }

  @Test(arguments: [
    ("stride", "2", "2"), ("stride", "2,3", "2,3"), ("stride", "2,2", "2"), ("dilation", "1,2", "1,2"),
    ("padding", "1", "1"), ("padding", "1,2", "1,2"), ("padding", "1,1,2,2", "1,2"), ("padding", "0,1,2,3", "0,1,2,3"),
    ("padding", "same", "same"), ("kernel-size", "5,3", "5,3"), ("groups", "3", "3"), ("dtype", "float64", "float64"),
    ("layout", "nchw", "nchw"), ("weight", "gaussian", "gaussian"), ("weight", "arange:2x3", "arange:2x3"),
    ("weight", "random:3x3x2x4,9", "random:3x3x2x4,9"), ("weight", "digits-cnn:conv1", "digits-cnn:conv1"),
    ("edit-input", "0,3,4,0=5", "3,4=5"), ("edit-input", "0,0=inf", "0,0=inf"),
    ("edit-weight", "1,2,0,3=-0.5", "1,2,0,3=-0.5"),
  ])
  func theShortestForm(option: String, given: String, shortest: String) throws {
    var words = ExperimentWords()
    try words.set(option, given)
    #expect(words.arguments == ["--\(option)", shortest])
  }

  @Test(arguments: [
    ("padding", "valid"), ("padding", "0"), ("stride", "1"), ("layout", "nhwc"), ("weight", "sobel-x"),
    ("bias", "none"),
    ("groups", "auto"), ("dtype", "auto"), ("kernel-size", "auto"),
  ])
  func defaultsSaidAloudAreSilent(option: String, value: String) throws {
    var words = ExperimentWords()
    try words.set(option, value)
    #expect(words == ExperimentWords())
  }

  @Test(arguments: [
    ("stride", "0"), ("stride", "-1"), ("stride", "1,2,3"), ("stride", ""), ("stride", "1,"), ("stride", "x"),
    ("stride", "99999999999999999999"), ("stride", "9223372036854775807"), ("dilation", "0"), ("padding", "-1"),
    ("padding", "1,2,3"), ("padding", "SAME"), ("kernel-size", "0"), ("groups", "0"), ("groups", "1,1"),
    ("dtype", "int32"),
    ("layout", "chwn"), ("weight", ""), ("weight", "-"), ("weight", "arange:3"), ("weight", "random:3x3,x"),
    ("weight", "digits-cnn:conv3"), ("bias", ""), ("input", ""), ("input", "arange:"), ("input", "arange:0x3"),
    ("input", "arange:-1x3"), ("input", "picture:4"), ("input", "picture:4x4x2"), ("input", "digit:10"),
    ("input", "digit:"), ("input", "digit:3:dense"), ("input", "digit:3:conv1:"),
    ("input", "random:3x3,-1"), ("edit-input", "1=2"), ("edit-input", "1,2"),
    ("edit-weight", "a,b=1"),
    ("edit-weight", "0,0=x"), ("edit-weight", "0,0=1e400"), ("no-such-option", "1"),
  ])
  func malformedWordsAreRefusedAndChangeNothing(option: String, value: String) throws {
    var words = ExperimentWords()
    let error = try #require(throws: WordsError.self) { try words.set(option, value) }
    #expect(error.exitStatus == 64)
    #expect(error.description.contains("expected"))
    #expect(words == ExperimentWords())
  }

  @Test(arguments: [
    ("./picture", "picture"), ("././picture", "./picture"), ("./-", "-"), ("./conv", "conv"),
    ("./arange:1x1", "arange:1x1"),
    ("a/b.npy", "a/b.npy"), ("./a.npy", "./a.npy"), ("data.npz:x", "data.npz:x"), ("conv", "conv"),
  ])
  func dotSlashMakesAFileOfAnyName(word: String, path: String) throws {
    #expect(try InputWord(word) == .file(path))
    #expect(try InputWord(InputWord.file(path).word) == .file(path))
  }

  @Test func filesAreNeededOnlyWhereTheirWordsDiffer() throws {
    let plain = ExperimentWords()
    var words = plain
    words.stride = AxisPair(2)
    words.input = .arange([6, 6])
    words.bias = "digits-cnn:conv1"
    #expect(!words.needsFiles(differingFrom: plain))
    words.input = .file("a.png")
    #expect(words.needsFiles(differingFrom: plain))
    #expect(!words.needsFiles(differingFrom: words))
    words.input = plain.input
    words.weight = .file("w.npy")
    #expect(words.needsFiles(differingFrom: plain))
  }
}

/// Experiment words of every form.
enum RandomWords {
  static func words(using random: inout SeededGenerator) -> ExperimentWords {
    var words = ExperimentWords()
    words.input = input(using: &random)
    words.weight = weight(using: &random)
    words.bias = [nil, "b.npy", "digits-cnn:dense"][random.int(0...2)]
    words.elementType = [nil, .float32, .float64][random.int(0...2)]
    words.order = random.int(0...1) == 0 ? .nhwc : .nchw
    words.kernelSize = random.int(0...1) == 0 ? nil : pair(using: &random)
    words.stride = pair(using: &random)
    words.dilation = pair(using: &random)
    words.groups = random.int(0...1) == 0 ? nil : random.int(1...9)
    func side() -> Int { random.int(0...2) }
    words.padding = side() == 0 ? .same : .explicit(Padding(top: side(), bottom: side(), left: side(), right: side()))
    for _ in 0..<random.int(0...2) { words.inputEdits.replace(edit(using: &random)) }
    for _ in 0..<random.int(0...2) { words.weightEdits.replace(edit(using: &random)) }
    return words
  }

  private static func input(using random: inout SeededGenerator) -> InputWord {
    let shape = (0..<random.int(1...5)).map { _ in random.int(1...99) }
    return switch random.int(0...6) {
    case 0:
      .file(["picture", "a b.png", "./-x", "-x", "x.npz:a:b", "../é.npy", "digit:3", "render", "~"][random.int(0...8)])
    case 1: .standardInput
    case 2: .picture(height: random.int(1...99), width: random.int(1...99), channels: random.int(0...1) * 2 + 1)
    case 3: .arange(shape)
    case 4: .random(shape, seed: UInt64(random.int(0...2)) &* 0x9E37_79B9_7F4A_7C15)
    case 5: .digit(random.int(0...9), after: [nil, .conv1, .conv2][random.int(0...2)])
    default: .defaultPicture
    }
  }

  private static func weight(using random: inout SeededGenerator) -> WeightWord {
    let shape = (0..<random.int(2...4)).map { _ in random.int(1...9) }
    return switch random.int(0...4) {
    case 0: .file(["w.npy", "box", "./box", "digits-cnn:x", "-w"][random.int(0...4)])
    case 1: .named(BuiltInKernel.allCases[random.int(0...BuiltInKernel.allCases.count - 1)])
    case 2: .arange(shape)
    case 3: .random(shape, seed: UInt64(random.int(0...5)))
    default: .digits(DigitsNetwork.Layer.allCases[random.int(0...2)])
    }
  }

  private static func pair(using random: inout SeededGenerator) -> AxisPair {
    AxisPair(random.int(1...3), random.int(1...3))
  }

  private static func edit(using random: inout SeededGenerator) -> CellEdit {
    let value: Double = [0, -1, 2.5, 1e-300, -Double.infinity, Double.pi, 1e20][random.int(0...6)]
    return CellEdit(index: (0..<4).map { _ in random.int(0...2) }, value: value)
  }
}
