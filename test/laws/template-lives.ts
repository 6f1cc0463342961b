import { readdirSync, readFileSync } from 'node:fs';
import { type PoolAssumptions, projectPool } from '@weir/collateral';
import { type Deal, parseDeal } from '@weir/deal';
import { feedInputs, parseScenario, tableOfPool } from '@weir/valuation';
import { type CompiledDeal, compileDeal, executeRemitted, type RunArguments, type RunResult } from '@weir/waterfall';

const TEMPLATES = new URL('../../libs/deal/templates/', import.meta.url);

/** A template as a program over its own cut-off pool. */
export interface Template {
  name: string;
  deal: Deal;
  compiled: CompiledDeal;
  cutOffPool: bigint;
}

/** One payment date of a life: what it was run on and what came out. */
export interface LifeDate {
  run: RunArguments;
  result: RunResult;
}

/** The sample deal does not state its pool. */
const POOL_OTHERWISE = 18_363_940_443n;

/** Every template of the deal library, by its file name. */
export function templates(): Template[] {
  return readdirSync(TEMPLATES)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => {
      const { deal, diagnostics } = parseDeal(readFileSync(new URL(file, TEMPLATES), 'utf8'));
      if (!deal) throw new TypeError(`${file}: ${diagnostics.map(({ message }) => message).join('; ')}`);
      const cutOffPool = deal.cutOffPool ?? POOL_OTHERWISE;
      return { name: file.replace('.yaml', ''), deal, compiled: compileDeal(deal, { cutOffPool }), cutOffPool };
    });
}

/** Futures by which senior classes are paid, junior ones are hit, and tests fail. */
export const FUTURES: Record<string, string> = {
  base: 'prepayment: 10 % CPR\ndefault: 0.5 % CDR\nseverity: 40 %\nrecoveryLag: 4',
  fast: 'prepayment: 35 % CPR\ndefault: none',
  stress: 'prepayment: 4 % CPR\ndefault: 22 % CDR\nseverity: 65 %\nrecoveryLag: 6',
};

const MORTGAGES = /^(remic|rmbs|cmbs)/;

function rowsOf({ name, deal, compiled, cutOffPool }: Template, future: string): bigint[][] {
  const [scenario] = parseScenario(FUTURES[future] ?? '').scenarios;
  if (!scenario) throw new TypeError(`the scenario ${future} has errors`);
  const inputs = Object.fromEntries(
    deal.report.filter(({ from }) => !from).map(({ name: item, unit }) => [item, [unit === 'rate' ? 0.043 : 0]]),
  );
  const assumptions: PoolAssumptions = scenario.assumptions;
  const line = {
    balance: Number(cutOffPool),
    grossRate: 0.078,
    netRate: 0.068,
    remainingTerm: MORTGAGES.test(name) ? 340 : 56,
    age: 6,
    loanCount: 10_000,
  };
  const table = tableOfPool(compiled, projectPool([line], assumptions));
  const feed = feedInputs(deal, compiled, table, { ...scenario, inputs });
  return Array.from({ length: table.rows }, (_, row) =>
    [...feed.inputs.subarray(row * feed.width, (row + 1) * feed.width)].map(BigInt),
  );
}

/** Input words of each payment date of a future, row by row. */
export function inputRows(template: Template, future: string): bigint[][] {
  return rowsOf(template, future);
}

/** Every payment date of a template's life by the exact executor, each with a deposit of just what is due. */
export function templateLife(template: Template, future: string): LifeDate[] {
  const { compiled } = template;
  const { S, C } = compiled.program.layout.regions;
  let state: readonly bigint[] = compiled.initialState;
  return inputRows(template, future).map((inputs, index) => {
    const result = executeRemitted(compiled.program, { period: index + 1, inputs, state });
    const deposit = result.slots[S.first + compiled.tranches.length] ?? 0n;
    const run = { period: index + 1, inputs, deposit, state };
    state = result.state;
    if (result.slots[C.first] !== 0n) throw new RangeError('cash was left in the deposit slot');
    return { run, result };
  });
}
