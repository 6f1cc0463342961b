import { detached } from './detached.js';

/** How much a finding weighs: `blocks` keeps its row out of every sum that pays, `warns` only tells. */
export type FindingWeight = 'blocks' | 'warns';

/** Every rule a tape is read by, with its weight and what it looks for; what is wrong of the `whole` file blocks all its rows. */
export const TAPE_RULES = {
  'row-shape': { weight: 'blocks', title: 'the row has more or fewer cells than the header, or the file ends in it' },
  'missing-cell': { weight: 'blocks', title: 'a required cell is empty or NA' },
  'not-a-number': { weight: 'blocks', title: 'a cell of a numeric column is not a number' },
  'not-a-date': { weight: 'blocks', title: 'a cell of a date column is not a date' },
  'not-a-flag': { weight: 'warns', title: 'a cell of a true/false column is neither' },
  'missing-column': { weight: 'warns', title: 'a column that would serve is not there' },
  'negative-balance': { weight: 'blocks', title: 'a balance is below zero' },
  'totals-row': { weight: 'blocks', title: 'the row adds up the others and is no loan' },
  'totals-skipped': { weight: 'warns', title: 'a row of totals was left out, as the mapping says' },
  'totals-differ': {
    weight: 'blocks',
    whole: true,
    title: 'a row of totals states another amount than its rows come to',
  },
  'duplicate-key': { weight: 'blocks', title: 'two rows have the same loan key' },
  'period-differs': { weight: 'blocks', title: 'the row is of another reporting period than most rows' },
  'several-periods': {
    weight: 'blocks',
    whole: true,
    title: 'the file holds several reporting periods and is no one month’s tape',
  },
  'period-unstated': { weight: 'blocks', title: 'the row states no reporting period in a file of several' },
  'key-precision': { weight: 'warns', title: 'a loan key was written in scientific notation and lost digits' },
  'key-not-distinct': { weight: 'warns', title: 'the configured loan key does not tell all rows apart' },
  rounded: { weight: 'warns', title: 'an amount has more than two decimals and was rounded half up to the cent' },
  'does-not-roll': {
    weight: 'warns',
    title: 'closing balance is not opening less principal, adjustment, charge-off, plus capitalised interest',
  },
  'actual-differs': {
    weight: 'warns',
    title: 'the actual balance is not the scheduled one, nor behind as the loan is',
  },
  'interest-capitalised': {
    weight: 'warns',
    title: 'the balance rose by interest that was not paid, and no column states that it was capitalised',
  },
  'payment-split': { weight: 'warns', title: 'interest, principal and other do not add up to the total paid' },
  'reversal-row': {
    weight: 'warns',
    title: 'a returned payment: negative principal, or a balance raised by an adjustment',
  },
  'impossible-rate': {
    weight: 'blocks',
    title: 'a rate is below zero or far above all others of its column, and none that a loan bears',
  },
  'suspicious-rate': { weight: 'warns', title: 'an interest rate is outside 0 to 35 %' },
  'suspicious-credit-score': { weight: 'warns', title: 'a credit score is missing or outside 250 to 900' },
  'days-reckoned': { weight: 'warns', title: 'days past due are reckoned from a status, for no column states them' },
  'suspicious-days-past-due': { weight: 'warns', title: 'days past due are negative, over 1,000 or not stated' },
  'matured-with-balance': { weight: 'warns', title: 'the maturity date is past and a balance remains' },
  'closing-rises': { weight: 'warns', title: 'the balance rose without an adjustment or a reversal' },
  'encoding-guessed': { weight: 'warns', title: 'the text is not UTF-8 and was read as Windows-1252' },
  'formula-without-value': { weight: 'warns', title: 'a formula has no stored value; its cell counts as empty' },
  'formula-in-key': { weight: 'blocks', title: 'a loan key is a formula of a spreadsheet and no value' },
  'formula-in-text': { weight: 'warns', title: 'a text is a formula of a spreadsheet and no value' },
  'unknown-element': { weight: 'warns', title: 'an XML element that Weir does not know comes up far into the file' },
  'out-of-range': { weight: 'warns', title: 'a value is outside what is plausible' },
  'unit-differs': { weight: 'warns', title: 'a column is not written in the unit in which it is read' },
  'unit-in-doubt': {
    weight: 'blocks',
    whole: true,
    title: 'a column looks like another unit than it is read in, and no mapping states that it is so',
  },
  'unknown-code': { weight: 'warns', title: 'a code is not in its code list' },
  'wrong-identifier': { weight: 'warns', title: 'an identifier has not the form or the check digits of its kind' },
  'no-data-not-admitted': { weight: 'warns', title: 'a no-data option stands where the template admits none such' },
  'currency-differs': { weight: 'blocks', title: 'the row is in another currency than most that state one' },
  'dates-out-of-order': { weight: 'warns', title: 'a date is before one that it must follow' },
  'payment-does-not-fit': { weight: 'warns', title: 'the payment does not fit amount, rate and term' },
  'suspicious-ltv': { weight: 'warns', title: 'the balance is out of proportion to the value of the security' },
  'balance-above-original': {
    weight: 'blocks',
    title: 'a balance is above the original amount of a loan that only falls',
  },
  'principal-above-owed': { weight: 'blocks', title: 'more principal is reported than the loan can have owed' },
  'no-original-amount': { weight: 'warns', title: 'the original amount of a loan with a balance is zero or below' },
  'term-exceeds-original': { weight: 'warns', title: 'more months remain than the original term had' },
  'interest-does-not-fit': { weight: 'warns', title: 'interest is not balance × rate × days' },
  'loan-vanished': { weight: 'warns', title: 'a loan with a balance is not in the next tape' },
  'loan-reappeared': {
    weight: 'warns',
    title: 'a loan that was at zero, or not in the last tape, is back with a balance',
  },
  'fact-changed': { weight: 'warns', title: 'something of a loan changed that cannot' },
  'opening-not-last-closing': {
    weight: 'warns',
    title: 'a loan does not open, or what it paid does not begin, where the last tape closed it',
  },
  'zero-balance-with-balance': { weight: 'warns', title: 'a zero balance code stands beside a balance' },
} as const satisfies Record<string, { weight: FindingWeight; whole?: true; title: string }>;

export type TapeRule = keyof typeof TAPE_RULES;

/** One thing found in a tape or in a report made from it, with its place, its weight and what to do about it. */
export interface Finding {
  /** Line in the file, the header being line 1; null when the finding is about the file as a whole. */
  row: number | null;
  column: string | null;
  /** The cell as it stands in the file; of the file as a whole, what it comes to. */
  value: string | null;
  rule: string;
  weight: FindingWeight;
  message: string;
  remedy: string;
}

/** A finding of a tape rule before its weight is added. */
export interface TapeRemark {
  row: number | null;
  column: string | null;
  value: string | null;
  rule: TapeRule;
  /** Where it weighs less than its rule does: nothing is blocked by it. */
  weight?: FindingWeight;
  message: string;
  remedy: string;
}

/** Findings of one rule that a reading keeps; the rest are counted, so a broken file cannot fill the memory. */
export const FINDINGS_KEPT_PER_RULE = 10_000;

/** Characters of a cell that a finding repeats. */
const VALUE_CHARACTERS = 500;

/** A text of its own, and no longer than told: what is kept must not hold on to the file it was cut from. */
function clipped(text: string, most: number): string {
  return detached(text.length <= most ? text : `${text.slice(0, most)}…`);
}

/** How often a rule was met. */
export interface RuleTally {
  readonly rule: TapeRule;
  readonly weight: FindingWeight;
  readonly findings: number;
  /** Rows that have such a finding; a row may have several, the file as a whole has none. */
  readonly rows: number;
}

/** What was met of a rule so far; a row's findings follow each other. */
interface Met {
  readonly rule: TapeRule;
  readonly weight: FindingWeight;
  findings: number;
  rows: number;
  last: number | null;
}

/**
 * Collects findings: counts all of them and keeps the first `FINDINGS_KEPT_PER_RULE` of each rule. What is blocked is known
 * here alone: rows that have a finding that blocks, or the file whole by one about the file.
 */
export class FindingLog {
  private readonly kept: Finding[] = [];
  private readonly counted = new Map<TapeRule, number>();
  private readonly met = new Map<string, Met>();
  private readonly blocked = new Set<number>();
  private whole = false;

  constructor(private readonly keptPerRule: number = FINDINGS_KEPT_PER_RULE) {}

  add(remark: TapeRemark): void {
    const { row, column, value, rule, message, remedy } = remark;
    const weight = remark.weight ?? TAPE_RULES[rule].weight;
    if (weight === 'blocks') this.block(rule, row);
    this.count(rule, weight, row);
    const count = (this.counted.get(rule) ?? 0) + 1;
    this.counted.set(rule, count);
    if (count > this.keptPerRule) return;
    const kept = { value: value === null ? null : clipped(value, VALUE_CHARACTERS), message: clipped(message, 2_000) };
    this.kept.push({ row, column, rule, remedy, ...kept, weight });
  }

  /** Rows that a finding of their own blocks. */
  get blockedRows(): ReadonlySet<number> {
    return this.blocked;
  }

  /** Whether a finding about the file blocks every row of it. */
  get blocksFile(): boolean {
    return this.whole;
  }

  /** Kept findings by line, those about the file as a whole first. */
  findings(): Finding[] {
    return this.kept.toSorted((a, b) => (a.row ?? 0) - (b.row ?? 0));
  }

  /** How often each rule was met in each weight, in the order of the first of each; rules never met are left out. */
  tally(): RuleTally[] {
    return [...this.met.values()].map(({ rule, weight, findings, rows }) => ({ rule, weight, findings, rows }));
  }

  /** The findings of each rule, rules never met left out. */
  counts(): Partial<Record<TapeRule, number>> {
    return Object.fromEntries(this.counted);
  }

  private block(rule: TapeRule, row: number | null): void {
    if (row === null || 'whole' in TAPE_RULES[rule]) this.whole = true;
    else this.blocked.add(row);
  }

  private count(rule: TapeRule, weight: FindingWeight, row: number | null): void {
    const name = `${rule} ${weight}`;
    const met = this.met.get(name) ?? { rule, weight, findings: 0, rows: 0, last: null };
    this.met.set(name, met);
    if (row !== null && row !== met.last) met.rows++;
    met.last = row;
    met.findings++;
  }
}
