import { describe, expect, it } from '@jest/globals';
import { Construct, type Blocks } from '../../fixtures/construct.js';
import { encodeInputs, executeRemitted, narrateRun } from '../index.js';

const CLASSES =
  '- {name: A, amount: 600.00 USD, coupon: 12 %, dayCount: 30/360, accrual: unadjusted}\n' +
  '- {name: B, amount: 400.00 USD, coupon: 12 %, dayCount: 30/360, accrual: unadjusted}';
/** What a deal must have besides; it rests on the first payment date. */
const REST =
  '- {step: restInterest, interest: [A, B], from: [collection], when: period = 24}\n' +
  '- {step: restPrincipal, principal: notes.balance, to: [A, B], method: sequential, from: [collection], when: period = 24}\n' +
  '- {step: restLeft, residual: sponsor, from: [collection]}';

/** The sentences of the first payment date, but for those of the collections and of the rest. */
function said(blocks: Partial<Blocks> & { steps: string }, figures: Record<string, bigint> = {}): string[] {
  const deal = new Construct({ tranches: CLASSES, ...blocks, steps: `${blocks.steps}\n${REST}` });
  const { compiled } = deal;
  const values = Object.fromEntries(compiled.inputs.map(({ name }) => [name, figures[name] ?? 0n]));
  const from = { period: 1, inputs: encodeInputs(compiled, values), state: compiled.initialState };
  const result = executeRemitted(compiled.program, from);
  const deposit = result.transfers.reduce((sum, { from: slot, amount }) => {
    return slot === compiled.program.layout.regions.C.first ? sum + amount : sum;
  }, 0n);
  const all = narrateRun(compiled, { ...from, deposit }, result);
  expect(all.slice(-3).map(({ id, skipped }) => [id, skipped])).toEqual([
    ['restInterest', true],
    ['restPrincipal', true],
    ['restLeft', false],
  ]);
  return all.filter(({ id, number }) => number > 0 && !id.startsWith('rest')).map(({ sentence }) => sentence);
}

describe('narrateRun', () => {
  it('says what was booked, in which ledger, and what found no room', () => {
    const steps =
      '- {step: losses, add: loss, to: [{ledger: pdlB, until: 30.00 USD}, {ledger: pdlA, until: 50.00 USD}]}\n' +
      '- {step: cure, subtract: 10.00 USD, to: pdlA}\n' +
      '- {step: mark, set: loss, to: seen}\n' +
      '- {step: again, set: "max(100.00 USD, loss)", to: seen}\n' +
      '- {step: net, add: change, to: turned}';
    const blocks = {
      report: 'loss: money\nchange: signed money',
      blocks: 'ledgers: {pdlA: {}, pdlB: {}, seen: {}, turned: {signed: true}}',
    };
    // 100.00 fills B up to 30.00, A up to 50.00; 20.00 is left.
    expect(said({ ...blocks, steps }, { loss: 10_000n, change: -500n })).toEqual([
      'Step 1, Losses: the ledger pdl A rises by 50.00 to 50.00, the ledger pdl B rises by 30.00 to 30.00, of 100.00; 20.00 found no room.',
      'Step 2, Cure: the ledger pdl A falls by 10.00 to 40.00.',
      'Step 3, Mark: the ledger seen rises by 100.00 to 100.00.',
      'Step 4, Again: nothing is booked.',
      'Step 5, Net: the ledger turned falls by 5.00 to -5.00.',
    ]);
  });

  it('says what balances changed without cash', () => {
    const steps =
      '- {step: down, writeDown: loss, to: [B, A]}\n' +
      '- {step: up, writeUp: 20.00 USD, to: [A, B]}\n' +
      '- {step: accrete, capitalise: A}\n' +
      '- {step: lend, advance: 5.00 USD, to: A}\n' +
      '- {step: none, writeDown: 0.00 USD, to: [B, A]}';
    // B's 400.00 and 50.00 of A; 20.00 come back to A. Interest of January, 1 % of 600.00, was fixed at 6.00.
    expect(said({ report: 'loss: money', steps }, { loss: 45_000n })).toEqual([
      'Step 1, Down: Class A is written down by 50.00 to 550.00, Class B is written down by 400.00 to 0.00.',
      'Step 2, Up: Class A is written up by 20.00 to 570.00.',
      'Step 3, Accrete: 6.00 of unpaid interest is added to the balance of Class A, now 576.00.',
      'Step 4, Lend: 5.00 that the holders lent is added to the balance of Class A, now 581.00.',
      'Step 5, None: nothing is written down.',
    ]);
    expect(said({ report: 'loss: money', steps }, { loss: 120_000n })[0]).toBe(
      'Step 1, Down: Class A is written down by 600.00 to 0.00, Class B is written down by 400.00 to 0.00, of 1,200.00; 200.00 found no room.',
    );
  });

  it('says what was computed, tested, decided and skipped', () => {
    const steps =
      '- {step: spare, compute: {left1: "cash - 30.00 USD", share: "cash / 90.00 USD"}}\n' +
      '- {step: look, test: low}\n' +
      '- step: choice\n  if: low\n  then:\n    - {step: turn, enter: amortising}\n  else:\n    - {step: kept, principal: 5.00 USD, to: A, from: [collection]}\n' +
      '- {step: extra, principal: left1, to: A, from: [collection], when: "left1 > 0 and share > 1"}';
    const blocks = {
      blocks: 'triggers: {low: {when: cash < 20.00 USD, at: step}}\n' + 'states: {revolving: {}, amortising: {}}',
    };
    // 10.00 − 30.00; a ninth.
    expect(said({ ...blocks, steps }, { cash: 1_000n })).toEqual([
      'Step 1, Spare: left1 is -20.00, share is 0.111111.',
      'Step 2, Look: low is on, at 10.00 against 20.00.',
      'Step 3, Choice: low holds.',
      'Step 4, Turn: the deal is amortising from the next payment date.',
      'Step 6, Extra: skipped, for left1 > 0 and share > 1 does not hold.',
    ]);
    expect(said({ ...blocks, steps }, { cash: 9_500n })).toEqual([
      'Step 1, Spare: left1 is 65.00, share is 1.055556.',
      'Step 2, Look: low is off, at 95.00 against 20.00.',
      'Step 3, Choice: low does not hold.',
      'Step 5, Kept: due 5.00, paid 5.00 from Collection.',
      'Step 6, Extra: due 65.00, paid 65.00 from Collection.',
    ]);
  });

  it('says what a facility lent', () => {
    const blocks = {
      accounts: 'standby: {}',
      collections:
        'suspense: suspense\ngroups:\n  - {account: collection, items: [cash]}\n  - {account: standby, items: [line.draw]}',
      blocks:
        'facilities: {line: {provider: bank, draw: "max(0, 3.00 USD - collection.balance)", limit: 6.00 USD, at: step}}',
      steps:
        '- {step: lend, draw: line, into: collection, from: [standby]}\n- {step: back, repay: line, from: [collection], when: period = 24}',
    };
    expect(said(blocks, { cash: 100n })).toEqual([
      'Step 1, Lend: 2.00 is drawn on the line, which is now owed 2.00.',
      'Step 2, Back: skipped, for period = 24 does not hold.',
    ]);
    expect(said(blocks, { cash: 300n })).toContain('Step 1, Lend: nothing is drawn on the line.');
  });
});
