import Experiments
import StridedTensor
import TensorFiles
import Testing

/// The digits network run by the words of the command line, against what it computed when it was trained.
@Suite struct DigitsNetworkTests {
  private func output(_ input: String, _ layer: String) throws -> AnyTensor {
    var words = ExperimentWords()
    try words.set("input", input)
    try words.set("weight", layer)
    try words.set("bias", layer)
    return try Experiment(words, source: MemorySource()).output(algorithm: .auto)
  }

  private func difference(_ array: String, of digit: Int, from output: AnyTensor) throws -> Double {
    let expected = try DigitsNetwork.array(array).at(digit)
    #expect(expected.count == output.count)
    return zip(expected.elementsAsDouble, output.elementsAsDouble).map { abs($0 - $1) }.max() ?? .infinity
  }

  @Test(arguments: 0...9)
  func everyLayerGivesTheRecordedNumbers(digit: Int) throws {
    let first = try output("digit:\(digit)", "digits-cnn:conv1")
    #expect(first.shape == [1, 6, 6, 8])
    #expect(try difference("conv1_output", of: digit, from: first) < 1e-5)

    let second = try output("digit:\(digit):conv1", "digits-cnn:conv2")
    #expect(second.shape == [1, 4, 4, 16])
    #expect(try difference("conv2_output", of: digit, from: second) < 1e-4)

    let logits = try output("digit:\(digit):conv2", "digits-cnn:dense")
    #expect(logits.shape == [1, 1, 1, 10])
    #expect(try difference("logits", of: digit, from: logits) < 1e-4)
    let values = logits.elementsAsDouble
    #expect(values.firstIndex(of: values.max() ?? .nan) == digit)
  }

  @Test func aDigitHasItsOwnMemory() throws {
    var words = ExperimentWords()
    try words.set("input", "digit:3")
    let input = try Experiment(words, source: MemorySource()).input
    #expect(input.bufferCount == 64)
    #expect(try input.elementsAsDouble == DigitsNetwork.array("digits").at(3).elementsAsDouble)
  }
}
