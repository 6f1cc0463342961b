import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { parse, stringify } from 'yaml';
import { type Deal, type Diagnostic, parseDeal } from './index.js';

const TEMPLATE = readFileSync(new URL('../templates/auto.yaml', import.meta.url), 'utf8');

/** The template with one text replaced; the text must be there. */
function edited(...edits: [string, string][]): string {
  return edits.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, () => to);
  }, TEMPLATE);
}

/** Line and column (from 1) of a text in a document. */
function placeOf(text: string, part: string, within = 0): { line: number; column: number } {
  const offset = text.indexOf(part) + within;
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

function only(text: string): Diagnostic {
  const { deal, diagnostics } = parseDeal(text);
  expect(deal).toBeNull();
  expect(diagnostics).toHaveLength(1);
  return diagnostics[0] as Diagnostic;
}

describe('the auto template', () => {
  const { deal, diagnostics } = parseDeal(TEMPLATE);

  it('reads without a diagnostic', () => {
    expect(diagnostics).toEqual([]);
  });

  it('says the terms of the sample deal', () => {
    expect(deal).toMatchObject({
      cutOffDate: '2020-06-30',
      closingDate: '2020-07-15',
      schedule: { firstCollectionPeriod: '2020-07', firstFrom: '2020-07-01', paymentDay: 15, paymentDates: 72 },
      loanKey: ['assetNumber', 'originalLoanAmount', 'obligorCreditScore'],
      eligibility: [{ field: 'openingBalance', op: '>', value: '0' }],
      tranches: [
        { name: 'A', size: { share: 800_000_000_000n, roundDown: 100_000n }, dayCount: 'ACT/360' },
        { name: 'B', coupon: { text: '1.00 %', unit: 'rate' }, dayCount: '30/360', accrual: 'unadjusted' },
        { name: 'C', coupon: { text: '1.50 %', unit: 'rate' }, dayCount: '30/360', accrual: 'unadjusted' },
      ],
    });
    expect(deal?.text).toBe(TEMPLATE);
  });

  it('is the same deal as JSON', () => {
    const withoutText = (read: Deal | null): string =>
      JSON.stringify({ ...read, text: '' }, (key, value: unknown) =>
        ['line', 'column', 'at'].includes(key) ? 0 : typeof value === 'bigint' ? value.toString() : value,
      );
    const json = parseDeal(JSON.stringify(parse(TEMPLATE, { schema: 'failsafe' })));
    expect(json.diagnostics).toEqual([]);
    expect(withoutText(json.deal)).toBe(withoutText(deal));
  });
});

describe('a fault is reported where it stands, with what would be right', () => {
  it('a typo in a tranche name', () => {
    const text = edited(['to: [A, B]', 'to: [A, Bb]']);
    expect(only(text)).toEqual({
      severity: 'error',
      ...placeOf(text, '[A, Bb]', 4),
      path: 'priorityOfPayments[5].to[1]',
      code: 'unknown-tranche',
      message: 'there is no tranche "Bb"; did you mean "B"?',
    });
  });

  it('counts lines and columns from 1', () => {
    // The first line of the template is a comment; the version stands on the third.
    expect(only(edited(['weir: 1', 'weir: 2']))).toMatchObject({ line: 3, column: 7, code: 'choice' });
  });

  it('accepts closing on the first record date: its holders are those at the end of the day', () => {
    const [from, to] = ['1 business day before the payment date', '23 business days before the payment date'];
    expect(parseDeal(edited([from, to])).deal?.closingDate).toBe('2020-07-15');
  });

  it.each<[string, string, string, number, string, string]>([
    [
      'a misspelt name in a formula',
      '7.5 % * poolClosing',
      '7.5 % * poolClosng',
      8,
      'unknown-name',
      'did you mean "poolClosing"?',
    ],
    [
      'a tranche without a member',
      'max(0, A.opening - poolClosing)',
      'max(0, A - poolClosing)',
      7,
      'unknown-name',
      'A.opening',
    ],
    [
      'a step that comes later',
      'poolClosing) - firstPriorityPrincipal.due',
      'poolClosing) - regularPrincipal.due',
      15,
      'not-yet-known',
      'known only below its step',
    ],
    [
      'an amount and a number',
      '1 % / 12 * poolOpening',
      'poolOpening - 1 % / 12',
      12,
      'unit',
      'cannot join an amount and a number',
    ],
    [
      'a record date before closing, when nobody holds notes',
      '1 business day before the payment date',
      // The 24th before Monday 17 August: ten days back is Monday 3 August, twenty 20 July, four more 14 July.
      '24 business days before the payment date',
      0,
      'order',
      'the first record date is 2020-07-14, before closing',
    ],
    [
      'a record date that is not over on the payment date',
      '1 business day before the payment date',
      '0 business days before the payment date',
      0,
      'choice',
      'write "1 business day before the payment date"',
    ],
    ['a number for an amount', '0.02 % / 12 * poolOpening', '0.02 % / 12', 0, 'unit', 'an amount is needed'],
    [
      'an amount times an amount',
      '0.02 % / 12 * poolOpening',
      'poolClosing * poolOpening',
      12,
      'unit',
      'amount times an amount',
    ],
    ['a flag for an amount', '0.02 % / 12 * poolOpening', 'poolClosing < poolOpening', 0, 'unit', 'true or false'],
    [
      'a division by zero',
      '0.02 % / 12 * poolOpening',
      '0.02 % / 0 * poolOpening',
      7,
      'division-by-zero',
      'divides by zero',
    ],
    [
      'a missing bracket',
      'poolClosing, 1 % * cutOffPool)',
      'poolClosing, 1 % * cutOffPool',
      29,
      'syntax',
      '")" is missing',
    ],
    ['a function that is not there', 'max(7.5', 'maxx(7.5', 0, 'syntax', 'did you mean "max"?'],
    ['a strange character', '1 % / 12', '1 % ÷ 12', 4, 'syntax', 'formulas have no "÷"; write /'],
    [
      'cumulative of no name',
      'cumulative(chargeOffs)',
      'cumulative(2 * chargeOffs)',
      13,
      'arguments',
      'the name of one value',
    ],
    ['a misspelt field', 'accrual: adjusted', 'acrual: adjusted', 0, 'unknown-field', 'did you mean "accrual"?'],
    ['a number like 1,234.5O', 'roundDown: 1000.00', 'roundDown: 1,234.5O', 11, 'number', '1,234.5O'],
    ['a rate without sense', 'coupon: 0.60 %', 'coupon: 0.60 bp', 13, 'syntax', '150 basis points are 1.5 %'],
    ['a day that does not exist', 'cutOff: 2020-06-30', 'cutOff: 2020-06-31', 8, 'date', 'YYYY-MM-DD'],
    ['an eligibility field of the future', 'openingBalance > 0', 'closingBalance > 0', 0, 'unknown-field', 'cut-off'],
    ['an unknown calendar', 'us-federal-reserve', 'us-federal-reserv', 0, 'choice', 'us-federal-reserve'],
    [
      'an unknown account',
      'suspense: suspense',
      'suspense: suspence',
      10,
      'unknown-account',
      'did you mean "suspense"?',
    ],
    [
      'an unknown report item',
      'items: [interestCollected',
      'items: [intrestCollected',
      8,
      'unknown-report-item',
      'interestCollected',
    ],
    [
      'an unknown trigger',
      'until cumulativeNetLoss',
      'until cumulativeNetLos',
      6,
      'unknown-trigger',
      'cumulativeNetLoss',
    ],
    [
      'an account that replenishes itself',
      'up to its target\n    from: [collection]',
      'up to its target\n    from: [reserve]',
      27,
      'accounts',
      'replenish itself',
    ],
    ['a reserved name', 'targetOC:', 'max:', 0, 'reserved-name', 'meaning of its own'],
  ])('%s', (_, from, to, within, code, hint) => {
    const text = edited([from, to]);
    const { diagnostics } = parseDeal(text);
    const first = diagnostics.find((diagnostic) => diagnostic.code === code);
    expect(first).toMatchObject({ ...placeOf(text, to, within), code, severity: 'error' });
    expect(first?.message).toContain(hint);
  });

  it('a first collection period that begins before the cut-off date is over', () => {
    const text = edited(['cutOff: 2020-06-30', 'cutOff: 2020-07-01']);
    expect(only(text)).toMatchObject({ ...placeOf(text, 'firstCollectionPeriod: 2020-07', 23), code: 'order' });
  });

  it('a name that stands twice', () => {
    const text = edited(['targetOC: max', 'reserve: max'], ['- targetOC)', '- reserve)']);
    expect(parseDeal(text).diagnostics[0]).toMatchObject({
      ...placeOf(text, 'reserve: max'),
      code: 'duplicate-name',
      message: `"reserve" is already the account of line ${placeOf(text, 'reserve:\n').line}`,
    });
    const twice = edited(['chargeOffs: signed money', 'chargeOffs: signed money\n  chargeOffs: money']);
    expect(only(twice)).toMatchObject({ ...placeOf(twice, 'chargeOffs: money'), code: 'duplicate-name' });
  });

  it('a tranche that no step pays principal to', () => {
    const text = edited(['to: [A, B, C]', 'to: [A, B]'], ['to: [A, B, C]', 'to: [A, B]']);
    expect(only(text)).toMatchObject({ ...placeOf(text, '- name: C', 2), path: 'tranches[2]', code: 'no-principal' });
  });

  it('a suspense account that investors would fund', () => {
    const target = 'target: 1 % * cutOffPool\n    nonDeclining: true\n    fundedAtClosing: true';
    const text = edited(['  suspense: {}', `  suspense:\n    ${target}`]);
    expect(only(text)).toMatchObject({
      ...placeOf(text, '  suspense:\n', 2),
      path: 'accounts.suspense',
      code: 'accounts',
    });
  });

  it('interest or a fee that is paid twice, or never', () => {
    const twice = edited(['interest: B', 'interest: A']);
    expect(parseDeal(twice).diagnostics.map(({ code, path }) => [code, path])).toEqual([
      ['interest-step', 'tranches[1]'],
      ['duplicate-step', 'priorityOfPayments[4]'],
    ]);
    const text = edited(['fee: trustee', 'fee: servicing']);
    expect(parseDeal(text).diagnostics.map(({ code }) => code)).toEqual(['fee-step', 'duplicate-step']);
  });

  it('a fee named like the last payee', () => {
    const text = edited(
      ['step: residual', 'step: rest'],
      ['servicing:', 'residual:'],
      ['fee: servicing', 'fee: residual'],
    );
    expect(only(text)).toMatchObject({ ...placeOf(text, 'residual:'), code: 'reserved-name' });
  });

  it('no residual is a warning only: what is left stays in the accounts', () => {
    const text = edited(['step: residual', 'step: rest'], ['residual: sponsor', 'pay: 100.00 USD\n    payee: sponsor']);
    const { deal, diagnostics } = parseDeal(text);
    expect(deal).not.toBeNull();
    expect(diagnostics).toMatchObject([{ severity: 'warning', code: 'no-residual', path: 'priorityOfPayments' }]);
  });

  it('a name that nothing uses is a warning only', () => {
    const { deal, diagnostics } = parseDeal(edited(['formulas:', 'formulas:\n  spare: 2 % * poolClosing']));
    expect(deal).not.toBeNull();
    expect(diagnostics).toMatchObject([{ severity: 'warning', code: 'unused' }]);
  });
});

describe('bad documents never throw', () => {
  it('reports all faults at once, in document order', () => {
    const text = edited(['currency: USD', 'currency: XXX'], ['7.5 %', '7.5 % *'], ['fee: trustee', 'fee: trusty']);
    expect(parseDeal(text).diagnostics.map(({ code }) => code)).toEqual(['choice', 'syntax', 'unknown-fee']);
  });

  it.each([
    '',
    '[]',
    'a: [',
    '- x',
    'weir: 1',
    '"',
    '\t',
    '&a [*a]',
    'x'.repeat(1_000_001),
    `weir: ${'['.repeat(500)}`,
  ])('case %#', (text) => {
    const { deal, diagnostics } = parseDeal(text);
    expect(deal).toBeNull();
    expect(diagnostics.length).toBeGreaterThan(0);
    for (const { line, column } of diagnostics) expect(Math.min(line, column)).toBeGreaterThanOrEqual(1);
  });

  it('a document of one word has one fault, its shape', () => {
    expect(only('x')).toMatchObject({ line: 1, column: 1, code: 'shape' });
  });

  it.each([
    // Counted from the 1st, Monday 3 August: ten days back is 20 July, five more 13 July, before closing.
    ['paymentDay: 15', 'paymentDay: fifteenth', 'number'],
    ['closing: 2020-07-15', 'closing: 2020-07-32', 'date'],
    ['firstCollectionPeriod: 2020-07', 'firstCollectionPeriod: July', 'month'],
  ])('%s as "%s" is no matter of order', (from, to, code) => {
    const late: [string, string] = ['1 business day before', '15 business days before'];
    expect(only(edited([from, to], late))).toMatchObject({ code });
  });

  it('every block missing, one after the other', () => {
    const whole = parse(TEMPLATE, { schema: 'failsafe' }) as Record<string, unknown>;
    for (const block of Object.keys(whole).filter(
      (name) => !['collateral', 'fees', 'formulas', 'triggers'].includes(name),
    )) {
      const { [block]: _, ...rest } = whole;
      const { diagnostics } = parseDeal(stringify(rest));
      expect(diagnostics.some(({ code, message }) => code === 'missing-field' && message.includes(`"${block}"`))).toBe(
        true,
      );
    }
  });

  it('a formula nested a thousand deep', () => {
    const deep = `${'('.repeat(1000)}poolClosing${')'.repeat(1000)}`;
    expect(only(edited(['0.02 % / 12 * poolOpening', deep])).message).toContain('nested too deeply');
  });
});
