extension MeasuringReport {
  /// Every sample as a line of comma-separated values, under a line of names.
  ///
  /// Shapes are written with semicolons, as commas part the columns; a sample that is not to be trusted says why.
  public func samplesCSV() -> String {
    var lines = ["shape,algorithm,threads,dtype,round,turn,seconds,runs,taints"]
    for item in cases {
      let shape = item.measured.specification.map { $0 == "," ? ";" : String($0) }.joined()
      for contender in item.contenders {
        for sample in contender.samples {
          let why = sample.taints.map(\.word).joined(separator: ";")
          lines.append(
            "\(shape),\(contender.name),\(contender.threads),\(request.elementType.rawValue),\(sample.round),"
              + "\(sample.turn),\(sample.seconds),\(sample.runs),\(why)")
        }
      }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
