import { readFileSync } from 'node:fs';
import { dayNumber } from '@weir/calendar';
import { describe, expect, it } from '@jest/globals';
import { type Deal, type Diagnostic, parseDeal, printDeal } from '../index.js';

const TEMPLATE = readFileSync(new URL('../../templates/auto.yaml', import.meta.url), 'utf8');

/** The template with texts replaced, which must be there; `within` finds a place in the result. */
function edited(...edits: [string, string][]): string {
  return edits.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, () => to);
  }, TEMPLATE);
}

/** The template with blocks before its priority of payments. */
const withBlocks = (blocks: string): string => edited(['priorityOfPayments:\n', `${blocks}\npriorityOfPayments:\n`]);

function deal(text: string): Deal {
  const { deal: read, diagnostics } = parseDeal(text);
  expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  return read as Deal;
}

/** Errors as `CODE at the text that stands there: message`. */
function errors(text: string): string[] {
  const lines = text.split('\n');
  return parseDeal(text)
    .diagnostics.filter(({ severity }) => severity === 'error')
    .map(({ code, line, column, message }: Diagnostic) => {
      const there = lines[line - 1]?.slice(column - 1).trim() ?? '';
      return `${code} at "${there}": ${message}`;
    });
}

describe('report', () => {
  const item = (text: string): string =>
    edited(['chargeOffs: signed money', `chargeOffs: signed money\n  extra: ${text}`]);

  it.each<[string, string, boolean]>([
    ['money', 'money', false],
    ['rate', 'rate', false],
    ['ratio', 'ratio', false],
    ['flag', 'flag', false],
    ['date', 'date', false],
    ['signed money', 'money', true],
    ['signed rate', 'rate', true],
    ['signed ratio', 'ratio', true],
  ])('%s', (text, unit, signed) => {
    expect(deal(item(text)).report.at(-1)).toMatchObject({ name: 'extra', unit, signed, label: null, from: null });
  });

  it('the long form says a label and what a projection feeds it with', () => {
    const read = deal(
      item('{ unit: signed rate, label: Net yield, from: "netInterest / max(1.00 USD, poolOpening) * 1 %" }'),
    );
    expect(read.report.at(-1)).toMatchObject({
      unit: 'rate',
      signed: true,
      label: 'Net yield',
      from: { text: 'netInterest / max(1.00 USD, poolOpening) * 1 %' },
    });
  });

  it.each([
    ['money or so', 'choice at "money or so": "money or so" is not offered here; there is money, rate'],
    ['signed flag', 'choice at "signed flag": "signed flag" is not offered here; there is money, rate'],
    ['{ label: x }', 'missing-field at "{ label: x }": "unit" is missing in report.extra'],
    ['{ unit: money, from: loanCount }', 'unit at "loanCount }": this is a number, but an amount is needed'],
    [
      '{ unit: money, from: chargeOfs }',
      'unknown-name at "chargeOfs }": nothing is named "chargeOfs"; did you mean "chargeOffs"?',
    ],
    ['{ unit: money, from: cutOffPool }', 'unknown-name at "cutOffPool }": nothing is named "cutOffPool"'],
    [
      '{ unit: money, from: previous(losses) }',
      'arguments at "losses) }": a projection feeds one period at a time; take histories in formulas',
    ],
  ])('%s is a fault', (text, message) => {
    expect(errors(item(text))).toEqual([expect.stringContaining(message)]);
  });
});

describe('schedules', () => {
  const schedule = (unit: string, values: string): string =>
    withBlocks(`schedules:\n  pac:\n    unit: ${unit}\n    values: ${values}\n`);
  const valuesOf = (unit: string, values: string): unknown => deal(schedule(unit, values)).schedules[0]?.values;

  it('a list holds a value a payment date, as a slot holds it', () => {
    expect(valuesOf('money', '[100.00, 90.5, 0 USD, 12.34 USD]')).toEqual({
      kind: 'list',
      values: [10_000n, 9_050n, 0n, 1_234n],
    });
    expect(valuesOf('rate', '[5.25 %, 0.01]')).toEqual({ kind: 'list', values: [52_500_000_000n, 10_000_000_000n] });
    expect(valuesOf('ratio', '[1, 12.5 %]')).toEqual({ kind: 'list', values: [10n ** 12n, 125_000_000_000n] });
    expect(valuesOf('flag', '[false, true]')).toEqual({ kind: 'list', values: [0n, 1n] });
    // 1 January 1971 is 365 days after the first of 1970.
    expect(valuesOf('date', '[1971-01-01]')).toEqual({ kind: 'list', values: [365n] });
  });

  it('steps hold from a payment date on, by number or by date', () => {
    expect(valuesOf('rate', '{1: 1 %, 13: 2 %}')).toEqual({
      kind: 'steps',
      steps: [
        { from: 1, value: 10_000_000_000n },
        { from: 13, value: 20_000_000_000n },
      ],
    });
    expect(valuesOf('money', '{2020-07-15: 5.00, 2025-01-01: 0}')).toEqual({
      kind: 'steps',
      steps: [
        { from: '2020-07-15', value: 500n },
        { from: '2025-01-01', value: 0n },
      ],
    });
  });

  it('is an amount, a rate, … in formulas', () => {
    const text = schedule('rate', '[1 %]').replace('1 % / 12 * poolOpening', 'pac / 12 * poolOpening');
    expect(deal(text).fees[0]?.amount.unit).toBe('money');
    expect(errors(text.replace('pac / 12 * poolOpening', 'pac'))).toEqual([
      'unit at "pac": this is a rate, but an amount is needed',
    ]);
  });

  it('steps that begin late warn that zero holds before', () => {
    expect(parseDeal(schedule('money', '{3: 5.00}')).diagnostics).toContainEqual(
      expect.objectContaining({ severity: 'warning', code: 'schedule' }),
    );
  });

  it.each([
    ['money', '[1, 1.005]', 'number at "1.005]"'],
    ['rate', '[5 bp]', 'rate at "5 bp]"'],
    ['flag', '[yes]', 'number at "yes]": "yes" is neither true nor false'],
    ['date', '[2025-02-29]', 'date at "2025-02-29]"'],
    ['money', '[]', 'shape at "[]"'],
    ['money', '{}', 'shape at "{}"'],
    ['money', '{1: 1, soon: 2}', 'schedule at "soon: 2}": "soon" is neither the number of a payment date nor a date'],
    ['money', '{1: 1, 2025-01-01: 2}', 'schedule at "2025-01-01: 2}": write all steps of a schedule by number, or all'],
    ['money', '{13: 1, 1: 2}', 'schedule at "1: 2}": 1 must come after 13'],
    ['flags', '[true]', 'choice at "flags": "flags" is not offered here; did you mean "flag"?'],
  ])('%s %s is a fault', (unit, values, message) => {
    expect(errors(schedule(unit, values))[0]).toContain(message);
  });
});

describe('parties', () => {
  it('a document may name more than the five', () => {
    const text = edited(
      ['  servicer: Weir', '  backupServicer: Weir Backup Servicing LLC\n  servicer: Weir'],
      ['payee: servicer', 'payee: backupServicer'],
    );
    expect(deal(text).parties.backupServicer).toBe('Weir Backup Servicing LLC');
    expect(deal(text).fees[0]?.payee).toBe('backupServicer');
  });

  it('each of the five must be named', () => {
    const text = edited(['  trustee: Weir Trust Company, N.A.\n', '']);
    expect(errors(text)).toContainEqual(
      'missing-field at "sponsor: Weir Auto Finance LLC": "trustee" is missing in parties',
    );
  });

  it('nobody else is paid', () => {
    expect(errors(edited(['payee: servicer', 'payee: servcer']))).toEqual([
      'unknown-party at "servcer": there is no party "servcer"; did you mean "servicer"?',
    ]);
  });
});

describe('shares', () => {
  it.each([
    ['', 'down'],
    [', shares: half-up', 'half-up'],
    [', shares: down', 'down'],
  ])('"%s" are rounded %s', (field, expected) => {
    const head = TEMPLATE.slice(TEMPLATE.indexOf('deal:'), TEMPLATE.indexOf('parties:'));
    const text = edited([head, `deal: { name: X, currency: USD, rounding: half-up${field} }\n\n`]);
    expect(deal(text)).toMatchObject({ shares: expected });
    expect(deal(printDeal(deal(text)))).toMatchObject({ shares: expected });
  });
});

describe('currency', () => {
  it.each([
    ['JPY', 'choice at "JPY": JPY has no decimals; a deal is in a currency with two decimals, like USD or EUR'],
    ['KWD', 'choice at "KWD": KWD has 3 decimals; a deal is in a currency with two decimals, like USD or EUR'],
    ['ZZZ', 'choice at "ZZZ": "ZZZ" is not offered here; the nearest are AZN, BZD, CZK'],
  ])('%s has other decimals', (currency, expected) => {
    expect(
      errors(edited(['currency: USD', `currency: ${currency}`], ['0.02 % / 12 * poolOpening', `250.00 ${currency}`])),
    ).toEqual([expected]);
  });

  it.each(['EUR', 'GBP', 'CAD', 'AUD', 'CHF'] as const)('%s marks amounts in formulas', (currency) => {
    const text = edited(
      ['currency: USD', `currency: ${currency}`],
      ['0.02 % / 12 * poolOpening', `250.00 ${currency}`],
    );
    expect(deal(text)).toMatchObject({ currency, fees: [{}, { amount: { unit: 'money' } }] });
    expect(errors(text.replace(`250.00 ${currency}`, '250.00 USD'))).toEqual([
      `syntax at "USD": amounts of this deal are in ${currency}: write 250.00 ${currency}`,
    ]);
  });
});

describe('collateral', () => {
  const BLOCK = TEMPLATE.slice(TEMPLATE.indexOf('collateral:'), TEMPLATE.indexOf('# What the servicer reports'));

  it('may be left out', () => {
    expect(deal(edited([BLOCK, '']))).toMatchObject({ cutOffPool: null, loanKey: [], eligibility: [] });
  });

  it('may state the pool', () => {
    const read = deal(edited([BLOCK, 'collateral:\n  cutOffPool: 1000000.50\n']));
    expect(read).toMatchObject({ cutOffPool: 100_000_050n, loanKey: [], eligibility: [] });
  });

  it.each(['0', '-5.00', '1,000.00', '5.001'])('a pool of %s is a fault', (pool) => {
    expect(errors(edited([BLOCK, `collateral:\n  cutOffPool: ${pool}\n`]))).toEqual([
      expect.stringContaining(`number at "${pool}"`),
    ]);
  });
});

describe('formulas and triggers', () => {
  const trigger = (fields: string): string =>
    withBlocks('').replace(/cumulativeNetLoss:\n.*\n.*\n/, `cumulativeNetLoss: ${fields}\n`);

  it('a trigger is any flag; by default it is tested before the first step and cured at once', () => {
    expect(deal(trigger('{ when: not (poolClosing >= 5.00 USD) }')).triggers).toMatchObject([
      { name: 'cumulativeNetLoss', sticky: false, for: 1, cure: 1, at: 'start', when: { unit: 'flag' } },
    ]);
  });

  it('may ask for several payment dates in a row, and be tested at the end', () => {
    const text = trigger('{ when: regularPrincipal.short > 0, for: 2, cure: 3, at: end }');
    expect(deal(text).triggers).toMatchObject([{ for: 2, cure: 3, at: 'end' }]);
  });

  it.each([
    ['{ when: poolClosing }', 'unit at "poolClosing }": this is an amount, but true or false is needed'],
    ['{ when: regularPrincipal.short > 0 }', 'not-yet-known at "regularPrincipal.short > 0 }"'],
    ['{ when: true, for: 0 }', 'number at "0 }": "0" is not a whole number from 1 to 60'],
    ['{ when: true, cure: 61 }', 'number at "61 }"'],
    ['{ when: true, sticky: true, cure: 2 }', 'unknown-field at "2 }": "cure" does not go with "sticky"'],
    ['{ when: true, at: begin }', 'choice at "begin }"'],
    ['{ when: true, sticky: maybe }', 'choice at "maybe }"'],
    ['{ sticky: true }', 'missing-field at "{ sticky: true }": "when" is missing'],
  ])('%s is a fault', (fields, message) => {
    expect(errors(trigger(fields))).toEqual([expect.stringContaining(message)]);
  });

  it('a trigger that asks for itself is circular, but not what it was last time', () => {
    expect(errors(trigger('{ when: not cumulativeNetLoss }'))).toEqual([
      expect.stringContaining('circular at "cumulativeNetLoss }": this value is made of itself'),
    ]);
    expect(errors(trigger('{ when: not previous(cumulativeNetLoss) }'))).toEqual([]);
  });

  it('one that is tested at the end shows its last flag, and so is in no circle', () => {
    expect(errors(trigger('{ when: not cumulativeNetLoss, at: end }'))).toEqual([]);
  });

  it('a formula may be a date or a flag', () => {
    const text = withBlocks('').replace('formulas:', 'formulas:\n  late: paymentDate > stepUp\n  stepUp: 2025-06-15');
    expect(deal(text).formulas.map(({ formula }) => formula.unit)).toEqual(['flag', 'date', 'money']);
    expect(deal(text).formulas[1]?.formula.expression).toMatchObject({
      value: { num: BigInt(dayNumber('2025-06-15')), den: 1n },
      unit: 'date',
    });
  });
});

describe('calls', () => {
  const CALL =
    'calls:\n  cleanUp:\n    by: servicer\n    when: poolClosing < 10 % * cutOffPool\n    price: notes.balance\n';

  it('a right to redeem', () => {
    expect(deal(withBlocks(CALL)).calls).toMatchObject([
      { name: 'cleanUp', by: 'servicer', when: { unit: 'flag' }, price: { unit: 'money' } },
    ]);
  });

  it('its values may be used by name', () => {
    const text = withBlocks(CALL).replace(
      'targetOC: ',
      'calledFor: if(cleanUp.exercised and cleanUp.permitted, cleanUp.price, 0)\n  targetOC: calledFor + ',
    );
    expect(errors(text)).toEqual([]);
  });

  it.each([
    ['by: servicer', 'by: nobody', 'unknown-party at "nobody": there is no party "nobody"'],
    [
      'when: poolClosing < 10 %',
      'when: poolClosing + 10 %',
      'unit at "poolClosing + 10 % * cutOffPool": this is an amount, but true or false',
    ],
    ['price: notes.balance', 'price: notes.factor', 'unknown-name at "notes.factor": "notes" has no "factor"'],
    ['    price: notes.balance\n', '', 'missing-field at "by: servicer": "price" is missing in calls.cleanUp'],
  ])('%s as "%s" is a fault', (from, to, message) => {
    expect(errors(withBlocks(CALL.replace(from, to)))[0]).toContain(message);
  });
});
