import { describe, expect, it } from '@jest/globals';
import { faultsOf, placeOf, small } from '../small-deal.fixture.js';

/** The small deal whose principal is a formula with these others. */
function paying(amount: string, formulas: string, ...edits: [string, string][]): string {
  return small(
    ['  excess:', `${formulas}\n  excess:`],
    ['principal: excess + netLoss', `principal: ${amount}`],
    ...edits,
  );
}

describe('a formula that reads a balance which a step before has changed', () => {
  it('is a warning at the step that uses it, whether it reads the balance itself or through another', () => {
    for (const formulas of [
      '  due: max(0, reserve.balance - 1.00 USD)',
      '  held: reserve.balance - 1.00 USD\n  due: max(0, held)',
    ]) {
      const text = paying('due + excess + netLoss', formulas);
      expect(faultsOf(text)).toMatchObject([
        {
          ...placeOf(text, 'due + excess'),
          severity: 'warning',
          code: 'old-balance',
          // The first step that pays from the reserve stands on line 36 plus the formulas that were added.
          message: expect.stringContaining(
            'from reserve.balance as it was then, and the step payFee of line',
          ) as unknown,
        },
      ]);
    }
  });

  it('says that collections came in since, even where no step paid before', () => {
    const text = paying('excess + netLoss', '  cash: collection.balance', [
      'fee: servicing, from',
      'fee: servicing, when: cash > 0.00 USD, from',
    ]);
    expect(faultsOf(text)).toMatchObject([
      { code: 'old-balance', message: expect.stringContaining('what is collected came in since') as unknown },
    ]);
  });

  it('is none for opening amounts, for what no step before has changed, in histories, and with the collections added', () => {
    expect(faultsOf(paying('due', '  due: max(0, notes.opening - poolClosing) + excess + netLoss'))).toEqual([]);
    // Principal is paid first by this very step.
    expect(faultsOf(paying('due', '  due: max(0, notes.balance - poolClosing) + excess + netLoss'))).toEqual([]);
    expect(faultsOf(paying('due', '  due: previous(reserve.balance) + excess + netLoss'))).toEqual([]);
    expect(faultsOf(paying('due', '  due: collection.balance + collected + excess + netLoss'))).toEqual([]);
  });

  it('is none between the arms of a choice, of which one runs', () => {
    const principal =
      '{step: payPrincipal, principal: excess + netLoss, to: [A, B], method: sequential, from: [collection]}';
    const arms = (second: string): string =>
      small(
        ['  excess:', '  owed: max(0, A.balance - 1.00 USD)\n  excess:'],
        [principal, `{step: choose, if: losses > 0.00 USD, then: [${principal}], else: [${second}]}`],
      );
    const second = '{step: other, principal: owed, to: [A, B], method: sequential, from: [collection]}';
    expect(faultsOf(arms(second))).toEqual([]);
    const both = arms(second).replace(
      '{step: rest',
      '{step: last, principal: owed, to: B, from: [collection]}\n  - {step: rest',
    );
    expect(faultsOf(both).map(({ code }) => code)).toEqual(['old-balance']);
  });
});
