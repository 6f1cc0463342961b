import { COLLATERAL_COLUMNS, type Deal } from '@weir/deal';
import { type GroupedLine, knownNames, parseScenario, type Scenario } from '@weir/valuation';
import { DocumentHasErrors, OptionsDisagree } from '../errors.js';
import { diagnosticLine, readText } from './deal.js';

/** Scenarios that were read, warnings on standard error. @throws DocumentHasErrors with every fault of the file */
export function documentScenarios(path: string, read: ReturnType<typeof parseScenario>): Scenario[] {
  const findings = read.diagnostics.map((found) => diagnosticLine(path, found));
  if (read.scenarios.length === 0) throw new DocumentHasErrors(path, findings);
  if (findings.length > 0) process.stderr.write(`${findings.join('\n')}\n`);
  return read.scenarios;
}

/** Those of the names asked for; all when none is. @throws OptionsDisagree */
export function chosenScenarios(scenarios: Scenario[], only: readonly string[] = []): Scenario[] {
  if (only.length === 0) return scenarios;
  const names = scenarios.map(({ name }) => name);
  const unknown = only.find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new OptionsDisagree(`there is no scenario "${unknown}"; there is ${names.join(', ')}`);
  return scenarios.filter(({ name }) => only.includes(name));
}

/** Reads scenarios from their text. @throws DocumentHasErrors with every fault of the file */
export function scenariosOf(
  deal: Deal,
  path: string,
  text: string,
  below: readonly Deal[] = [],
  lines: readonly GroupedLine[] = [],
): Scenario[] {
  return documentScenarios(path, parseScenario(text, knownNames(deal, below, lines)));
}

/** Scenarios of a file, those of the names asked for; scheduled payments alone when there is no file. */
export async function readScenarios(
  deal: Deal,
  path: string | undefined,
  only?: readonly string[],
  below: readonly Deal[] = [],
  lines: readonly GroupedLine[] = [],
): Promise<Scenario[]> {
  const scenarios =
    path === undefined
      ? parseScenario('prepayment: none').scenarios
      : scenariosOf(deal, path, await readText(path), below, lines);
  return chosenScenarios(scenarios, only);
}

/** What a scenario assumes of the pool, in words. */
export function assumptionsText({ assumptions }: Scenario): string {
  const { prepayment, severity, recoveryLag } = assumptions;
  const curve = (value: Scenario['assumptions']['severity']): string => {
    if (typeof value === 'number') return `${Number((100 * value).toFixed(4))} %`;
    const [least, most] = [Math.min(...value.values), Math.max(...value.values)];
    const range = least === most ? '' : `${Number((100 * least).toFixed(4))} to `;
    return `${range}${Number((100 * most).toFixed(4))} %`;
  };
  const isNone = (value: Scenario['assumptions']['severity']): boolean => value === 0;
  const { delinquency } = assumptions;
  const losses = `severity ${curve(severity)}, lag ${recoveryLag}`;
  const parts = [
    isNone(prepayment.speed) ? 'no prepayments' : `prepayments ${curve(prepayment.speed)} ${prepayment.model}`,
    delinquency?.kind === 'rolls'
      ? `defaults by roll rates, ${losses}`
      : isNone(assumptions.default.speed)
        ? 'no defaults'
        : `defaults ${curve(assumptions.default.speed)} ${assumptions.default.model}, ${losses}`,
  ];
  return parts.join('; ');
}

/** Columns of collateral, for help texts. */
export const COLUMN_NAMES = Object.keys(COLLATERAL_COLUMNS);
