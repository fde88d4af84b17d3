import Experiments
import Measuring

/// What Timing measures, and how it shows the figures: what the command line can say of it.
public struct TimingWords: Hashable, Sendable {
  public var shape = TimedShape.experiment
  /// Threads that every contender works on.
  public var threads = 1
  public var axis = Axis.log
  public var order = Order.listed
  /// The row with the cursor, by its name; nil for the first.
  public var contender: String?
  /// The first column of the table of all figures, where not all have room.
  public var column = 0
  /// What the curve goes over; nil for no curve.
  public var sweep: SweepParameter?
  /// The file of an earlier run beside this one.
  public var baseline: String?

  /// How seconds become columns.
  public enum Axis: String, Hashable, Sendable, CaseIterable {
    /// Factors: equal ratios are equally far apart. Points only, for a length means nothing here.
    case log
    /// Seconds from zero, as bars.
    case linear
  }

  /// The order of the rows.
  public enum Order: String, Hashable, Sendable, CaseIterable {
    /// The lecture's: from the loops to the libraries.
    case listed
    /// The fastest first.
    case fastest
    /// The most accurate first.
    case accurate

    /// As it is said of the rows.
    var words: String {
      switch self {
      case .listed: "as listed, from the loops to the libraries"
      case .fastest: "the fastest first"
      case .accurate: "the most accurate first"
      }
    }

    var next: Order {
      let all = Order.allCases
      return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
    }
  }

  static let mostThreads = 1024

  static let options: [(name: String, value: String, help: String)] = [
    (
      "shape", "SPEC",
      "what Timing measures: experiment (the default), lecture, lecture-100, or \(ShapeSpecification.form)"
    ),
    ("threads", "N", "threads that Timing measures with (default: 1)"),
    ("axis", "log|linear", "Timing's axis: factors, or seconds from zero"),
    ("sort", "NAME", "Timing's rows: " + Order.allCases.map(\.rawValue).joined(separator: ", ")),
    ("contender", "NAME", "the row of Timing that has the cursor"),
    ("column", "N", "the first column of Timing's table of figures, from 0, where not all have room"),
    (
      "sweep", "NAME",
      "Timing's curve over one parameter: " + SweepParameter.allCases.map(\.rawValue).joined(separator: ", ")
        + "; 'off' for none"
    ),
    ("baseline", "FILE", "an earlier run beside this one, as X or bench --json wrote it; 'off' for none"),
  ]

  /// Sets one option from its word.
  ///
  /// - Returns: false if there is no such option here.
  mutating func set(_ option: String, _ value: String) throws(WordsError) -> Bool {
    func bad(_ expected: String) -> WordsError { WordsError(option: option, expected: expected, got: value) }
    switch option {
    case "shape":
      do {
        shape = try TimedShape(word: value)
      } catch is MeasuringError {
        throw bad("experiment, lecture, lecture-100, or \(ShapeSpecification.form)")
      } catch {
        throw bad("a shape that has an output (\(error))")
      }
    case "threads":
      guard let number = Int(value), 1...Self.mostThreads ~= number else {
        throw bad("a whole number from 1 to \(Self.mostThreads)")
      }
      threads = number
    case "axis":
      guard let word = Axis(rawValue: value) else { throw bad("log or linear") }
      axis = word
    case "sort":
      guard let word = Order(rawValue: value) else {
        throw bad("one of " + Order.allCases.map(\.rawValue).joined(separator: ", "))
      }
      order = word
    case "contender":
      guard !value.isEmpty, value.count <= 40 else { throw bad("the name of a row") }
      contender = value
    case "column":
      guard let number = Int(value), 0..<TimingColumn.allCases.count ~= number else {
        throw bad("a whole number from 0 to \(TimingColumn.allCases.count - 1)")
      }
      column = number
    case "sweep":
      guard value != "off" else {
        sweep = nil
        return true
      }
      guard let word = SweepParameter(rawValue: value) else {
        throw bad("one of " + SweepParameter.allCases.map(\.rawValue).joined(separator: ", ") + ", or off")
      }
      sweep = word
    case "baseline":
      guard !value.isEmpty else { throw bad("a file that X or bench --json wrote, or off") }
      baseline = value == "off" ? nil : value
    default: return false
    }
    return true
  }

  /// The shortest words that give this back.
  var arguments: [String] {
    let plain = TimingWords()
    var words: [String] = []
    func say(_ option: String, _ value: String) { words += ["--\(option)", value] }
    if shape != plain.shape { say("shape", shape.word) }
    if threads != plain.threads { say("threads", String(threads)) }
    if axis != plain.axis { say("axis", axis.rawValue) }
    if order != plain.order { say("sort", order.rawValue) }
    if let contender { say("contender", contender) }
    if column != plain.column { say("column", String(column)) }
    if let sweep { say("sweep", sweep.rawValue) }
    if let baseline { say("baseline", baseline) }
    return words
  }
}

/// The convolution that is measured.
public enum TimedShape: Hashable, Sendable {
  /// The one on the screen, with its own numbers.
  case experiment
  /// One of given sizes, with random numbers.
  case specification(ShapeSpecification)

  /// Those that the preset key goes through: the experiment, the lecture's two, two of a ResNet.
  static let presets: [TimedShape] =
    [.experiment]
    + ["10,32,32,8,3,16", "100,32,32,8,3,16", "1,56,56,64,3,64,p1", "1,224,224,3,7,64,s2,p3"].compactMap {
      (try? ShapeSpecification($0)).map(TimedShape.specification)
    }

  init(word: String) throws {
    switch word {
    case "experiment": self = .experiment
    case "lecture": self = .specification(try ShapeSpecification("10,32,32,8,3,16"))
    case "lecture-100": self = .specification(try ShapeSpecification("100,32,32,8,3,16"))
    default: self = .specification(try ShapeSpecification(word))
    }
  }

  var word: String {
    switch self {
    case .experiment: "experiment"
    case .specification(let shape): shape.description
    }
  }

  /// For people.
  var name: String {
    switch self {
    case .experiment: "the experiment, with its own numbers"
    case .specification(let shape):
      shape.description == "10,32,32,8,3,16"
        ? "the lecture's shape, 10 pictures"
        : shape.description == "100,32,32,8,3,16"
          ? "the lecture's shape, 100 pictures" : "\(shape.description) (N,H,W,Cin,K,Cout), random numbers"
    }
  }

  /// The next or previous preset; a shape that was typed leads to the first.
  func next(_ direction: Int) -> TimedShape {
    let all = Self.presets
    guard let index = all.firstIndex(of: self) else { return all[0] }
    return all[(index + direction + all.count) % all.count]
  }
}
