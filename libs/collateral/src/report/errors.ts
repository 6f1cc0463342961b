/** The figures of a report contradict each other. That is a fault of Weir, never of a tape: nothing may be paid on it. */
export class ReportDoesNotTie extends Error {
  override readonly name = 'ReportDoesNotTie';
  constructor(
    readonly poolOpening: bigint,
    readonly poolClosing: bigint,
    readonly unexplained: bigint,
  ) {
    super(`the report's pool does not roll by ${unexplained} cents: do not sign it and report this as a fault of Weir`);
  }
}
