/// What `bench --json` writes.
extension MeasuringReport {
  /// The whole run as one JSON object and a line break.
  ///
  /// - Parameter baseline: an earlier run that every row is put beside.
  public func json(baseline: MeasuringBaseline? = nil) -> String { jsonValue(baseline).text + "\n" }

  private func jsonValue(_ baseline: MeasuringBaseline?) -> JSONText {
    .object([
      ("machine", machineJSON),
      ("conditions", conditions.json),
      ("results", .array(cases.flatMap { item in item.contenders.compactMap { $0.json(item, self, baseline) } })),
      ("failures", .array(failures.map { .string($0.description) })),
    ])
  }

  private var machineJSON: JSONText {
    var members: [(String, JSONText)] = [
      ("processor", .string(machine.processor)), ("processors", .integer(machine.processors)),
      ("system", .string(machine.system)), ("instruction_set", .string(machine.instructionSet.rawValue)),
    ]
    if let one = ceilings.first { members.append(("peak_gflops", .number(one.peakGigaflops))) }
    if let dram = ceilings.first?.levels.first(where: { $0.level == .dram }) {
      members.append(("copy_gigabytes_per_s", .number(dram.copy)))
    }
    members.append(("ceilings", .array(ceilings.map(\.json))))
    if !peerVersions.isEmpty {
      let versions = peerVersions.sorted { $0.key.rawValue < $1.key.rawValue }
      members.append(("peers", .object(versions.map { ($0.key.rawValue, .string($0.value)) })))
    }
    return .object(members)
  }
}

extension Ceilings {
  var json: JSONText {
    .object(
      [("threads", .integer(threads)), ("peak_gflops", .number(peakGigaflops))]
        + peakTaints.json(named: "peak_tainted")
        + levels.map { level in
          (
            level.level.rawValue.lowercased(),
            .object(
              [
                ("block_bytes", .integer(level.blockBytes)), ("read_gigabytes_per_s", .number(level.read)),
                ("copy_gigabytes_per_s", .number(level.copy)),
              ] + level.taints.json(named: "tainted"))
          )
        })
  }
}

extension [Taint] {
  /// A member with a word for each; none where there are none.
  fileprivate func json(named name: String) -> [(String, JSONText)] {
    isEmpty ? [] : [(name, .array(map { .string($0.word) }))]
  }
}

extension MeasuringConditions {
  var json: JSONText {
    var members: [(String, JSONText)] = [("allowed_processors", .integers(allowedProcessors))]
    func add(_ name: String, _ value: Double?) { if let value { members.append((name, .number(value))) } }
    add("slowest_clock", slowestClock)
    add("stolen_s", stolenSeconds)
    add("waited_s", waitedSeconds)
    if let involuntarySwitches { members.append(("involuntary_switches", .integer(involuntarySwitches))) }
    members += [("samples", .integer(samples)), ("tainted_samples", .integer(taintedSamples))]
    return .object(members)
  }
}

extension ContenderReport {
  /// Nil where there is nothing to tell.
  func json(_ item: CaseReport, _ report: MeasuringReport, _ baseline: MeasuringBaseline?) -> JSONText? {
    guard !samples.isEmpty || failure != nil else { return nil }
    var members: [(String, JSONText)] = [
      (item.measured.subject.word, .string(item.measured.specification)), ("algorithm", .string(name)),
    ]
    if let chosen { members.append(("chosen", .string(chosen.rawValue))) }
    members += [
      ("threads", .integer(threads)), ("dtype", .string(report.request.elementType.rawValue)),
    ]
    members += timesJSON + workJSON
    if let reference = item.reference, let ratio {
      let name = item.contenders[reference].name
      members += [("ratio_to", .string(name)), ("ratio", ratio.json)]
      if name == "naive" { members.append(("ratio_to_naive", .number(ratio.ratio))) }
    } else if let reference = item.reference, item.contenders[reference].name == name, name == "naive",
      statistics != nil
    {
      members.append(("ratio_to_naive", .number(1)))
    }
    if let error {
      members += [
        ("max_abs_error", .number(error.largest)), ("relative_error", .number(error.relative)),
        ("error_norm", .number(error.norm)), ("outputs_compared", .integer(error.compared)),
      ]
    }
    if let scratchBytes { members.append(("scratch_bytes", .integer(scratchBytes))) }
    if let preparedBytes { members.append(("prepared_bytes", .integer(preparedBytes))) }
    if let part { members += [("measured_part", .string(part)), ("scale", .number(scale))] }
    let type = report.request.elementType.rawValue
    if let statistics, let earlier = baseline?.entry(for: self, of: item.measured, elementType: type),
      let ratio = earlier.ratio(to: statistics)
    {
      members.append(
        ("baseline", .object([("median_s", .number(earlier.median)), ("earlier_over_now", ratio.json)])))
    }
    if let failure { members.append(("failure", .string(failure))) }
    return .object(members)
  }

  private var timesJSON: [(String, JSONText)] {
    guard let statistics else { return [] }
    var members: [(String, JSONText)] = [
      ("times_s", .array(samples.map { .number($0.seconds) })), ("min_s", .number(statistics.minimum)),
      ("median_s", .number(statistics.median)), ("p90_s", .number(statistics.p90)),
      ("median_interval_s", .array([.number(statistics.medianLow), .number(statistics.medianHigh)])),
      ("spread", .number(statistics.spread)),
    ]
    if let coldCall { members.append(("cold_s", .number(coldCall))) }
    for step in steps { if let median = step.median { members.append(("\(step.name)_median_s", .number(median))) } }
    let tainted = samples.indices.filter { !samples[$0].taints.isEmpty }
    if !tainted.isEmpty {
      members.append(
        (
          "tainted",
          .array(
            tainted.map { k in
              .object([("repeat", .integer(k)), ("why", .array(samples[k].taints.map { .string($0.word) }))])
            })
        ))
      members.append(("mostly_tainted", .bool(isMostlyTainted)))
    }
    return members
  }

  private var workJSON: [(String, JSONText)] {
    var members: [(String, JSONText)] = []
    if let gigaflops { members.append(("gflops", .number(gigaflops))) }
    if isEffective { members.append(("gflops_are", .string("effective"))) }
    if work.isLeast { members.append(("algorithm_unknown", .bool(true))) }
    if let executedGigaflops { members.append(("executed_gflops", .number(executedGigaflops))) }
    if let operations = work.executedOperations { members.append(("executed_flops", .number(operations))) }
    if let traffic = work.traffic { members.append(("modelled_bytes", .integer(traffic.bytes))) }
    if let gigabytes { members.append(("gigabytes_per_s", .number(gigabytes))) }
    return members
  }
}

extension RatioEstimate {
  var json: JSONText {
    .object([
      ("ratio", .number(ratio)), ("low", .number(low)), ("high", .number(high)),
      ("shows_difference", .bool(showsDifference)),
    ])
  }
}
