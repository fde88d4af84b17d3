import ArgumentParser
import Convolution
import Experiments
import Explorer
import Lessons
import StridedTensor
import Walkthroughs

/// What a shell offers for the value of an option that takes one of a few words.
extension CompletionKind {
  /// The words of an enumeration, and perhaps others.
  static func words<Choice: RawRepresentable & CaseIterable>(
    of _: Choice.Type, and others: [String] = []
  ) -> CompletionKind where Choice.RawValue == String {
    .list(Choice.allCases.map(\.rawValue) + others)
  }

  static let weights = words(of: BuiltInKernel.self, and: DigitsNetwork.weightWords)
  static let floatTypes = CompletionKind.list(ElementType.allCases.filter(\.isFloating).map(\.rawValue))
}
