/** More notes of a class, which the amendment's program reckons with. Amounts in cents. */
export interface ClassIssue {
  /** The class's name in the new document. */
  readonly tranche: string;
  readonly face: bigint;
  /** Original amount of the class before. */
  readonly original: bigint;
  /** Place of the class's balance among the old state words. */
  readonly place: number;
}

/** Words of a class that must be zero when more of it is issued. */
export const owedOn = (tranche: string): string[] =>
  ['shortfall', 'carryover', 'writtenDown'].map((family) => `${family}.${tranche}`);

function divisor(one: bigint, other: bigint): bigint {
  return other === 0n ? one : divisor(other, one % other);
}

/** The face nearest to an issue's for which the balance of a class grows by whole cents; 0 for a class that is paid off. */
export function nearestFace({ face, original }: Pick<ClassIssue, 'face' | 'original'>, balance: bigint): bigint {
  if (balance === 0n) return 0n;
  const step = original / divisor(original, balance);
  if (face < step) return step;
  const over = face % step;
  return 2n * over > step ? face - over + step : face - over;
}
