import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readCases } from './case-file.js';
import { type Outcome, runCase } from './compare-case.js';

function row(type: string, outcomes: readonly Outcome[]): string {
  const passed = outcomes.filter(({ failure }) => failure === undefined).length;
  const largest = Math.max(...outcomes.map((outcome) => outcome.largest)).toExponential(1);
  const difference = outcomes.some(({ supported }) => supported) ? largest : 'not supported';
  return `${type.padEnd(6)} ${`${passed} / ${outcomes.length}`.padStart(9)}   ${difference}`;
}

function outcomesOf(file: string): Outcome[] {
  try {
    return readCases(readFileSync(file, 'utf8')).map(runCase);
  } catch (error) {
    return [
      {
        name: path.basename(file),
        type: 'none',
        failure: `no case file: ${String(error)}`,
        largest: 0,
        supported: true,
      },
    ];
  }
}

/** Lines that tell how the case files of a folder fared, and whether all passed. */
export function report(folder: string): { lines: string[]; passed: boolean } {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  const outcomes = files.sort().flatMap((file) => outcomesOf(path.join(folder, file)));
  const failed = outcomes.filter(({ failure }) => failure !== undefined);
  const types = [...new Set(outcomes.map(({ type }) => type))];
  return {
    lines: [
      'type      passed   largest difference',
      ...types.map((type) =>
        row(
          type,
          outcomes.filter((outcome) => outcome.type === type),
        ),
      ),
      ...(outcomes.length > 0 ? [row('all', outcomes)] : [`no case file in ${folder}`]),
      ...failed.map(({ name, failure }) => `failed: ${name}: ${failure}`),
    ],
    passed: outcomes.length > 0 && failed.length === 0,
  };
}
