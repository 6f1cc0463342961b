import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { projectPool } from '@weir/collateral';
import { type Deal, parseDeal } from '@weir/deal';
import { type CollateralTable, feedInputs, parseScenario, type Scenario, tableOfPool } from '@weir/valuation';
import { type CompiledDeal, compileDeal, executeRemitted, type RunArguments, type RunResult } from '@weir/waterfall';

const TEMPLATES = new URL('../../libs/deal/templates/', import.meta.url);
const FUTURES = new URL('futures/', import.meta.url);

/** A template as a program over its own cut-off pool. */
export interface Template {
  name: string;
  deal: Deal;
  compiled: CompiledDeal;
  cutOffPool: bigint;
  /** Those of every template, then its own. */
  futures: readonly Scenario[];
}

/** One payment date of a life: what it was run on and what came out. */
export interface LifeDate {
  run: RunArguments;
  result: RunResult;
}

/** The sample deal does not state its pool. */
const POOL_OTHERWISE = 18_363_940_443n;

function futuresIn(file: string): readonly Scenario[] {
  const url = new URL(file, FUTURES);
  if (!existsSync(url)) return [];
  const { scenarios, diagnostics } = parseScenario(readFileSync(url, 'utf8'));
  if (diagnostics.length > 0) throw new TypeError(`${file}: ${diagnostics.map(({ message }) => message).join('; ')}`);
  return scenarios;
}

/** Every template of the deal library, by its file name. */
export function templates(): Template[] {
  return readdirSync(TEMPLATES)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => {
      const { deal, diagnostics } = parseDeal(readFileSync(new URL(file, TEMPLATES), 'utf8'));
      if (!deal) throw new TypeError(`${file}: ${diagnostics.map(({ message }) => message).join('; ')}`);
      const cutOffPool = deal.cutOffPool ?? POOL_OTHERWISE;
      const compiled = compileDeal(deal, { cutOffPool });
      const futures = [...futuresIn('every.yaml'), ...futuresIn(file)];
      return { name: file.replace('.yaml', ''), deal, compiled, cutOffPool, futures };
    });
}

const MORTGAGES = /^(remic|rmbs|cmbs)/;

/** What a future says of an item goes before what its pool would make of it: a pool that is replenished does not amortise. */
function withGiven(table: CollateralTable, deal: Deal, { inputs }: Scenario): CollateralTable {
  const given = Object.entries(inputs).map(([name, values]) => {
    const scale = deal.report.find((item) => item.name === name)?.unit === 'money' ? 100 : 1;
    return [
      name,
      Float64Array.from({ length: table.rows }, (_, row) => scale * (values[Math.min(row, values.length - 1)] ?? 0)),
    ] as const;
  });
  return { ...table, columns: { ...table.columns, ...Object.fromEntries(given) } };
}

/**
 * Input words of each payment date of a future, row by row. Report items that neither the pool nor the future gives are zero,
 * rates 4.3 %.
 */
function inputRows({ name, deal, compiled, cutOffPool }: Template, future: Scenario): bigint[][] {
  const given = deal.report.filter(({ name: item, from }) => !from && !(item in future.rates));
  const otherwise = Object.fromEntries(given.map(({ name: item, unit }) => [item, [unit === 'rate' ? 0.043 : 0]]));
  const line = {
    balance: Number(cutOffPool),
    grossRate: 0.078,
    netRate: 0.068,
    remainingTerm: MORTGAGES.test(name) ? 340 : 56,
    age: 6,
    loanCount: 10_000,
  };
  const pool = tableOfPool(compiled, projectPool([line], future.assumptions));
  const table = withGiven(pool, deal, future);
  const feed = feedInputs(deal, compiled, table, { ...future, inputs: { ...otherwise, ...future.inputs } });
  return Array.from({ length: table.rows }, (_, row) =>
    [...feed.inputs.subarray(row * feed.width, (row + 1) * feed.width)].map(BigInt),
  );
}

/** A date's words with the call exercised. */
function exercised({ inputs: items }: CompiledDeal, words: readonly bigint[], call: string): bigint[] {
  const names = items.flatMap(({ name, slots }) => slots.map(() => name));
  return words.map((word, slot) => (names[slot] === `${call}.exercised` ? 1n : word));
}

/** A date's words once the pool is sold: no amount is left in them. */
function sold({ inputs: items }: CompiledDeal, words: readonly bigint[]): bigint[] {
  const units = items.flatMap(({ unit, slots }) => slots.map(() => unit));
  return words.map((word, slot) => (units[slot] === 'money' ? 0n : word));
}

/** The call of the future's that is permitted on a date while notes are outstanding. */
function callOn({ compiled }: Template, future: Scenario, { run, result }: LifeDate): string | undefined {
  const { A } = compiled.program.layout.regions;
  const owed = compiled.tranches.some(({ notional }, index) => !notional && (run.state[A.count + index] ?? 0n) > 0n);
  if (!owed) return undefined;
  return Object.keys(future.calls).find(
    (call) => result.slots[compiled.values[`${call}.permitted`]?.plus ?? -1] === 1n,
  );
}

/**
 * Every payment date of a template's life by the exact executor, each with a deposit of just what is due. A call that the
 * future names is exercised on the first date on which it may be; the pool pays nothing after it.
 */
export function templateLife(template: Template, future: Scenario): LifeDate[] {
  const { compiled } = template;
  const { S, C } = compiled.program.layout.regions;
  let state: readonly bigint[] = compiled.initialState;
  let called: string | undefined;
  const dateOf = (period: number, inputs: readonly bigint[]): LifeDate => {
    const result = executeRemitted(compiled.program, { period, inputs, state });
    const deposit = result.slots[S.first + compiled.tranches.length] ?? 0n;
    return { run: { period, inputs, deposit, state }, result };
  };
  return inputRows(template, future).map((words, index) => {
    let date = dateOf(index + 1, called ? sold(compiled, words) : words);
    const call = called ? undefined : callOn(template, future, date);
    if (call) {
      called = call;
      date = dateOf(index + 1, exercised(compiled, words, call));
    }
    state = date.result.state;
    if (date.result.slots[C.first] !== 0n) throw new RangeError('cash was left in the deposit slot');
    return date;
  });
}
