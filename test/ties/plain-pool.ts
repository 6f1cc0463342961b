import { parseScenario, projectPlainPool, readPool } from '@weir/valuation';

/** The months of one line of a pool file under one scenario, as `weir project --pool` without a deal has them; in cents. */
export function monthsOf(line: string, scenarioText: string) {
  const { scenarios, diagnostics } = parseScenario(scenarioText);
  const [scenario] = scenarios;
  if (!scenario) throw new TypeError(diagnostics.map(({ message }) => message).join('; '));
  const lines = readPool(`balance,grossRate,netRate,remainingTerm,age\n${line}\n`);
  const pool = projectPlainPool(lines, scenario).at(-1);
  if (!pool) throw new TypeError('the pool has no months');
  return pool;
}

/** Cents of a month, from 1, in whole units of the currency. */
export const unitsOf = (column: Float64Array, month: number): number =>
  Math.round((column[month - 1] ?? NaN) / 100) + 0;
