import { describe, expect, it } from '@jest/globals';
import { faultsOf, placeOf, SMALL_DEAL, small, withSteps } from './small-deal.fixture.js';
import { parseDeal } from './index.js';

const codesOf = (text: string): string[] => faultsOf(text).map(({ code }) => code);

describe('a fault hides no other', () => {
  it('a formula that cannot be read, and a class whose principal is never paid', () => {
    const text = small(['max(0, losses)', 'max(0, losses'], ['to: [A, B]', 'to: [A]']);
    expect(faultsOf(text)).toMatchObject([
      { ...placeOf(text, '{name: B'), code: 'no-principal' },
      { ...placeOf(text, 'netLoss: max(0, losses', 'netLoss: max(0, losses'.length), code: 'syntax' },
    ]);
  });

  it('an unknown name, a fee that nothing pays, an account that no step empties and a step that finds no cash', () => {
    const text = small(
      ['poolClosing)', 'poolClosng)'],
      ['  - {step: payFee, fee: servicing, from: [collection, reserve]}\n', ''],
      ['  reserve: {', '  spare: {}\n  reserve: {'],
      ['replenish: reserve', 'transfer: 5.00 USD, into: spare'],
      [
        '{step: rest, residual: sponsor',
        '{step: rest, residual: sponsor, from: [collection]}\n  - {step: late, pay: 1.00 USD, payee: bank',
      ],
    );
    expect(codesOf(text).sort()).toEqual(['fee-step', 'trapped-cash', 'unknown-name', 'unreachable']);
  });

  it('what stands in a field whose name is misspelt', () => {
    const text = small(['principal: excess + netLoss', 'principl: excess + netLos']);
    expect(faultsOf(text)).toMatchObject([
      {
        ...placeOf(text, 'principl'),
        code: 'unknown-field',
        message: expect.stringContaining('did you mean "principal"?') as unknown as string,
      },
      { ...placeOf(text, 'netLos,'), code: 'unknown-name' },
    ]);
  });

  it('a name that stands twice in a block', () => {
    const text = small(
      ['dayCount: 30/360,', 'dayCount: 30/360, dayCount: ACT/360,'],
      ['servicing, from', 'servcing, from'],
    );
    expect(faultsOf(text)).toMatchObject([
      { ...placeOf(text, 'dayCount: ACT/360, accrual: unadjusted'), code: 'duplicate-name' },
      { ...placeOf(text, 'servcing'), code: 'unknown-fee' },
    ]);
  });

  it('a value without a unit', () => {
    const text = small(
      ['  netLoss:', '  held: previous(held)\n  next: previous(next) + broken\n  netLoss:'],
      ['coupon: 5 %', 'coupon: 5 %%'],
    );
    expect(faultsOf(text)).toMatchObject([
      { code: 'syntax' },
      { ...placeOf(text, 'previous(held)'), code: 'unit' },
      { ...placeOf(text, 'broken'), code: 'unknown-name' },
    ]);
  });
});

describe('one fault, one diagnostic', () => {
  it.each<[string, [string, string][], string, string]>([
    ['a misspelt verb', [['interest: [A, B]', 'intrest: [A, B]']], 'intrest', 'unknown-field'],
    ['a verb that there is not', [['interest: [A, B]', 'disburse: [A, B]']], 'disburse', 'unknown-field'],
    ['two verbs', [['{step: payInterest, ', '{step: payInterest, fee: servicing, ']], '{step: payInterest', 'step'],
    ['no verb', [['interest: [A, B], ', '']], '{step: payInterest', 'step'],
    [
      'a step that is a word',
      [['{step: payInterest, interest: [A, B], from: [collection, reserve]}', 'payInterest']],
      '- payInterest',
      'shape',
    ],
    ['a misspelt class in a list', [['to: [A, B]', 'to: [A, Bb]']], '[A, Bb]', 'unknown-tranche'],
    ['a misspelt fee', [['fee: servicing, from', 'fee: servcing, from']], 'servcing', 'unknown-fee'],
    ['a misspelt required field', [['dayCount: ACT/360', 'daycnt: ACT/360']], 'daycnt', 'unknown-field'],
    ['a misspelt target', [['{target: 1 %', '{tarjet: 1 %']], 'tarjet', 'unknown-field'],
    ['a misspelt block', [['accounts:\n', 'acounts:\n']], 'acounts', 'unknown-field'],
    [
      'a block that is missing',
      [
        [
          'accounts:\n  collection: {}\n  reserve: {target: 1 % * cutOffPool, fundedAtClosing: true}\n  suspense: {}\n',
          '',
        ],
      ],
      'weir: 1',
      'missing-field',
    ],
    [
      'a list for a block',
      [
        [
          '  collection: {}\n  reserve: {target: 1 % * cutOffPool, fundedAtClosing: true}\n  suspense: {}\n',
          '  - collection\n  - reserve\n  - suspense\n',
        ],
      ],
      '- collection',
      'shape',
    ],
    ['a residual that is none', [['residual: sponsor', 'residual: sponsr']], 'sponsr', 'unknown-party'],
    [
      'no accounts that pay',
      [['residual: sponsor, from: [collection]', 'residual: sponsor']],
      '{step: rest',
      'missing-field',
    ],
    [
      'a formula that names other values',
      [['max(0, notes.opening - poolClosing)', 'max(0, notes.opening -* poolClosing)']],
      '* poolClosing)',
      'syntax',
    ],
    ['a coupon that cannot be read', [['sofr + 2 %', 'sofr + + 2 %']], '+ 2 %', 'syntax'],
    [
      'no steps at all',
      [[SMALL_DEAL.slice(SMALL_DEAL.indexOf('  - {step: payFee')), '']],
      'priorityOfPayments',
      'shape',
    ],
    ['an alias', [['paymentDay: 15', 'paymentDay: *day']], '*day', 'alias'],
    [
      'a tab',
      [
        ['{name: Small 2025-1, currency', '\n  name: Small\n\tcurrency'],
        ['}\nparties', '\nparties'],
      ],
      '\tcurrency',
      'yaml',
    ],
    ['lines that begin in the wrong column', [['report:\n', 'report:\n  - money\n']], '  poolClosing: money', 'yaml'],
    ['an amount with separators', [['amount: 800000.00 USD', 'amount: 1,800,000.00 USD']], '800,000', 'unknown-field'],
    [
      'a formula that YAML cut',
      [['amount: 1 % / 12 * poolClosing', 'amount: max(0.00 USD, poolClosing / 12)']],
      'max(0.00',
      'unknown-field',
    ],
    ['a block that stands twice', [['fees:\n', 'fees: {}\nfees:\n']], 'fees:\n', 'duplicate-name'],
    ['a role that is missing and paid', [['  servicer: Servicer\n', '']], 'sponsor: Sponsor', 'missing-field'],
    ['a name that is none', [['  poolClosing: money', '  poolClosing = 5: money']], 'poolClosing = 5', 'name'],
    ['a number without end', [['coupon: 5 %', `coupon: ${'9'.repeat(40)} %`]], '{name: A', 'syntax'],
  ])('%s', (_, edits, part, code) => {
    const text = small(...edits);
    const { diagnostics } = parseDeal(text);
    expect(diagnostics.map((found) => `${found.code}: ${found.message}`)).toHaveLength(1);
    expect(diagnostics).toMatchObject([{ code }]);
    const { line } = placeOf(text, part);
    expect(diagnostics[0]?.line).toBe(line);
  });

  it('a principal step to a list of one class needs no method; of one group it does', () => {
    expect(faultsOf(withSteps('step: x, principal: netLoss, to: [A], from: [reserve]'))).toEqual([]);
    const groups = small(
      ['formulas:\n', 'groups:\n  all_: [A, B]\nformulas:\n'],
      ['to: [A, B], method: sequential', 'to: [all_]'],
    );
    expect(faultsOf(groups)).toMatchObject([
      { code: 'missing-field', message: expect.stringContaining('"method"') as unknown },
    ]);
  });
});

describe('a list of names in a hint', () => {
  it('has the nearest three', () => {
    const text = small(['max(0, losses)', 'max(0, zzz)']);
    const [fault] = faultsOf(text);
    expect(fault?.message).toMatch(/^nothing is named "zzz"; the nearest are \w+(\.\w+)?, \w+(\.\w+)?, \w+(\.\w+)?$/);
  });
});
