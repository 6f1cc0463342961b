import { describe, expect, it } from '@jest/globals';
import { readTape } from '../index.js';
import { smallTape } from '../testing/small-tape.js';
import { isFormula } from './cells.js';
import type { Finding } from './finding.js';
import { ofRows } from '../testing/of-rows.js';

describe('a formula of a spreadsheet', () => {
  it.each([
    ...['=1+1', '=A1', '= SUM(A1:A9)', '="00123"', "=cmd|' /C calc'!A0", '=HYPERLINK("http://x","y")'],
    ...['+A1', '+$B$12*2', '+SUM(A1:A3)', '+1+2', '+12*3', "+cmd|' /C calc'!A0"],
    ...['-A1+B2', '-SUM(A1)', '-2+3', '-2.5*4', "-cmd|' /C calc'!A0"],
    ...['@SUM(1+1)', '@A1', "@cmd|' /C calc'!A0"],
  ])('is known by its form: %s', (cell) => expect(isFormula(cell)).toBe(true));

  it.each([
    ...['', '-', '--', '---', '=', '===', '+', '@', '- none -', '-n/a-', '+/-'],
    ...['-5', '-1,234.50', '-12.5', '+5', '+1.25', '-1e5', '5-3', 'A=1', 'a+b'],
    ...['+49 30 1234567', '+1-800-555-0199', '+1 (800) 555-0199', '+44.20.7946.0958', '-2020-01-31'],
    ...['@home', '@servicer.example', '-Sport', '+Plus Edition'],
  ])('is none of these: "%s"', (cell) => expect(isFormula(cell)).toBe(false));
});

/** A small tape with one more column. */
function tapeWith(column: string, ...cells: string[]): string {
  const [head = '', ...rows] = smallTape(...cells.map(() => ({})))
    .trimEnd()
    .split('\n');
  return [`${head},${column}`, ...rows.map((row, index) => `${row},${cells[index]}`), ''].join('\n');
}

const places = (findings: readonly Finding[]) =>
  ofRows(findings).map(({ row, column, value, rule }) => [row, column, value, rule]);

describe('a formula in a cell of a tape', () => {
  it('is told where it stands for a text, each time', () => {
    const text = tapeWith('vehicleModelName', 'COLORADO', '=1+1', '=1+1', '-', '+49 30 1234');
    const { findings, blocked } = readTape(text, { loanKey: ['assetNumber'] });
    expect(places(findings)).toEqual([
      [3, 'vehicleModelName', '=1+1', 'formula-in-text'],
      [4, 'vehicleModelName', '=1+1', 'formula-in-text'],
    ]);
    expect(blocked).toEqual([]);
  });

  it('blocks its row where it stands for the key, and is said of the key alone', () => {
    const text = smallTape({}, { assetNumber: '+A1' }, { assetNumber: '-7' });
    const { findings, blocked, loans } = readTape(text, { loanKey: ['assetNumber'] });
    expect(places(findings)).toEqual([[3, 'assetNumber', '+A1', 'formula-in-key']]);
    expect(blocked).toEqual([{ row: 3, key: null }]);
    expect(loans.map(({ key }) => key)).toEqual(['1', '-7']);
  });
});

describe('a state of the United States', () => {
  it('is one of the postal service’s codes, its territories and forces among them', () => {
    const states = ['TX', 'DC', 'PR', 'GU', 'VI', 'AS', 'MP', 'AE', 'AP', 'AA', 'NA', 'ZZ', 'Texas', 'XX'];
    const { findings } = readTape(tapeWith('obligorGeographicLocation', ...states), { loanKey: ['assetNumber'] });
    expect(places(findings)).toEqual([
      [13, 'obligorGeographicLocation', 'ZZ', 'unknown-code'],
      [14, 'obligorGeographicLocation', 'Texas', 'unknown-code'],
      [15, 'obligorGeographicLocation', 'XX', 'unknown-code'],
    ]);
  });
});
