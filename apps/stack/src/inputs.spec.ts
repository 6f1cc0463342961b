import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateTape } from '@weir/collateral';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { InputRefused } from './errors.js';
import { checkInputs } from './inputs.js';

const SAMPLE = fileURLToPath(new URL('../../../libs/deal/templates/auto.yaml', import.meta.url));
const tape = generateTape({ seed: 7, month: 1, loans: 20 });

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'weir-inputs-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const stored = (name: string, text: string): string => {
  const file = path.join(folder, name);
  writeFileSync(file, text);
  return file;
};

const refusalOf = (given: { deal?: string; tape?: string }): string => {
  try {
    checkInputs({ deal: given.deal ?? null, tape: given.tape ?? null }, SAMPLE);
  } catch (error) {
    if (error instanceof InputRefused) return error.message;
    throw error;
  }
  return 'none';
};

describe('the files of the command line', () => {
  it('pass when they are right', () => {
    expect(refusalOf({ deal: SAMPLE, tape: stored('tape.csv', tape) })).toBe('none');
  });

  it('name file, line and column of a typo in a deal document', () => {
    const lines = readFileSync(SAMPLE, 'utf8').split('\n');
    const line = lines.findIndex((text) => text === '    to: [A, B, C]');
    const deal = stored('deal.yaml', lines.with(line, '    to: [A, B, D]').join('\n'));
    expect(refusalOf({ deal })).toContain(`${deal}:${line + 1}:16: there is no tranche "D"`);
  });

  it('name the row of a number that is none', () => {
    const [header = '', first = '', ...rest] = tape.split('\n');
    const column = header.split(',').indexOf('reportingPeriodBeginningLoanBalanceAmount');
    // The sponsor's name has a comma within its quotes, so its cell is two pieces.
    const pieces = first.split(',').with(column + 1, '1234.5O');
    const broken = [header, pieces.join(','), ...rest].join('\n');
    const message = refusalOf({ tape: stored('letter.csv', broken) });
    expect(message).toContain('letter.csv:2: the tape was rejected: 1 of 20 rows are blocked.');
    expect(message).toContain('1234.5O');
  });

  it('say what is missing in a tape', () => {
    expect(refusalOf({ tape: stored('empty.csv', '') })).toContain('the tape is empty');
    expect(refusalOf({ tape: stored('other.csv', 'a,b\n1,2\n') })).toContain('the tape was rejected');
  });
});
