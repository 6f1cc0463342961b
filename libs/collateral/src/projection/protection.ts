import { PoolLineInvalid } from './errors.js';

/**
 * How a loan is protected against prepayment for a while:
 * - `lockout`: it may not prepay;
 * - `defeasance`: who leaves puts government bonds in the loan's place; the pool receives the scheduled payments to the end,
 *   without prepayment or default;
 * - `yield-maintenance`: it pays what the lender loses until maturity on the prepaid principal, or `share` of the principal where that is more;
 * - `penalty`: it pays `share` of the prepaid principal;
 * - `open`: it prepays freely.
 */
export const PROTECTIONS = ['lockout', 'defeasance', 'yield-maintenance', 'penalty', 'open'] as const;

/** A stretch of projected months with one kind of protection. */
export interface ProtectedStretch {
  readonly kind: (typeof PROTECTIONS)[number];
  readonly months: number;
  /** Least, or only, penalty as a share of the prepaid principal; 0 when not given. */
  readonly share?: number;
}

/** Stretches from the cut-off date on, one after the other; what follows them is open. */
export interface Protection {
  readonly stretches: readonly ProtectedStretch[];
  /** Index by which yield maintenance reckons: the government's yield, a fraction a year. */
  readonly index?: string;
}

/** @throws PoolLineInvalid at the first term that is out of range. */
export function checkProtection({ stretches, index }: Protection, line: number): void {
  for (const { kind, months, share = 0 } of stretches) {
    const isMonths = Number.isInteger(months) && months >= 1 && months <= 1200;
    if (!isMonths) throw new PoolLineInvalid(line, `protection.${kind}`, months, 'whole months from 1 to 1200');
    const isShare = share >= 0 && share <= 1;
    if (!isShare) throw new PoolLineInvalid(line, `protection.${kind}`, share, 'a share from 0 to 1 (5 % is 0.05)');
    if (kind === 'yield-maintenance' && index === undefined) {
      throw new PoolLineInvalid(line, 'protection.index', 0, 'the index of yields beside yield maintenance');
    }
  }
}

/** The stretch that each projected month (entry 0 is the first) lies in; null where it is open. */
export function stretchesByMonth({ stretches }: Protection, months: number): (ProtectedStretch | null)[] {
  const found: (ProtectedStretch | null)[] = [];
  for (const stretch of stretches) {
    for (let month = 0; month < stretch.months && found.length < months; month++) {
      found.push(stretch.kind === 'open' ? null : stretch);
    }
  }
  while (found.length < months) found.push(null);
  return found;
}

/** How the notation of prospectuses names the kinds. */
const NOTATION = /^(LO|L|DEF|D|YM|PEN|O)(\d+(?:\.\d+)?)?\((\d+)\)$/;
const NAMED: Record<string, ProtectedStretch['kind']> = {
  L: 'lockout',
  LO: 'lockout',
  D: 'defeasance',
  DEF: 'defeasance',
  YM: 'yield-maintenance',
  PEN: 'penalty',
  O: 'open',
};

/**
 * Stretches as prospectuses write them, remaining months in brackets: `LO(24) DEF(90) O(6)`, `YM1(60) O(4)` for yield
 * maintenance of at least 1 %, `PEN5(12) PEN4(12)` for penalties of 5 % and then 4 %. Null when it does not read.
 */
export function readProtection(text: string): ProtectedStretch[] | null {
  const parts = text.split(/[\s,/]+/).filter((part) => part !== '');
  const read = parts.map((part): ProtectedStretch | null => {
    const [, name = '', percent, months] = NOTATION.exec(part.toUpperCase()) ?? [];
    const kind = NAMED[name];
    const takesShare = kind === 'yield-maintenance' || kind === 'penalty';
    if (!kind || (percent !== undefined && !takesShare) || (kind === 'penalty' && percent === undefined)) return null;
    return { kind, months: Number(months), ...(percent === undefined ? {} : { share: Number(percent) / 100 }) };
  });
  return read.length > 0 && read.every((stretch) => stretch !== null) ? read : null;
}
