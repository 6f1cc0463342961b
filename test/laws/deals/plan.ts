import { FormulaWriter } from './formula-writer.js';
import { Random } from '../random.js';

/** A block of a document, or an item of a list, as it will be printed. */
export type Fields = Record<string, unknown>;

/** How a class differs from an ordinary one. */
export type ClassKind = 'ordinary' | 'interest only' | 'principal only' | 'accrual' | 'residual';

export interface ClassPlan {
  name: string;
  kind: ClassKind;
  hasCap: boolean;
}

/** What a deal will hold, decided before any formula is written, so that all parts may name each other. */
export interface Plan {
  random: Random;
  /** Every step pays from one account in order of seniority and nothing is bounded. */
  sequential: boolean;
  pool: bigint;
  currency: string;
  classes: ClassPlan[];
  groups: Record<string, string[]>;
  fees: { name: string; capped: boolean }[];
  hedges: { name: string; pays: boolean; receives: boolean }[];
  facilities: string[];
  ledgers: { name: string; signed: boolean }[];
  calls: string[];
  states: string[];
  triggers: string[];
  reserve: boolean;
  spread: boolean;
  /** Principal is collected in an account of its own. */
  twoGroups: boolean;
  parties: string[];
  /** Names known before the first step that nothing of the prologue can make circular. */
  writer: FormulaWriter;
}

const CURRENCIES = ['USD', 'EUR', 'GBP', 'CAD', 'AUD', 'CHF'];
const SPECIAL: [ClassKind, string, number][] = [
  ['principal only', 'PO', 20],
  ['accrual', 'Z', 20],
  ['interest only', 'IO', 25],
  ['residual', 'R', 15],
];

function planClasses(random: Random): ClassPlan[] {
  const ordinary = Array.from({ length: 1 + random.below(4) }, (_, index) => ({
    name: 'ABCD'[index] ?? 'E',
    kind: 'ordinary' as const,
    hasCap: random.chance(20),
  }));
  const special = SPECIAL.filter(([, , percent]) => random.chance(percent));
  return [...ordinary, ...special.map(([kind, name]) => ({ name, kind, hasCap: false }))];
}

function some(random: Random, most: number, prefix: string): string[] {
  return Array.from({ length: random.below(most + 1) }, (_, index) => `${prefix}${index + 1}`);
}

/** Decides from the seed what the deal holds. */
export function planDeal(seed: number): Plan {
  const random = new Random(seed ^ 0xdea1);
  const sequential = random.chance(20);
  const pool = 10n ** BigInt(7 + random.below(6)) + random.upTo(10n ** 9n);
  const currency = random.pick(CURRENCIES);
  const classes = planClasses(random);
  const noted = classes.filter(({ kind }) => kind === 'ordinary').map(({ name }) => name);
  return {
    random,
    sequential,
    pool,
    currency,
    classes,
    groups: noted.length > 1 && random.chance(35) ? { senior: noted.slice(0, 2) } : {},
    fees: some(random, 3, 'fee').map((name) => ({ name, capped: !sequential && random.chance(35) })),
    hedges: some(random, 2, 'swap').map((name) => {
      const pays = random.chance(75);
      return { name, pays, receives: !pays || random.chance(85) };
    }),
    facilities: random.chance(25) ? ['liquidity'] : [],
    ledgers: some(random, 2, 'pdl').map((name, index) => ({ name, signed: index === 1 && random.chance(50) })),
    calls: random.chance(25) ? ['cleanUp'] : [],
    states: random.chance(35) ? ['revolving', 'amortising', 'accelerated'].slice(0, 2 + random.below(2)) : [],
    triggers: some(random, 3, 'test'),
    reserve: random.chance(60),
    spread: !sequential && random.chance(30),
    twoGroups: !sequential && random.chance(25),
    parties: ['sponsor', 'servicer', 'trustee', 'calculationAgent', ...(random.chance(50) ? ['bank'] : [])],
    writer: new FormulaWriter(random, currency, pool),
  };
}

/** Names of the classes that have principal. */
export function withPrincipal(plan: Plan): string[] {
  return plan.classes.filter(({ kind }) => kind !== 'interest only' && kind !== 'residual').map(({ name }) => name);
}

/** Names of the classes that have a coupon. */
export function withInterest(plan: Plan): string[] {
  return plan.classes.filter(({ kind }) => kind !== 'principal only' && kind !== 'residual').map(({ name }) => name);
}
