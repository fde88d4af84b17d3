/// Outputs of a line that one call of a kernel computes: some milliseconds' work, between which a run can be stopped.
///
/// Enough of them for tall tiles.
///
/// - Parameter operations: multiplications and additions of one output.
func outputsAtOnce(operationsOfEach operations: Int) -> Int {
  max((1 << 28) / max(operations, 256) / 24, 1) * 24
}
