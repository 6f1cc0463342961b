import { ADJUSTABLE_FIELDS, ADJUSTABLE_NAMES } from './adjustable.js';
import type { AssetClass, Field, Role } from './field.js';

/** What is lost without a column of some roles. */
interface Need {
  /** Roles that serve it. */
  readonly roles: readonly Role[];
  /** How many of them it takes. */
  readonly least: number;
  /** What they are good for, in a word or two. */
  readonly use: string;
  readonly lost: string;
  /** Whether nothing can be projected without it. */
  readonly projects: boolean;
}

const need = (use: string, lost: string, ...roles: Role[]): Need => ({ roles, least: 1, use, lost, projects: false });

/** A loan's month is two of what was collected in it; the third follows. */
const COLLECTIONS: Need = {
  roles: ['interest', 'principal', 'totalPaid'],
  least: 2,
  use: 'to pay by, two of three',
  lost: 'the tape does not say what was collected: it serves to pick a pool and to project it, not to pay by',
  projects: false,
};

/** Of a loan that is to be projected or picked. */
const OF_LOANS: readonly Need[] = [
  { ...need('to project', 'no loan can be projected', 'rate', 'originalRate'), projects: true },
  {
    ...need(
      'to project',
      'no loan can be projected, for nothing says how long it runs',
      'remainingTerm',
      'matures',
      'originalTerm',
    ),
    projects: true,
  },
  need(
    'payments, checks',
    'payments are computed as level ones of balance, rate and term, and cannot be checked',
    'payment',
  ),
  need('delinquency', 'every loan counts as current, unless a status says the days (“30-59”, “120+”)', 'daysPastDue'),
  need('age, static pools', 'loans count as new in a projection, and there are no static pools', 'originated'),
  need('vintage curves, rules', 'there are no vintage curves, and no rule or limit by it', 'originalAmount'),
  need('the month', 'the file does not say which month it is of: it has to be named where that matters', 'periodTo'),
  need('tables, rules, limits', 'there is no table, rule or limit by it, and no mean', 'score'),
  need('tables, limits', 'there is no table or limit by it', 'region'),
];

/** Of a month's collections, where there are any. */
const OF_MONTHS: readonly Need[] = [
  need(
    'checks of the roll',
    'it is reckoned back from the closing balance, and whether balances roll cannot be checked',
    'opening',
  ),
  need(
    'checks of the roll',
    'it counts as none, and what it moved shows as a balance that does not roll',
    'adjustment',
  ),
  need('losses', 'losses count as none, and there are no loss curves', 'chargeOff'),
  need('recoveries', 'recoveries count as none', 'recovery'),
];

/** Roles without which no loan is known and no balance: nothing takes their place. */
const INDISPENSABLE: readonly Role[] = ['key', 'closing'];

/** Fields that a tape lacks, and what cannot be done for want of it. */
export interface Lack {
  /** Any of them would do, or, of collections, two. */
  readonly fields: readonly Field[];
  readonly lost: string;
  readonly projects: boolean;
}

/** What is lost with the columns that a tape has. @param has whether it has a column of the field */
export function lacksOf({ fields }: AssetClass, has: (field: string) => boolean): Lack[] {
  const lack = ({ roles, least, lost, projects }: Need): Lack[] => {
    const serving = fields.filter(({ role }) => role !== null && roles.includes(role));
    const there = serving.filter(({ name }) => has(name)).length;
    if (serving.length < least || there >= least) return [];
    return [{ fields: serving.filter(({ name }) => !has(name)), lost, projects }];
  };
  const collections = lack(COLLECTIONS);
  return [...OF_LOANS.flatMap(lack), ...collections, ...(collections.length > 0 ? [] : OF_MONTHS.flatMap(lack))];
}

const sectionOf = (code: string): string => code.replace(/\d+$/, '');

/** Fields of a template that a file under its codes has no column of; of its sections, those that the file has at all. */
export function templateLacks({ fields }: AssetClass, columns: readonly string[]): Field[] {
  const there = new Set(columns);
  const coded = fields.flatMap(({ esma }) => (esma !== null && there.has(esma) ? [sectionOf(esma)] : []));
  const sections = new Set(coded);
  return fields.filter(({ esma }) => esma !== null && sections.has(sectionOf(esma)) && !there.has(esma));
}

/** What values of other roles are good for. */
const OTHER_USES: Partial<Record<Role, string>> = {
  periodFrom: 'the month',
  status: 'tables, checks',
  value: 'loan-to-value',
  ltv: 'loan-to-value',
  obligor: 'limits by obligor',
  capitalised: 'checks of the roll',
  repays: 'checks of payments, projections',
  frequency: 'checks of payments',
  balloon: 'checks of payments, projections',
  interestOnly: 'checks of payments',
};

const ADJUSTABLE = new Set([...Object.keys(ADJUSTABLE_NAMES), ...ADJUSTABLE_FIELDS.map(({ name }) => name)]);

/** What the values of a field are good for, in words for those who map a column; null of what is kept and no more. */
export function purposeOf({ name, role, required }: Field): string | null {
  if (role === null) return ADJUSTABLE.has(name) ? 'adjustable rates' : required ? OF_FORM : null;
  if (INDISPENSABLE.includes(role)) return 'required';
  const served = [...OF_LOANS, COLLECTIONS, ...OF_MONTHS].find(({ roles }) => roles.includes(role));
  const use = served?.use ?? OTHER_USES[role];
  return [...(use === undefined ? [] : [use]), ...(required ? [OF_FORM] : [])].join('; ') || null;
}

/** Of a tape under the standard's own names, see `requiredOf`. */
const OF_FORM = 'the form requires it';

/**
 * Fields that a tape must have. One by a standard's own names has all that its form asks for; in one of a servicer's own,
 * whose columns a person mapped, what is not there may be done without.
 */
export function requiredOf({ fields }: AssetClass, mapped: boolean): Field[] {
  const indispensable = ({ role }: Field): boolean => role !== null && INDISPENSABLE.includes(role);
  return fields.filter((field) => (mapped ? indispensable(field) : field.required));
}
