import { describe, expect, it } from '@jest/globals';
import { amending, CHANGE_DEAL, compiledOf, edited } from './change-deal.fixture.js';
import { compileAmendment } from './compile-amendment.js';
import { AmendmentInvalid } from './errors.js';

const { compiled: old } = compiledOf(CHANGE_DEAL);
const OTHER = `0x${'ab'.repeat(32)}`;

function faultsOf(text: string, fromPeriod = 3): { code: string; line: number; message: string }[] {
  const { deal, compiled } = compiledOf(text);
  try {
    compileAmendment(old, compiled, fromPeriod, deal);
    return [];
  } catch (error) {
    if (!(error instanceof AmendmentInvalid)) throw error;
    return error.diagnostics.map(({ code, line, message }) => ({ code, line, message }));
  }
}

const lineOf = (text: string, part: string): number => text.slice(0, text.indexOf(part)).split('\n').length;

describe('what is wrong with an amendment is said at once, with its place', () => {
  it('finds nothing in an amendment that changes nothing', () => {
    expect(faultsOf(amending(CHANGE_DEAL, old.program.hash, ''))).toEqual([]);
  });

  it('names, units, hash and period', () => {
    const text = amending(
      CHANGE_DEAL,
      OTHER,
      [
        '  renamed: {X: A}',
        '  accounts: {resrve: collection}',
        '  state:',
        '    balance.A: balance.AA',
        '    trigger.high: balance.A',
        '    ledger.none: 0.00 USD',
        '  dropped: {balance.B: no reason}',
        '',
      ].join('\n'),
      4,
    );
    const faults = faultsOf(text);
    const codes = faults.map(({ code, line }) => `${code} ${line}`);
    expect(codes).toEqual(
      expect.arrayContaining([
        `amended-program ${lineOf(text, 'program: ')}`,
        `amended-period ${lineOf(text, 'program: ')}`,
        `unknown-name ${lineOf(text, 'renamed')}`,
        `unknown-account ${lineOf(text, 'resrve')}`,
        `unknown-name ${lineOf(text, 'balance.AA')}`,
        `unit ${lineOf(text, 'trigger.high: balance')}`,
        `unknown-name ${lineOf(text, 'ledger.none')}`,
        `not-dropped ${lineOf(text, 'dropped')}`,
      ]),
    );
    expect(faults.map(({ message }) => message).join('\n')).toContain('did you mean "reserve"');
  });

  it('a class that two take over: what is owed on it would be owed twice', () => {
    const one = '  - {name: B, amount: 100.00 USD, coupon: 12 %, dayCount: 30/360, accrual: unadjusted}';
    const two = ['C', 'D'].map((name) => one.replace('name: B', `name: ${name}`)).join('\n');
    const split = edited(CHANGE_DEAL, [one, two], ['interest: B', 'interest: [C, D]'], ['to: [A, B]', 'to: [A, C, D]']);
    const text = amending(split, old.program.hash, '  renamed:\n    C: B\n    D: B\n');
    expect(faultsOf(text)).toMatchObject([{ code: 'duplicate-name', line: lineOf(text, 'D: B') }]);
  });

  it('a class whose principal would be forgotten, since it becomes a notional one', () => {
    const text = amending(
      edited(
        CHANGE_DEAL,
        ['{name: B, amount: 100.00 USD,', '{name: B, amount: 100.00 USD, notional: A.balance,'],
        ['to: [A, B], method: sequential', 'to: A'],
      ),
      old.program.hash,
      '',
    );
    expect(faultsOf(text)).toMatchObject([
      { code: 'amended-balance', message: expect.stringContaining('B is a notional') },
    ]);
  });

  it('a new class without a word on its balance, and a class of another size', () => {
    const text = edited(
      amending(CHANGE_DEAL, old.program.hash, ''),
      ['amount: 800.00 USD', 'amount: 700.00 USD'],
      [
        'formulas:\n',
        '  - {name: N, amount: 10.00 USD, coupon: 0 %, dayCount: 30/360, accrual: unadjusted}\nformulas:\n',
      ],
      ['to: [A, B]', 'to: [A, B, N]'],
    );
    expect(faultsOf(text).map(({ code }) => code)).toEqual(['amended-original', 'amended-balance']);
  });

  it('another currency, whose amounts would be taken over one to one', () => {
    const text = amending(CHANGE_DEAL, old.program.hash, '').replaceAll('USD', 'EUR');
    expect(faultsOf(text)).toMatchObject([
      { code: 'amended-currency', message: expect.stringContaining('are USD, and this document is in EUR') },
    ]);
  });

  it('payment dates that are past and would move', () => {
    const text = edited(amending(CHANGE_DEAL, old.program.hash, ''), ['paymentDay: 15', 'paymentDay: 25']);
    expect(faultsOf(text).map(({ code }) => code)).toEqual(['amended-dates']);
  });
});

describe('a history that begins with the amendment', () => {
  const averaged = (when: string): string =>
    edited(CHANGE_DEAL, ['when: cumulative(losses) > 100.00 USD', `when: '${when}'`]);
  const dropped = '  dropped: {cumulative.losses: averaged now}\n';

  it('says what the dates that are past were: taken for nothing they would dilute an average', () => {
    const text = amending(averaged('average(losses, 4) > 100.00 USD'), old.program.hash, dropped);
    // Two dates are past at the third: the one before those never was, and begins at nothing.
    expect(faultsOf(text)).toMatchObject([
      { code: 'amended-history', message: expect.stringContaining('"losses.before1: 0.00 USD"') },
      { code: 'amended-history', message: expect.stringContaining('"losses.before2: 0.00 USD"') },
    ]);
    const said = '  state: {losses.before1: 60.00 USD, losses.before2: cumulative.losses - 60.00 USD}\n';
    expect(faultsOf(amending(averaged('average(losses, 4) > 100.00 USD'), old.program.hash, said))).toEqual([]);
  });

  it('says from where an extreme of signed values goes on', () => {
    const text = averaged('highest(losses) > 100.00 USD');
    expect(faultsOf(amending(text, old.program.hash, dropped))).toMatchObject([
      { code: 'amended-history', message: expect.stringContaining('highest.losses') },
    ]);
    const said = `  state: {highest.losses: cumulative.losses}\n`;
    expect(faultsOf(amending(text, old.program.hash, said))).toEqual([]);
  });

  it('has no past when it takes effect from the first payment date', () => {
    const text = amending(averaged('average(losses, 4) > 100.00 USD'), old.program.hash, dropped, 1);
    expect(faultsOf(text, 1)).toEqual([]);
  });
});
