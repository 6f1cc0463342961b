import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeProgram, execute, ExecutionError, explainRun, type RunResult, summarise } from '@weir/waterfall';
import { compileText, CUT_OFF_POOL } from '../../libs/waterfall/fixtures/sample-deal.js';
import { dealCase, programCase } from './cases.js';

const STATE_LIMIT = 1n << 85n;
const VALUE_LIMIT = 1n << 128n;
const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const sum = (words: readonly bigint[]): bigint => words.reduce((a, b) => a + b, 0n);

/** The result, or the fault and where it happened. */
function outcome(run: () => RunResult): RunResult | string {
  try {
    return run();
  } catch (error) {
    if (error instanceof ExecutionError) return `${error.fault} at ${error.offset}`;
    throw error;
  }
}

describe('any program', () => {
  it('moves cash and makes none, within its widths, from its bytes alone', () => {
    let finished = 0;
    fc.assert(
      fc.property(seeds, (seed) => {
        const { program, run } = programCase(seed);
        const result = outcome(() => execute(program, run));
        expect(outcome(() => execute(decodeProgram(program.bytes), run))).toEqual(result);
        if (typeof result === 'string') return;
        finished += 1;
        const { A, C } = program.layout.regions;
        expect(sum(result.state.slice(0, A.count)) + sum(result.outputs)).toBe(
          sum(run.state.slice(0, A.count)) + run.deposit,
        );
        expect(result.slots[C.first]).toBe(0n);
        expect(result.slots.every((word) => word >= 0n && word < VALUE_LIMIT)).toBe(true);
        expect(result.state.every((word) => word < STATE_LIMIT)).toBe(true);
      }),
      { numRuns: 400 },
    );
    expect(finished).toBeGreaterThan(100);
  });

  it('the cases cover results and every fault', () => {
    const kinds = new Set<string>();
    for (let seed = 0; seed < 600; seed++) {
      const { program, run } = programCase(seed);
      const result = outcome(() => execute(program, run));
      kinds.add(typeof result === 'string' ? (result.split(' ')[0] ?? '') : 'result');
    }
    expect([...kinds].sort()).toEqual(['DIV0', 'RANGE', 'WIDTH', 'result']);
  });
});

describe('any payment date of the sample deal', () => {
  const compiled = compileText();
  const check = (law: (result: RunResult, state: readonly bigint[], deposit: bigint) => void): void => {
    fc.assert(
      fc.property(seeds, (seed) => {
        const { program, run } = dealCase(seed, compiled, CUT_OFF_POOL);
        law(execute(program, run), run.state, run.deposit);
      }),
      { numRuns: 300 },
    );
  };

  it('opening accounts + deposit = payments + closing accounts', () => {
    check((result, state, deposit) => {
      const { openingPlusDeposits, paymentsPlusClosing } = summarise(compiled, result).conservation;
      expect(paymentsPlusClosing).toBe(openingPlusDeposits);
      expect(openingPlusDeposits).toBe(sum(state.slice(0, compiled.accounts.length)) + deposit);
    });
  });

  it('no class is paid interest before those above it are paid theirs', () => {
    check((result) => {
      const { A, B, C } = summarise(compiled, result).tranches;
      if (A!.interestPaid < A!.interestDue) expect(B!.interestPaid + C!.interestPaid).toBe(0n);
      if (B!.interestPaid < B!.interestDue) expect(C!.interestPaid).toBe(0n);
    });
  });

  it('balances fall by the principal paid, and never below zero', () => {
    check((result, state) => {
      compiled.tranches.forEach(({ name }, index) => {
        const tranche = summarise(compiled, result).tranches[name]!;
        expect(tranche.opening).toBe(state[compiled.accounts.length + index]);
        expect(tranche.closing).toBe(tranche.opening - tranche.principalPaid);
        expect(tranche.closing >= 0n).toBe(true);
      });
    });
  });

  it('the collection account ends empty, and the reserve within its target or where it was', () => {
    check((result, state) => {
      const { collection, reserve } = summarise(compiled, result).accounts;
      const [target, before] = [compiled.initialState[1]!, state[1]!];
      expect(collection!.closing).toBe(0n);
      expect(reserve!.closing <= (target > before ? target : before)).toBe(true);
    });
  });

  it('what was to be remitted is deposited, or owed, and the rest is held', () => {
    check((result) => {
      const { remittance, deposit, servicerReceivable, accounts } = summarise(compiled, result);
      const fromDeposit = deposit < remittance ? deposit : remittance;
      expect(servicerReceivable).toBe(remittance - fromDeposit);
      expect(accounts['suspense']!.in).toBe(deposit - fromDeposit);
    });
  });

  it('a trigger that is on stays on', () => {
    const flag = compiled.accounts.length + compiled.state.indexOf('trigger.cumulativeNetLoss');
    check((result, state) => {
      if (state[flag] === 1n) expect(result.state[flag]).toBe(1n);
    });
  });

  it('the trace is the transfers: it names every cent that moved', () => {
    check((result) => {
      const paid = explainRun(compiled, result).reduce((total, step) => total + step.paid, 0n);
      expect(paid).toBe(sum(result.transfers.map(({ amount }) => amount)));
    });
  });
});
