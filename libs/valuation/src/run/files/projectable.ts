import { checkLine, PoolLineInvalid, type Role } from '@weir/collateral';
import type { LoanPlace, TapeLines } from './tape-lines.js';

/** What a projection may leave out of a tape without being told to: a share of its balance. */
export const USUALLY_LEFT_OUT = 0.01;

/** A loan that is left out of a projection; its balance in minor units. */
export interface LoanLeftOut extends LoanPlace {
  readonly balance: bigint;
  /** What the loan lacks, in words. */
  readonly lacks: string;
  /** Roles of the fields that would state it. */
  readonly roles: readonly Role[];
}

/** A tape's lines that can be projected, and the loans that cannot, in minor units. */
export interface Projectable {
  readonly lines: TapeLines['lines'];
  readonly leftOut: readonly LoanLeftOut[];
  /** What is left out comes to. */
  readonly sum: bigint;
  /** Balance of the whole pool. */
  readonly all: bigint;
  /** The sum as a share of all; 0 when nothing is left out. */
  readonly share: number;
}

type Reason = Pick<LoanLeftOut, 'roles' | 'lacks'>;

const REASONS: Readonly<Record<'rate' | 'term', Reason>> = {
  rate: { roles: ['rate', 'originalRate'], lacks: 'a rate from 0 up to 100 % a year' },
  term: { roles: ['remainingTerm', 'matures', 'originalTerm'], lacks: 'anything to count a remaining term from' },
};

const ROLES_OF_FIELD: Readonly<Record<string, readonly Role[]>> = {
  grossRate: REASONS.rate.roles,
  netRate: REASONS.rate.roles,
  remainingTerm: REASONS.term.roles,
  originalTerm: ['originalTerm'],
  balance: ['closing', 'opening'],
};

function faultOf(line: TapeLines['lines'][number], index: number): Reason | null {
  try {
    checkLine(line, index);
    return null;
  } catch (error) {
    if (!(error instanceof PoolLineInvalid)) throw error;
    const { field, value, expected } = error;
    const lacks = `${field} as it can be projected: it is ${value}, and needs ${expected}`;
    return { roles: ROLES_OF_FIELD[field] ?? [], lacks };
  }
}

/** Parts what a tape tells of its loans into what can be projected and what cannot, in the order of its rows. */
export function projectableOf({ lines, places, left }: TapeLines): Projectable {
  const kept: TapeLines['lines'][number][] = [];
  const leftOut: LoanLeftOut[] = left.map(({ lacks, ...loan }) => ({ ...loan, ...REASONS[lacks] }));
  lines.forEach((line, index) => {
    const fault = faultOf(line, index);
    if (fault === null) kept.push(line);
    else
      leftOut.push({ ...(places[index] ?? { key: '', row: 0 }), balance: BigInt(Math.round(line.balance)), ...fault });
  });
  leftOut.sort((a, b) => a.row - b.row);
  const sum = leftOut.reduce((total, { balance }) => total + balance, 0n);
  const all = sum + BigInt(Math.round(kept.reduce((total, { balance }) => total + balance, 0)));
  return { lines: kept, leftOut, sum, all, share: sum === 0n ? 0 : Number(sum) / Number(all) };
}
