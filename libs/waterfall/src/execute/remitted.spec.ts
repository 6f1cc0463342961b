import { describe, expect, it } from '@jest/globals';
import { compileText, CUT_OFF_POOL } from '../../fixtures/sample-deal.js';
import { program } from '../../fixtures/machine.js';
import { life } from '../../../../test/laws/lives.js';
import { CashNotConserved, execute, executeRemitted, RemittanceUndetermined } from '../index.js';
import { executeSafe } from './execute-safe.js';

const run = (due: bigint, other = 0n) => ({ period: 1, inputs: [due, other], state: [10n, 0n, 0n, 0n] });

// The machine has no tranche, so S[n] is S0, the third word of state; accounts are the first two.
const PAYS = program([], [['MOV', 'S0', 'I0'], ['PAY', 'C0', 'A0', 'S0', 'T0'], ['PAY', 'C0', 'A1', 'C0', 'T1']]); // prettier-ignore

describe('a run whose deposit is just what is due', () => {
  it.each([[0n], [7n], [2n ** 60n]])('of %d finds it in the accounts', (due) => {
    const result = executeRemitted(PAYS, run(due));
    expect(result.state).toEqual([10n + due, 0n, due, 0n]);
    expect(result.transfers.map(({ amount }) => amount)).toEqual([due, 0n]);
    expect(result.resultHash).toBe(execute(PAYS, { ...run(due), deposit: due }).resultHash);
  });

  it('is made on safe integers where they suffice', () => {
    const safe = executeSafe(PAYS, { ...run(7n), deposit: 0n }, true);
    expect(safe?.state).toEqual([17n, 0n, 7n, 0n]);
    expect(safe?.transfers.map(({ amount }) => amount)).toEqual([7n, 0n]);
  });

  it('is the run on that deposit over a whole life of the sample deal', () => {
    const compiled = compileText();
    let periods = 0;
    for (const { run: at, summary } of life(3, compiled, CUT_OFF_POOL)) {
      const { period, inputs, state } = at;
      const remitted = executeRemitted(compiled.program, { period, inputs, state });
      const exact = execute(compiled.program, { ...at, deposit: summary.remittance });
      expect(remitted.slots).toEqual(exact.slots);
      expect(remitted.transfers).toEqual(exact.transfers);
      periods += 1;
    }
    expect(periods).toBe(72);
  });

  it('comes in at whichever PAY out of the deposit is executed first', () => {
    // MOV 0, JZ 5, PAY 10, JMP 19, PAY 22, END 31
    const either = program([], [['MOV', 'S0', 'I0'], ['JZ', 'I1', 22], ['PAY', 'C0', 'A0', 'S0', 'T0'], ['JMP', 31], ['PAY', 'C0', 'A1', 'S0', 'T0']]); // prettier-ignore
    expect(executeRemitted(either, run(5n, 1n)).state).toEqual([15n, 0n, 5n, 0n]);
    expect(executeRemitted(either, run(5n, 0n)).state).toEqual([10n, 5n, 5n, 0n]);
  });

  it('is refused when the deposit is read before it is in', () => {
    // MOV 0, MOV 5
    const early = program([], [['MOV', 'S0', 'I0'], ['MOV', 'T0', 'C0'], ['PAY', 'C0', 'A0', 'C0', 'T0']]); // prettier-ignore
    expect(() => executeRemitted(early, run(5n))).toThrow(new RemittanceUndetermined(5));
    const first = program([], [['MOV', 'T0', 'C0'], ['MOV', 'S0', 'I0'], ['PAY', 'C0', 'A0', 'C0', 'T0']]); // prettier-ignore
    expect(() => executeRemitted(first, run(5n))).toThrow(new RemittanceUndetermined(0));
  });

  it('is refused when the deposit may be read on a way that passes the PAY over', () => {
    // MOV 0, JZ 5, PAY 10, MOV 19
    const passed = program([], [['MOV', 'S0', 'I0'], ['JZ', 'I1', 19], ['PAY', 'C0', 'A0', 'C0', 'T0'], ['MOV', 'T1', 'C0']]); // prettier-ignore
    expect(() => executeRemitted(passed, run(5n, 1n))).toThrow(new RemittanceUndetermined(19));
  });

  it.each([[3n], [2n ** 60n]])('of %d is refused when what is due changes after', (due) => {
    const after = program([1n], [['MOV', 'S0', 'I0'], ['PAY', 'C0', 'A0', 'C0', 'T0'], ['ADD', 'S0', 'S0', 'K0']]); // prettier-ignore
    expect(() => executeRemitted(after, run(due))).toThrow(new RemittanceUndetermined(-1));
  });

  it('is refused when something is due and no PAY takes it', () => {
    const none = program([], [['MOV', 'S0', 'I0']]);
    expect(() => executeRemitted(none, run(5n))).toThrow(new RemittanceUndetermined(-1));
    expect(executeRemitted(none, run(0n)).state).toEqual([10n, 0n, 0n, 0n]);
  });

  it('must be moved whole, as any deposit', () => {
    const held = program([], [['MOV', 'S0', 'I0'], ['PAY', 'C0', 'A0', 'I1', 'T0']]); // prettier-ignore
    expect(() => executeRemitted(held, run(5n, 3n))).toThrow(CashNotConserved);
  });
});
