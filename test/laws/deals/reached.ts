/** Counts by name of what was reached; names that never came stand at zero. */
export class Reached {
  readonly counts: Record<string, number>;

  /** Goes on from counts of before, where there are any. */
  constructor(wanted: readonly string[], before: Readonly<Record<string, number>> = {}) {
    this.counts = { ...Object.fromEntries(wanted.map((name) => [name, 0])), ...before };
  }

  add(names: readonly string[]): void {
    for (const name of names) this.counts[name] = (this.counts[name] ?? 0) + 1;
  }

  /** What was reached less often than `least` times. */
  rarerThan(least: number): string[] {
    return Object.entries(this.counts).flatMap(([name, count]) => (count < least ? [`${name}: ${count}`] : []));
  }
}
