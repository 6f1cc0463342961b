import { parseDeal, type Deal } from '@weir/deal';
import { type CompiledDeal, compileDeal } from '@weir/waterfall';
import { stringify } from 'yaml';
import { formatMoney } from '@weir/money';
import { combinationsOf, nameClasses, nameDues, tranchesOf } from './capital.js';
import { accountsOf, callsOf, collectionsOf, facilitiesOf, feesOf, hedgesOf, ledgersOf } from './counterparties.js';
import { type Fields, type Plan, planDeal } from './plan.js';
import { StepWriter } from './steps.js';
import { datesOf, reportOf, schedulesOf, statesOf, testsOf } from './terms.js';

/** A random document, read and compiled. */
export interface GeneratedDeal {
  seed: number;
  plan: Plan;
  text: string;
  deal: Deal;
  compiled: CompiledDeal;
}

/** The generator wrote what the reader refuses: one of the two is wrong. */
export class InvalidDocument extends Error {
  constructor(
    readonly seed: number,
    readonly text: string,
    readonly faults: string[],
  ) {
    super(`the document of seed ${seed} is refused: ${faults.join('; ')}`);
  }
}

function prioritiesOf(plan: Plan): unknown {
  const write = (prefix: string, index: number): Fields[] => {
    const writer = new StepWriter(plan, prefix, index);
    return plan.sequential ? writer.sequential() : writer.free();
  };
  if (plan.states.length === 0 || plan.random.chance(25)) return write('', 0);
  return Object.fromEntries(plan.states.map((state, index) => [state, write(`s${index}`, index)]));
}

/** Blocks in the order in which their names become known; what is empty is left out. */
function blocksOf(plan: Plan): Fields {
  const { random, currency, pool, parties } = plan;
  const head = {
    weir: '1',
    deal: {
      name: 'Generated deal',
      currency,
      rounding: random.pick(['half-up', 'half-up', 'down', 'up']),
      // By the pool's last cent, so that the other choices of a seed stay what they were.
      ...(pool % 2n === 0n ? { shares: 'half-up' } : {}),
    },
    parties: { ...Object.fromEntries([...parties, 'issuingEntity'].map((name) => [name, `The ${name}`])) },
    dates: datesOf(plan),
    collateral: { cutOffPool: formatMoney(pool) },
    report: reportOf(plan),
    schedules: schedulesOf(plan),
  };
  nameClasses(plan);
  const ledgers = ledgersOf(plan);
  const states = statesOf(plan);
  const tests = testsOf(plan);
  const tranches = tranchesOf(plan);
  const accounts = accountsOf(plan);
  nameDues(plan);
  const others = { fees: feesOf(plan), hedges: hedgesOf(plan), facilities: facilitiesOf(plan), calls: callsOf(plan) };
  const capital = { accounts, collections: collectionsOf(plan), tranches, groups: plan.groups, ledgers };
  const blocks = { ...head, ...capital, ...others, ...tests, states, combinations: combinationsOf(plan) };
  return { ...withoutEmpty(blocks), priorityOfPayments: prioritiesOf(plan) };
}

function withoutEmpty(blocks: Fields): Fields {
  return Object.fromEntries(Object.entries(blocks).filter(([, block]) => Object.keys(block as object).length > 0));
}

/** The YAML of the deal of a seed. */
export function documentOf(plan: Plan): string {
  // The reader takes scalars as they are written; the printer's failsafe schema knows only texts.
  const scalars = (_: string, value: unknown): unknown =>
    typeof value === 'number' || typeof value === 'boolean' ? String(value) : value;
  const plain = JSON.parse(JSON.stringify(blocksOf(plan), scalars)) as Fields;
  return stringify(plain, { schema: 'failsafe', lineWidth: 0, aliasDuplicateObjects: false });
}

/** The deal of a seed. @throws InvalidDocument when the reader refuses it, CompileError when it has no program. */
export function generateDeal(seed: number): GeneratedDeal {
  const plan = planDeal(seed);
  const text = documentOf(plan);
  const { deal, diagnostics } = parseDeal(text);
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (!deal)
    throw new InvalidDocument(
      seed,
      text,
      errors.map(({ line, code, message }) => `${line} ${code}: ${message}`),
    );
  return { seed, plan, text, deal, compiled: compileDeal(deal) };
}
