/** A sum of signed amounts with what went each way kept apart, in cents: net = gross − reversed. */
export interface SignedSum {
  gross: bigint;
  /** What was taken back, as a positive number. */
  reversed: bigint;
  net: bigint;
}

export function signedSum(gross: bigint, reversed: bigint): SignedSum {
  return { gross, reversed, net: gross - reversed };
}
