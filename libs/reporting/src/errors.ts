/** A report model contradicts itself. `problems` lists every contradiction, each with the figures that disagree. */
export class ReportInconsistent extends Error {
  override readonly name = 'ReportInconsistent';
  constructor(readonly problems: readonly string[]) {
    super(`the report contradicts itself: ${problems.join('; ')}. Rebuild it from the settled run before publishing`);
  }
}
