import Measuring

/// One line of the table of `bench`, and one member of its JSON.
struct BenchResult {
  enum Subject {
    case shape(String)
    case product(String)
    case copy(String)
  }

  let subject: Subject
  let name: String
  var chosen: String?
  let threads: Int
  let dtype: String
  var times: [Double] = []
  /// Operations of the direct algorithm, or of the product; for copies the bytes read and written.
  let work: Double
  var error: Double?
  var scratchBytes: Int?
  var preparedBytes: Int?
  /// Time of the naive loops over this one's.
  var ratioToNaive: Double?
  /// Why there are no times, or what is special about them.
  var note: String?

  var statistics: Statistics? { Statistics(times) }
  var isCopy: Bool { if case .copy = subject { true } else { false } }

  /// 10⁹ operations, or bytes, a second.
  var rate: Double? { statistics.map { work / $0.median * 1e-9 } }

  var title: String {
    switch subject {
    case .shape(let text): text
    case .product(let text): "product \(text)"
    case .copy(let text): "patches of \(text)"
    }
  }

  var json: JSONText {
    var members: [(String, JSONText)] =
      switch subject {
      case .shape(let text): [("shape", .string(text))]
      case .product(let text): [("gemm", .string(text))]
      case .copy(let text): [("copy", .string(text))]
      }
    members.append(("algorithm", .string(name)))
    if let chosen { members.append(("chosen", .string(chosen))) }
    members += [("threads", .integer(threads)), ("dtype", .string(dtype))]
    if let statistics, let rate {
      members += [
        ("times_s", .array(times.map(JSONText.number))), ("min_s", .number(statistics.minimum)),
        ("median_s", .number(statistics.median)), ("spread", .number(statistics.spread)),
        (isCopy ? "gigabytes_per_s" : "gflops", .number(rate)),
      ]
    }
    if let ratioToNaive { members.append(("ratio_to_naive", .number(ratioToNaive))) }
    if let error { members.append(("max_abs_error", .number(error))) }
    if let scratchBytes { members.append(("scratch_bytes", .integer(scratchBytes))) }
    if let preparedBytes { members.append(("prepared_bytes", .integer(preparedBytes))) }
    if let note { members.append(("note", .string(note))) }
    return .object(members)
  }
}
