/// Measures what a request asks for, on the calling thread, and hands out reports as it goes.
///
/// Meant for a background thread. Nothing is thrown: what cannot be measured stands in the report's `failures` and in the rows.
///
/// - Parameters:
///   - request: what is measured, and how.
///   - isCancelled: asked on this thread between single calls, every 20 ms while waiting for another program, and in every call
///     of ours that takes more than 50 ms, or is the first of its kind, before each block of work (`WorkerPool.stoppable`);
///     once true, the run ends, and what was measured so far is returned. A block is some rows of the output, a part of a
///     millisecond for usual shapes. Calls known to be shorter are not looked into.
///   - isPaused: while it is true, no samples are taken.
///   - startPeer: starts another library's worker, and need not wait for it; by default the user's `python3`.
///   - report: told what was found so far, some ten times a second, never while a sample is taken; the last time when finished.
/// - Returns: the last report.
@discardableResult
public func runMeasuring(
  _ request: MeasuringRequest, isCancelled: @escaping () -> Bool, isPaused: @escaping () -> Bool = { false },
  startPeer: @escaping (PeerName, Int) throws -> PeerWorker,
  report: (MeasuringReport) -> Void
) -> MeasuringReport {
  withoutActuallyEscaping(report) { report in
    MeasuringRun(request, isCancelled: isCancelled, isPaused: isPaused, startPeer: startPeer, send: report).run()
  }
}

/// The same with the libraries of the user's `python3`.
@discardableResult
public func runMeasuring(
  _ request: MeasuringRequest, isCancelled: @escaping () -> Bool, isPaused: @escaping () -> Bool = { false },
  report: (MeasuringReport) -> Void
) -> MeasuringReport {
  runMeasuring(
    request, isCancelled: isCancelled, isPaused: isPaused,
    startPeer: { try PeerWorker(starting: $0, threads: $1, isCancelled: isCancelled) }, report: report)
}
