/** Something that a deployment should be, and whether it is so. */
export interface ManifestTick {
  readonly ok: boolean;
  readonly title: string;
  /** What was found; where it differs, what was expected and what was found. */
  readonly detail: string;
}

/** One thing that was compared: its name, what it should be and what it is. */
export type Comparison = readonly [name: string, expected: string, found: string];

/** A tick for all that are as they should be, and one for each that is not. */
export function compared(title: string, comparisons: readonly Comparison[], summary: string): ManifestTick[] {
  const different = comparisons.filter(([, expected, found]) => expected !== found);
  if (different.length === 0) return [{ ok: true, title, detail: summary }];
  return different.map(([name, expected, found]) => ({
    ok: false,
    title: name === '' ? title : `${title}: ${name}`,
    detail: `expected ${expected}, found ${found}`,
  }));
}
