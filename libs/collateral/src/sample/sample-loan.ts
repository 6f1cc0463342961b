import { mulDiv, RATE_SCALE } from '@weir/money';
import { Dice } from './dice.js';

/** What never changes about a sample loan. Money in cents, the rate at `RATE_SCALE`. */
export interface SampleLoan {
  index: number;
  assetNumber: string;
  originalAmount: bigint;
  originalTerm: number;
  rate: bigint;
  /** As printed: a number, 0 or NONE. */
  creditScore: string;
  /** Months between origination and June 2020; −1 is July 2020. */
  ageMonths: number;
  payment: bigint;
  make: string;
  state: string;
  coObligor: boolean;
}

/** Simple interest of a balance over days, ACT/365, half up to the cent. */
export function simpleInterest(balance: bigint, rate: bigint, days: number): bigint {
  return mulDiv(balance * BigInt(days), rate, 365n * RATE_SCALE, 'half-up');
}

/** The level monthly payment: amount × r ÷ (1 − (1 + r)^−term) with r a twelfth of the rate, up to the cent. */
export function levelPayment(amount: bigint, rate: bigint, term: number): bigint {
  const scale = 10n ** 24n;
  const growth = scale + (rate * scale) / (12n * RATE_SCALE);
  let compound = scale;
  for (let month = 0; month < term; month++) compound = (compound * growth) / scale;
  const numerator = amount * (growth - scale) * compound;
  return mulDiv(numerator, 1n, scale * (compound - scale), 'up');
}

/** The balance after some months of level payments, paid on time. */
export function scheduledBalance(
  loan: Pick<SampleLoan, 'originalAmount' | 'rate' | 'payment'>,
  months: number,
): bigint {
  let balance = loan.originalAmount;
  for (let month = 0; month < months && balance > 0n; month++) {
    const interest = mulDiv(balance, loan.rate, 12n * RATE_SCALE, 'half-up');
    const principal = loan.payment - interest;
    balance = principal < balance ? balance - principal : 0n;
  }
  return balance;
}

/** Annual rate in basis points by credit score: the better the score, the cheaper the loan. */
function basisPoints(score: number, dice: Dice): number {
  return Math.max(190, 1590 - Math.floor((score - 500) * 3.5)) + dice.below(120);
}

function printedScore(score: number, dice: Dice): string {
  if (dice.chance(4)) return dice.pick(['NONE', '0']);
  return String(score);
}

/** Loans that were still being boarded at the cut-off date; they are the last ones of the portfolio. */
export function isBoardedLate(index: number, loans: number): boolean {
  return index >= loans - Math.ceil(loans / 70);
}

/** Draws the facts of one loan. */
export function drawLoan(seed: number, index: number, loans: number): SampleLoan {
  const dice = new Dice(seed, index);
  const score = dice.between(520, 850);
  const rate = BigInt(basisPoints(score, dice)) * (RATE_SCALE / 10_000n);
  const originalAmount = BigInt(dice.between(8_000, 45_000)) * 100n + BigInt(dice.below(100));
  const originalTerm = dice.pick([48, 60, 60, 72, 72, 75]);
  return {
    index,
    assetNumber: String(20_200_000_000 + index),
    originalAmount,
    originalTerm,
    rate,
    creditScore: printedScore(score, dice),
    ageMonths: isBoardedLate(index, loans) ? dice.pick([0, -1]) : dice.between(1, 24),
    payment: levelPayment(originalAmount, rate, originalTerm),
    make: dice.pick(['TOYOTA', 'HONDA', 'FORD', 'NISSAN', 'CHEVROLET', 'HYUNDAI']),
    state: dice.pick(['NC', 'AL', 'SC', 'VA', 'TX', 'FL', 'GA', 'OH']),
    coObligor: dice.chance(370),
  };
}
