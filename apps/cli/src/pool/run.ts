import { parseDate } from '@weir/calendar';
import { groupsOf, indicesOf, parseScenario, projectPlainPool, readPool, type Scenario } from '@weir/valuation';
import { OptionInvalid, OptionsDisagree } from '../errors.js';
import { readText } from '../loading/deal.js';
import { assumptionsText, chosenScenarios, documentScenarios } from '../loading/scenarios.js';
import { writeFolder } from '../output/files.js';
import { FILE_WIDTH, lineWidth } from '../output/table.js';
import { poolCsv, poolJson, type PoolRun } from './data.js';
import { poolText } from './text.js';

/** Options of `weir project` that a pool without a deal takes. */
export interface PoolOptions {
  pool?: string;
  scenario?: string;
  only?: string[];
  firstMonth?: string;
  flows?: boolean;
  json?: boolean;
  csv?: boolean;
  out?: string;
}

const TAKEN: readonly string[] = ['pool', 'scenario', 'only', 'firstMonth', 'flows', 'json', 'csv', 'out'];

/** First day of the first month; undefined when it is not given. @throws OptionInvalid */
function firstDay(month: string | undefined): string | undefined {
  if (month === undefined) return undefined;
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(month)) return parseDate(`${month}-01`);
  throw new OptionInvalid('--first-month', month, 'a month like 2025-01');
}

async function scenariosFor(options: PoolOptions, rates: readonly string[]): Promise<Scenario[]> {
  const { scenario: path, only } = options;
  const known = { inputs: [], rates: [...rates], calls: [], steps: [], classes: [] };
  const all =
    path === undefined
      ? parseScenario('prepayment: none').scenarios
      : documentScenarios(path, parseScenario(await readText(path), known));
  return chosenScenarios(all, only);
}

/** Projects representative lines alone, and prints or writes their months. */
export async function projectWithoutDeal(options: PoolOptions & Record<string, unknown>): Promise<void> {
  const given = Object.keys(options).filter((name) => options[name] !== undefined && options[name] !== 'closing');
  const foreign = given.find((name) => !TAKEN.includes(name));
  if (options.pool === undefined || foreign !== undefined) {
    throw new OptionsDisagree(
      foreign === undefined
        ? 'give a deal document, or representative lines alone by --pool'
        : `--${foreign.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)} needs a deal document`,
    );
  }
  const lines = readPool(await readText(options.pool));
  const scenarios = await scenariosFor(options, indicesOf(lines));
  const first = firstDay(options.firstMonth);
  const note = `${lines.length} representative ${lines.length === 1 ? 'line' : 'lines'}`;
  const runs = scenarios.map((scenario): PoolRun => {
    const unknown = Object.keys(scenario.groups).find((name) => !groupsOf(lines).includes(name));
    if (unknown !== undefined) {
      process.stderr.write(`weir: scenario ${scenario.name} speaks of the group "${unknown}" and no line is of it\n`);
    }
    const parts = projectPlainPool(lines, scenario, first);
    return { scenario: scenario.name, assumes: assumptionsText(scenario), parts };
  });
  await print(options, note, runs);
}

async function print(options: PoolOptions, note: string, runs: readonly PoolRun[]): Promise<void> {
  const json = `${JSON.stringify(poolJson(note, runs), null, 2)}\n`;
  if (options.out !== undefined) {
    const files: [string, string][] = [
      ['pool.txt', poolText(note, runs, true, FILE_WIDTH)],
      ['pool.json', json],
      ['pool.csv', poolCsv(runs)],
    ];
    process.stdout.write(`${(await writeFolder(options.out, files)).join('\n')}\n`);
  } else if (options.json) process.stdout.write(json);
  else if (options.csv) process.stdout.write(poolCsv(runs));
  else process.stdout.write(poolText(note, runs, options.flows ?? runs.length === 1, lineWidth()));
}
