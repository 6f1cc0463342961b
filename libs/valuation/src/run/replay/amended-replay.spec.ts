import { describe, expect, it } from '@jest/globals';
import { type Deal, parseDeal } from '@weir/deal';
import { compileAmendment, compileDeal } from '@weir/waterfall';
import { InputInvalid } from '../errors.js';
import { knowsColumn, readReportTable } from '../files/report-file.js';
import { closingState } from '../files/state-file.js';
import { figuresOf } from '../project/figures.js';
import { readCsv } from '../text/csv.js';
import { THREE_DATES } from '../three-dates.fixture.js';
import { amendState, type Era, replayEras, tableOfEra } from './eras.js';
import { figureOfRun } from './run-figure.js';

function dealOf(text: string): Deal {
  const { deal, diagnostics } = parseDeal(text);
  if (!deal) throw new TypeError(JSON.stringify(diagnostics));
  return deal;
}

const old = compileDeal(dealOf(THREE_DATES));
// From the third date on the servicer reports interest apart, and B is called M.
const amended = dealOf(
  THREE_DATES.replace('dates:\n', `amends: {program: '${old.program.hash}', fromPeriod: 3, renamed: {M: B}}\ndates:\n`)
    .replace('name: B,', 'name: M,')
    .replace('interest: B', 'interest: M')
    .replace('to: [A, B]', 'to: [A, M]')
    .replace('collected: money\n', 'collected: money\n  interestReceived: money\n')
    .replace('items: [collected]', 'items: [collected, interestReceived]'),
);
const next = compileDeal(amended);
const ERAS: [Era, Era] = [
  { compiled: old, fromPeriod: 1, amendment: null },
  { compiled: next, fromPeriod: 3, amendment: compileAmendment(old, next, 3, amended) },
];
const REPORTS = `period,collected,poolClosing,losses,interestReceived
1,60.00,850.00,5.00,
2,60.00,800.00,1.00,
3,50.00,750.00,0.50,9.00
`;
const reports = () =>
  ERAS.flatMap(({ compiled }, index) =>
    readReportTable(compiled, tableOfEra(readCsv(REPORTS, 'reports'), ERAS, index, 1, knowsColumn)),
  );

describe('the history of an amended deal', () => {
  it('replays old dates by the old program and new ones by the new', () => {
    const paid = replayEras(ERAS, closingState(old), reports());
    expect(paid.map(({ compiled }) => compiled.program.hash)).toEqual([
      old.program.hash,
      old.program.hash,
      next.program.hash,
    ]);
    const third = paid[2];
    const figure = (name: string) => {
      const found = figuresOf(next).get(name);
      return third && found ? figureOfRun(third, found) : -1n;
    };
    // 59.00 of cash: 7.00 to A, 1.00 to M, principal 800 − 750 = 50.00, and 1.00 is left.
    expect([figure('A.interestPaid'), figure('M.interestPaid'), figure('A.principalPaid')]).toEqual([
      700n,
      100n,
      5_000n,
    ]);
    expect([figure('residual.paid'), figure('A.closing'), figure('M.opening')]).toEqual([100n, 65_000n, 10_000n]);
  });

  it('refuses a state that is not the one before the amendment', () => {
    expect(() => amendState(ERAS[1], closingState(old))).toThrow(InputInvalid);
    expect(() => amendState(ERAS[1], closingState(old))).toThrow(/from payment date 3, and the last one paid is 0/);
  });
});
