/** Hundredths of what was owed that fees and interest which was added to it may make of the principal that is paid. */
const MOST = 110n;
/** Cents by which a final payment may be above what was owed, however little that was. */
const OVERPAID = 1_000n;

/** Whether principal is more than a loan can have paid of what it owed, cents; a little more a final payment may bring. */
export const isImpossible = (paid: bigint, owed: bigint): boolean =>
  paid * 100n > owed * MOST && paid - owed > OVERPAID;
