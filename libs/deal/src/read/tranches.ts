import { DAY_COUNTS, parseDate, type PlainDate } from '@weir/calendar';
import { RATE_SCALE } from '@weir/money';
import type { Formula, Unit } from '../expression/ast.js';
import { ACCRUALS, type Tranche } from '../model.js';
import type { Cursor } from '../source/cursor.js';
import { defineSums } from './groups.js';
import { declareText, formulaOf, optionalFormula, type Reading } from './reading.js';
import { readSize, SIZES, unknownSize } from './tranche-size.js';

function readCoupon(cursor: Cursor, reading: Reading): Formula {
  const coupon = formulaOf(cursor, reading, 'rate');
  const { expression } = coupon;
  if (expression.kind === 'negate' && expression.operand.kind === 'number' && expression.operand.value.num > 0n) {
    cursor.error('rate', 'a coupon cannot be negative');
  }
  return coupon;
}

function readInterestOnShortfall(cursor: Cursor | undefined, reading: Reading): boolean | Formula {
  const text = cursor?.text() ?? 'true';
  return cursor && text !== 'true' && text !== 'false' ? formulaOf(cursor, reading, 'rate') : text === 'true';
}

/** Names that a class gives to formulas, and what each is made of. */
function defineMembers(tranche: Tranche, hasLegalFinal: boolean, { names }: Reading): void {
  const { name, size, coupon, availableFundsCap, interestOn, notional, reduceInterest, interestOnShortfall } = tranche;
  const formulas = (...of: unknown[]): Formula[] =>
    of.filter((part): part is Formula => typeof part === 'object' && !!part);
  const define = (member: string, unit: Unit, of: (Formula | string)[] = []): void =>
    names.define(`${name}.${member}`, { unit, of });
  const rate = formulas(coupon, availableFundsCap);
  const balance = formulas(notional);
  const shortfall = formulas(coupon, interestOnShortfall);
  define('rate', 'rate', rate);
  for (const member of ['opening', 'balance', 'factor'] as const) {
    define(member, member === 'factor' ? 'ratio' : 'money', balance);
  }
  define('dayFraction', 'ratio');
  if (hasLegalFinal) names.define(`${name}.legalFinal`, { unit: 'date', atClosing: true });
  define('interestDue', 'money', [...rate, ...balance, ...formulas(interestOn, reduceInterest)]);
  define('shortfall', 'money', shortfall);
  define('unpaidInterest', 'money', [`${name}.interestDue`, `${name}.shortfall`]);
  define('carryover', 'money', [...rate, ...balance, ...formulas(interestOn)]);
  define('writtenDown', 'money');
  const of = size.kind === 'amount' ? [size.amount] : [];
  // Only a class that is written as empty has nothing to divide by.
  const empty = size.kind === 'amount' && size.amount.expression.kind === 'number' && !size.amount.expression.value.num;
  names.define(`${name}.original`, { unit: 'money', of, atClosing: true, positive: !empty });
}

/** Null also where no date can be read. */
function readDate(cursor: Cursor | undefined): PlainDate | null {
  return cursor?.parsed<PlainDate | null>(parseDate, null, 'date') ?? null;
}

const REQUIRED = ['name', 'coupon', 'dayCount', 'accrual'] as const;
const OPTIONAL = [
  'label',
  'firstAccrualFrom',
  'interestOn',
  'notional',
  'interestOnShortfall',
  'availableFundsCap',
  'reduceInterest',
  'legalFinal',
] as const;

/** What the shares of the classes leave of the pool, at `RATE_SCALE`. */
interface Budget {
  left: bigint;
}

function spend(budget: Budget, share: bigint, cursor: Cursor | undefined): void {
  const wasOverspent = budget.left < 0n;
  budget.left -= share;
  if (budget.left < 0n && !wasOverspent)
    cursor?.error('share', 'the tranches together are more than 100 % of the pool');
}

function readTranche(item: Cursor, budget: Budget, reading: Reading): Tranche {
  const fields = item.fields(REQUIRED, [...SIZES, 'of', 'roundDown', ...OPTIONAL]);
  const tranche: Tranche = {
    name: declareText(fields.name, 'tranche', reading),
    label: fields.label?.text() ?? null,
    size: readSize(item, fields, reading),
    coupon: readCoupon(fields.coupon, reading),
    dayCount: fields.dayCount.choice(DAY_COUNTS),
    accrual: fields.accrual.choice(ACCRUALS),
    firstAccrualFrom: readDate(fields.firstAccrualFrom),
    interestOn: optionalFormula(fields.interestOn, reading, 'money'),
    notional: optionalFormula(fields.notional, reading, 'money'),
    interestOnShortfall: readInterestOnShortfall(fields.interestOnShortfall, reading),
    availableFundsCap: optionalFormula(fields.availableFundsCap, reading, 'rate'),
    reduceInterest: optionalFormula(fields.reduceInterest, reading, 'money'),
    legalFinal: readDate(fields.legalFinal),
    ...item.place,
  };
  // A notional class is no part of what the pool backs.
  if (tranche.size.kind === 'share' && !tranche.notional) spend(budget, tranche.size.share, fields.share);
  if (tranche.size.kind === 'share' && fields.share?.isSound === false) tranche.size = unknownSize(fields.share);
  defineMembers(tranche, fields.legalFinal !== undefined, reading);
  return tranche;
}

/** Tranches in order of seniority; each defines its members, and `notes` those of all together. */
export function readTranches(cursor: Cursor, reading: Reading): Tranche[] {
  const budget: Budget = { left: RATE_SCALE };
  const tranches = cursor.items().map((item) => readTranche(item, budget, reading));
  const funded = tranches.filter(({ notional }) => notional === null);
  defineSums(
    'notes',
    funded.map(({ name }) => name),
    reading,
  );
  return tranches;
}
