import { monthsBetween } from '@weir/calendar';
import { median } from '../mapping/guess-numbers.js';
import type { FieldPlace } from '../header.js';
import type { AssetClass, Role } from '../model/field.js';
import { JUDGED_CURRENCIES, USUAL_AMOUNTS, type UsualAmounts } from '../model/usual-amounts.js';
import type { FieldValue } from '../row-reader.js';
import { principalRatio, totalPaidRatio } from './collected-sizes.js';
import { levelPayment } from './level-payment.js';

/** Roles whose sizes are held against each other. */
const SIZED = [
  'originalAmount',
  'opening',
  'closing',
  'payment',
  'interest',
  'principal',
  'unscheduled',
  'otherPrincipal',
  'adjustment',
  'chargeOff',
  'totalPaid',
  'value',
  'rate',
  'originalRate',
  'originalTerm',
  'remainingTerm',
] as const satisfies readonly Role[];
type Sized = (typeof SIZED)[number];

/** The figures of one row by role: units of the currency, fractions, months; 0 is not stated. */
type Figures = Readonly<Record<Sized, number>>;

/** What is kept of a row to judge sizes by. */
export interface RowSizes {
  readonly row: number;
  readonly figures: Figures;
  /** A year's income of the borrower, as far as it is stated; 0 is not. */
  readonly income: number;
  /** Amounts above zero, and how many of them have cents. */
  readonly amounts: number;
  readonly withCents: number;
  /** Months from the reporting date to maturity; 0 where either is not stated, or it is past. */
  readonly toMaturity: number;
}

/** A column that looks like another unit, with a row that shows it. */
export interface SizeDoubt {
  readonly place: FieldPlace;
  readonly row: number;
  readonly said: string;
  /** Rows that show it, of how many that tell. */
  readonly differing: number;
  readonly of: number;
}

/** Rows of which the middle one tells; of fewer, all must, and of very few nothing is said. */
const [LEAST_ROWS, FEW_ROWS] = [10, 3];

/** Whether sizes are of a kind: the middle one where there are enough of them, else each. */
const agree = (sizes: readonly number[], is: (size: number) => boolean): boolean =>
  sizes.length < LEAST_ROWS ? sizes.length >= FEW_ROWS && sizes.every(is) : is(median(sizes));

/** Amounts above zero without which nothing is said of their cents. */
const LEAST_AMOUNTS = 30;

/** Fields of a borrower's yearly income. */
const INCOMES: ReadonlySet<string> = new Set(['annualIncome', 'primaryIncome']);

/** Units of the currency below which no payment of a month is collected, and no year's income is that of a borrower. */
const [LEAST_PAYMENT, LEAST_INCOME] = [10, 5_000];

/** A column whose name says that it counts cents. */
const SAYS_CENTS = /cents?\b|pence|minor/i;

/** Far from what it must be near: no seasoning, frequency or term explains it, a hundred times does. */
const FAR = 30;

/** How near (as a logarithm) payments come to the rate that they are of, and how far they are from another. */
const [FITS, MISSES] = [0.03, 0.06];

/** Within so many times a month's interest is that of the rate: it may be of more days, or a part of it unpaid. */
const ROUGHLY = 4;

/** In how many times of what is read payments say that the rates are. */
export type RateFactor = 1 | 100 | 0.01;

/** The least or the most of few figures, the middle one of enough of them. */
const leastOf = (sizes: readonly number[]): number => (sizes.length < LEAST_ROWS ? Math.min(...sizes) : median(sizes));
const mostOf = (sizes: readonly number[]): number => (sizes.length < LEAST_ROWS ? Math.max(...sizes) : median(sizes));

const far = (ratio: number): boolean => ratio > FAR || (ratio > 0 && ratio < 1 / FAR);
const shown = (amount: number): string => amount.toLocaleString('en-US', { maximumFractionDigits: 2 });

/**
 * Whether a column's amounts are of the size they must be of: those of the asset class, and of the other columns of its
 * rows. A file in cents that is read as whole units has not one cell that cannot be read.
 */
export class SizeCheck {
  private readonly places: ReadonlyMap<Role, FieldPlace>;
  private readonly slots: readonly (number | null)[];
  private readonly money: readonly number[];
  private readonly usual: UsualAmounts | null;
  /** Whether the tape is in a currency that is judged. */
  private judged = true;
  private readonly currency: number | null;
  private readonly incomeSlot: number | null;
  /** Whether amounts without cents are parted in thousands: nobody does so with cents. */
  private readonly parted: boolean;

  /** @param mapped whether a mapping says the units, and no standard */
  constructor(
    assetClass: AssetClass,
    places: readonly FieldPlace[],
    private readonly mapped: boolean,
  ) {
    this.places = new Map(places.flatMap((place) => (place.field.role === null ? [] : [[place.field.role, place]])));
    this.slots = SIZED.map((role) => this.places.get(role)?.slot ?? null);
    this.money = places.filter(({ field }) => field.kind === 'money').map(({ slot }) => slot);
    this.usual = USUAL_AMOUNTS[assetClass.name] ?? null;
    this.currency = this.places.get('currency')?.slot ?? null;
    this.incomeSlot = places.find(({ field }) => INCOMES.has(field.name))?.slot ?? null;
    this.parted = places.some(
      ({ field, unit }) => field.kind === 'money' && unit?.kind === 'number' && unit.thousands !== '',
    );
  }

  /** The figures of a row that was read. */
  sizesOf(row: number, values: readonly FieldValue[]): RowSizes {
    const currency = this.currency === null ? null : values[this.currency];
    if (typeof currency === 'string' && !JUDGED_CURRENCIES.has(currency.toUpperCase())) this.judged = false;
    const figures = Object.fromEntries(
      SIZED.map((role, index) => [role, figureOf(role, values[this.slots[index] ?? -1] ?? null)]),
    ) as Figures;
    let [amounts, withCents] = [0, 0];
    for (const slot of this.money) {
      const cents = values[slot];
      if (typeof cents !== 'bigint' || cents === 0n) continue;
      amounts++;
      if (cents % 100n !== 0n) withCents++;
    }
    const income = values[this.incomeSlot ?? -1];
    const toMaturity = this.monthsLeft(values);
    return {
      row,
      figures,
      amounts,
      withCents,
      toMaturity,
      income: typeof income === 'bigint' ? Number(income) / 100 : 0,
    };
  }

  /** In how many times of what is read the payments say that a column's rates are; null where they do not tell. */
  rateFactor(rows: readonly RowSizes[], { field: { role } }: FieldPlace): RateFactor | null {
    if (role !== 'rate' && role !== 'originalRate') return null;
    const told = rows.filter(({ figures }) => figures[role] > 0 && figures.payment > 0 && basesOf(figures).length > 0);
    if (told.length < FEW_ROWS) return null;
    const off = (factor: RateFactor): number[] =>
      told.map(({ figures }) => offPayment(figures, figures[role] * factor) + TINY);
    const asRead = off(1);
    if (mostOf(asRead) < FITS) return 1;
    const best = ([100, 0.01] as const).find((factor) => mostOf(off(factor)) < FITS);
    return best !== undefined && leastOf(asRead) > MISSES ? best : null;
  }

  /** As `rateFactor`, by the interest of a month: it tells less, since one of the two may be in another unit. */
  interestFactor(rows: readonly RowSizes[], { field: { role } }: FieldPlace): RateFactor | null {
    if (role !== 'rate' && role !== 'originalRate') return null;
    const ratios = rows
      .map(
        ({ figures: { opening, closing, interest, [role]: rate } }) => (interest * 12) / ((opening || closing) * rate),
      )
      .filter((ratio) => ratio > 0 && ratio < Infinity);
    const is = (factor: RateFactor): boolean =>
      agree(ratios, (ratio) => ratio / factor > 1 / ROUGHLY && ratio / factor < ROUGHLY);
    return ([1, 100, 0.01] as const).find(is) ?? null;
  }

  /** What looks like another unit. @param doubted columns that are told already: nothing is judged by them */
  doubts(rows: readonly RowSizes[], doubted: ReadonlySet<FieldPlace>): SizeDoubt[] {
    const isDoubted = (role: Role): boolean => {
      const place = this.places.get(role);
      return place !== undefined && doubted.has(place);
    };
    const amount = isDoubted('originalAmount') ? null : this.againstClass(rows);
    const lent = amount !== null || isDoubted('originalAmount');
    const rates = isDoubted('rate') || isDoubted('originalRate');
    const balances = lent ? [] : (['opening', 'closing'] as const).map((role) => this.againstAmount(rows, role));
    const open = balances.some((doubt) => doubt !== null) || isDoubted('opening') || isDoubted('closing');
    const payments = lent || rates ? null : this.payments(rows);
    const unpaid = lent || open || rates || payments !== null || isDoubted('payment');
    const found = [
      amount,
      ...balances,
      lent ? null : this.againstAmount(rows, 'value'),
      payments,
      open || rates ? null : this.interest(rows),
      ...(unpaid ? [] : [this.principal(rows), this.totalPaid(rows)]),
    ];
    return found.filter((doubt) => doubt !== null);
  }

  private againstClass(rows: readonly RowSizes[]): SizeDoubt | null {
    const { usual } = this;
    if (usual === null || !this.judged) return null;
    const role = this.places.has('originalAmount') ? 'originalAmount' : 'closing';
    const place = this.places.get(role);
    const stated = rows.filter(({ figures }) => figures[role] > 0);
    if (place === undefined) return null;
    const sizes = stated.map(({ figures }) => figures[role]);
    const typical = median(sizes);
    const amounts = rows.reduce((sum, row) => sum + row.amounts, 0);
    const cents = rows.some(({ withCents }) => withCents > 0);
    const whole = cents || amounts < LEAST_AMOUNTS || this.tellWhole(rows);
    const high = whole ? usual.high : usual.highWithoutCents;
    const small = role === 'originalAmount' && agree(sizes, (size) => size < usual.low);
    const large = agree(sizes, (size) => size > high);
    if (!small && !large) return whole ? null : this.undecided(place, stated);
    const shows = ({ figures }: RowSizes): boolean => (small ? figures[role] < usual.low : figures[role] > high);
    const comes = `comes to ${shown(typical)} in the middle of the rows`;
    if (!small && typical <= usual.high) {
      const open = `${comes}, and no amount has cents: in whole units few ${usual.title} come to more than ${shown(usual.highWithoutCents)}, in cents it is ${shown(typical / 100)}, and nothing in the rows tells which it is`;
      return shownBy(place, stated, shows, open);
    }
    const looks = small ? 'thousands, or whole units that are read as cents' : 'cents';
    const said =
      `${comes}, where ${usual.title} come to ${shown(usual.low)} to ${shown(usual.high)}: ` +
      `the amounts look like ${looks}`;
    return shownBy(place, stated, shows, said);
  }

  /**
   * Amounts of which none has cents are of the size of the asset class as whole units and as cents alike: where no standard
   * says which they are, nothing does.
   */
  private undecided(place: FieldPlace, stated: readonly RowSizes[]): SizeDoubt | null {
    const { usual } = this;
    const scale = place.unit?.kind === 'number' ? place.unit.scale : null;
    if (usual === null || !this.mapped || stated.length < LEAST_ROWS) return null;
    const typical = median(stated.map(({ figures }) => figures[place.field.role as Sized]));
    if (scale !== 'whole' || typical / 100 < usual.lowAsCents || SAYS_CENTS.test(place.column)) return null;
    const said =
      `comes to ${shown(typical)} in the middle of the rows, and no amount has cents: whole units, or ` +
      `${shown(typical / 100)} in cents, and both would be usual of ${usual.title}`;
    return shownBy(place, stated, () => true, said);
  }

  /**
   * Whether amounts without cents must be whole units: they are parted in thousands, or as cents they would be payments that
   * nobody collects, or incomes that nobody lives on. Amounts against each other tell nothing: they are of one unit.
   */
  private tellWhole(rows: readonly RowSizes[]): boolean {
    if (this.parted) return true;
    const payment = median(rows.map(({ figures }) => monthOf(figures)));
    const income = median(rows.map((row) => row.income));
    const ofPayment = payment > 0 && payment / 100 < LEAST_PAYMENT;
    return ofPayment || (payment > 0 && income >= LEAST_INCOME && income / 100 < LEAST_INCOME && payment < income);
  }

  /** Balances and values are of the size of what was lent, though a balance may have been paid down to little. */
  private againstAmount(rows: readonly RowSizes[], role: 'opening' | 'closing' | 'value'): SizeDoubt | null {
    const isFar = role === 'value' ? far : (ratio: number): boolean => ratio > FAR;
    const ratio = ({ figures }: RowSizes): number =>
      figures.originalAmount > 0 ? figures[role] / figures.originalAmount : 0;
    return this.farOff(rows, role, ratio, isFar, `times ${this.columnOf('originalAmount')}`);
  }

  private payments(rows: readonly RowSizes[]): SizeDoubt | null {
    const ratio = ({ figures }: RowSizes): number => {
      const { payment, rate, originalRate, closing } = figures;
      const yearly = originalRate || rate;
      const [basis] = basesOf(figures);
      if (basis === undefined || payment <= 0 || yearly < 0 || yearly > 1) return 0;
      // What is due at once is of the size of the balance.
      if (closing > 0 && payment > closing * 0.8 && payment < closing * 1.25) return 0;
      const level = levelPayment(basis.amount, yearly, basis.term);
      const interest = (basis.amount * yearly) / 12;
      if (payment > level) return payment / Math.max(level, interest);
      return interest === 0 ? payment / level : Math.min(1, payment / Math.min(level, interest));
    };
    const amount = this.places.has('originalAmount') ? 'originalAmount' : 'closing';
    const of = `times what ${this.columnOf(amount)}, rate and term give`;
    return this.farOff(rows, 'payment', ratio, far, of);
  }

  private interest(rows: readonly RowSizes[]): SizeDoubt | null {
    const ratio = ({ figures: { opening, closing, interest, rate, originalRate } }: RowSizes): number => {
      const month = ((opening || closing) * (rate || originalRate)) / 12;
      return month > 0 && interest > 0 ? interest / month : 0;
    };
    return this.farOff(rows, 'interest', ratio, far, 'times a month of the balance at its rate');
  }

  private principal(rows: readonly RowSizes[]): SizeDoubt | null {
    const ratio = (row: RowSizes): number => principalRatio(row.figures, this.instalmentsOf(row));
    return this.farOff(
      rows,
      'principal',
      ratio,
      far,
      'times the principal that balances, instalment and interest allow',
    );
  }

  private totalPaid(rows: readonly RowSizes[]): SizeDoubt | null {
    const ratio = (row: RowSizes): number => totalPaidRatio(row.figures, this.instalmentsOf(row));
    return this.farOff(rows, 'totalPaid', ratio, far, 'times what balances, instalment and interest allow to be paid');
  }

  /** What an instalment may be of: nothing of what bears no interest, which is paid at once. */
  private instalmentsOf({ figures, toMaturity }: RowSizes): ReturnType<typeof basesOf> {
    if (!this.places.has('rate') && !this.places.has('originalRate')) return [];
    const stated = basesOf(figures);
    return stated.length > 0 || toMaturity <= 0 ? stated : [{ amount: figures.closing, term: toMaturity }];
  }

  private monthsLeft(values: readonly FieldValue[]): number {
    const [to, matures] = (['periodTo', 'matures'] as const).map((role) => values[this.places.get(role)?.slot ?? -1]);
    if (typeof to !== 'string' || typeof matures !== 'string') return 0;
    return Math.max(0, monthsBetween(`${to.slice(0, 7)}-01`, `${matures.slice(0, 7)}-01`));
  }

  /** @param ratio of a row; 0 where it cannot be told */
  private farOff(
    rows: readonly RowSizes[],
    role: Sized,
    ratio: (row: RowSizes) => number,
    isFar: (ratio: number) => boolean,
    of: string,
  ): SizeDoubt | null {
    const place = this.places.get(role);
    const told = rows.filter((row) => ratio(row) > 0);
    const ratios = told.map(ratio);
    if (place === undefined || !agree(ratios, isFar)) return null;
    const typical = median(ratios);
    const times = typical > 1 ? shown(typical) : typical.toPrecision(2);
    const said = `is ${times} ${of} in the middle of the rows: one of them is written in another unit`;
    return shownBy(place, told, (row) => isFar(ratio(row)), said);
  }

  private columnOf(role: Role): string {
    return this.places.get(role)?.column ?? role;
  }
}

/** Keeps a perfect fit above zero, which a median leaves out. */
const TINY = 1e-12;

function figureOf(role: Sized, value: FieldValue): number {
  if (typeof value === 'bigint') return Number(value) / (role === 'rate' || role === 'originalRate' ? 1e12 : 100);
  return typeof value === 'number' ? value : 0;
}

/** What a payment may be of: the amount lent over its term, else the balance over what is left of it. */
function basesOf(figures: Figures): { readonly amount: number; readonly term: number }[] {
  const { originalAmount, originalTerm, closing, remainingTerm } = figures;
  const bases = [
    { amount: originalAmount, term: originalTerm },
    { amount: closing, term: remainingTerm },
  ];
  return bases.filter(({ amount, term }) => amount > 0 && term > 0);
}

/** A month's payment: as stated, else the level one of amount, rate and term; 0 where neither is known. */
function monthOf(figures: Figures): number {
  const [basis] = basesOf(figures);
  if (figures.payment > 0 || basis === undefined) return figures.payment;
  return levelPayment(basis.amount, figures.originalRate || figures.rate, basis.term);
}

/** How far (as a logarithm) a payment is from one of interest alone, and from a level one, whichever is nearest. */
function offPayment(figures: Figures, yearly: number): number {
  const { payment } = figures;
  const dues = basesOf(figures).flatMap(({ amount, term }) => [
    levelPayment(amount, yearly, term),
    (amount * yearly) / 12,
  ]);
  return Math.min(...dues.map((due) => Math.abs(Math.log(payment / due))));
}

function shownBy(
  place: FieldPlace,
  rows: readonly RowSizes[],
  shows: (row: RowSizes) => boolean,
  said: string,
): SizeDoubt {
  const showing = rows.filter(shows);
  return { place, row: showing[0]?.row ?? 0, said, differing: showing.length, of: rows.length };
}
