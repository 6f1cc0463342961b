import { describe, expect, it } from '@jest/globals';
import { MappingInvalid } from '../errors.js';
import { ASSET_CLASSES, assetClassNamed } from '../model/asset-classes.js';
import type { AssetClass } from '../model/field.js';
import { readTape } from '../read-tape.js';
import type { SourceRecord } from '../source/source.js';
import { smallTape } from '../../testing/small-tape.js';
import { converterOf, shiftPoint } from './convert.js';
import { mappingHash, parseMapping, printMapping } from './mapping-file.js';
import type { DatePattern, NumberUnit } from './mapping.js';
import { acceptProposal, proposeMapping } from './propose.js';

const AUTO = assetClassNamed('auto-loan') as AssetClass;
const CONSUMER = assetClassNamed('consumer-loan') as AssetClass;
const rows = (...lines: string[][]): SourceRecord[] => lines.map((cells, index) => ({ row: index + 2, cells }));
const column = (name: string, cells: string[], assetClass = CONSUMER) => {
  const [found] = proposeMapping([name], rows(...cells.map((cell) => [cell])), { assetClass }).columns;
  return found;
};

describe('a proposed mapping', () => {
  it('finds fields by what servicers call them and by what the cells hold', () => {
    const names = ['Acct Number', 'FICO', 'Int Rate', 'Curr Balance', 'Orig Date', 'Notes'];
    const sample = rows(
      ['A-1', '701', '12.5', '1,000.00', '31.01.2020', 'x'],
      ['A-2', '655', '9.25', '2,500.10', '28.02.2020', 'y'],
    );
    const proposal = proposeMapping(names, sample, { assetClass: CONSUMER });
    expect(proposal.columns.map(({ field }) => field)).toEqual([
      'loanNumber',
      'creditScore',
      'interestRate',
      'closingBalance',
      'originationDate',
      null,
    ]);
    expect(proposal.columns[2]?.unit).toMatchObject({ scale: 'percentage', decimal: '.' });
    expect(proposal.columns[3]?.unit).toMatchObject({ scale: 'whole', thousands: ',' });
    expect(proposal.columns[4]?.unit).toEqual({ kind: 'date', patterns: ['DD.MM.YYYY'] });
    // Nothing says how long the loans run; the others can be done without.
    expect(proposal.missing).toEqual(['maturityDate or originalTerm or remainingTerm']);
    const lost = 'every loan counts as current, unless a status says the days (“30-59”, “120+”)';
    expect(proposal.lacking).toContainEqual({ fields: ['daysPastDue'], lost });
    for (const { evidence } of proposal.columns) expect(evidence.length).toBeGreaterThan(0);
  });

  it('finds fields by their German names', () => {
    const names = [
      'Vertragsnummer',
      'Auszahlungsdatum',
      'Kreditbetrag',
      'Restschuld (EUR)',
      'Zinssatz p.a.',
      'Restlaufzeit',
    ];
    const sample = rows(
      ['V-1', '31.01.2020', '10.000,00', '9.500,10', '5,25', '40'],
      ['V-2', '15.02.2020', '12.000,00', '11.250,00', '4,75', '44'],
    );
    const { columns, missing } = proposeMapping([...names, 'Zahlungsrückstand (Tage)'], sample, {
      assetClass: CONSUMER,
    });
    expect(columns.map(({ field }) => field)).toEqual([
      ...['loanNumber', 'originationDate', 'originalLoanAmount', 'closingBalance', 'interestRate', 'remainingTerm'],
      'daysPastDue',
    ]);
    expect(missing).toEqual([]);
    expect(columns[3]?.unit).toMatchObject({ decimal: ',', thousands: '.', scale: 'whole' });
    expect(column('status', ['x'], CONSUMER)?.evidence[0]).not.toContain('German');
  });

  it('finds fields by the German names of an ordinary servicer’s file, where "Rate" is a payment', () => {
    const names = (
      'Konto-Nr Ursprungsbetrag Restsaldo|Vormonat Saldo Zinssatz Laufzeit Restlaufzeit Rate Zinsen|gezahlt ' +
      'Tilgung|gezahlt Auszahlungsdatum Fälligkeit Rückstandstage Stichtag PLZ Bundesland Bonität'
    )
      .split(' ')
      .map((name) => name.replace('|', ' '));
    const { columns } = proposeMapping(names, [], { assetClass: CONSUMER });
    expect(columns.map(({ field }) => field)).toEqual([
      ...['loanNumber', 'originalLoanAmount', 'openingBalance', 'closingBalance', 'interestRate', 'originalTerm'],
      ...['remainingTerm', 'scheduledPayment', 'interestCollected', 'principalCollected', 'originationDate'],
      ...['maturityDate', 'daysPastDue', 'reportingPeriodEndingDate', null, 'region', 'creditScore'],
    ]);
    // Two columns say where a borrower lives; the one that names the region is surer.
    expect(proposeMapping(['Rate'], [], { assetClass: CONSUMER }).columns[0]?.field).toBe('interestRate');
    expect(proposeMapping(['PLZ'], [], { assetClass: CONSUMER }).columns[0]?.field).toBe('region');
  });

  it('does not take one date or amount for another that agrees with it in no telling word', () => {
    const dates = ['01/25/2020', '02/26/2020'];
    expect(column('Contract Dt', dates)).toMatchObject({ field: 'originationDate', doubt: null });
    expect(column('Contract Dt', dates, AUTO)?.field).toBe('originationDate');
    expect(column('Birth Date', dates)?.field).toBeNull();
    expect(column('Deposit Amount', ['12.50', '7.10'])?.field).toBeNull();
  });

  it('says which other asset classes the names are as much like, and none where the class is named', () => {
    const names = ['Loan Number', 'Current Balance', 'Rate', 'Term'];
    expect(proposeMapping(names, [])).toMatchObject({ assetClass: 'auto-loan', alike: ['consumer-loan'] });
    expect(proposeMapping([...names, 'Vehicle Make'], [])).toMatchObject({ assetClass: 'auto-loan', alike: [] });
    expect(proposeMapping(names, [], { assetClass: CONSUMER }).alike).toEqual([]);
  });

  it('asks about a column whose cells do not read, or whose name is but like the field’s', () => {
    expect(column('Current Balance', ['abc', 'def'])?.doubt).toContain('hardly a cell reads');
    expect(column('Rate', ['345.10', '512.99'])?.doubt).toContain('hardly a cell reads');
    const like = column('scheduled pay', ['345.10', '512.99']);
    expect(like).toMatchObject({ field: 'scheduledPayment', doubt: null });
  });

  it('reads the first of two columns with one name, and asks whether it is that one', () => {
    const names = ['loan id', 'Current Balance', 'Current Balance'];
    const { columns } = proposeMapping(names, rows(['A', '100.50', '90.10']), { assetClass: CONSUMER });
    expect(columns.map(({ field }) => field)).toEqual(['loanNumber', 'closingBalance', null]);
    expect(columns[1]?.doubt).toContain('the first is read');
  });

  it('finds the asset class of a standard file by its names', () => {
    const header = smallTape().split('\n')[0]?.split(',') ?? [];
    const proposal = proposeMapping(header, []);
    expect(proposal.assetClass).toBe('auto-loan');
    expect(proposal.columns.map(({ field }) => field)).toEqual(header);
    expect(proposeMapping(['RREL3', 'RREL30', 'RREL43'], []).assetClass).toBe('residential-mortgage');
  });

  it.each([
    ['residential-mortgage', 'currentInterestRateMargin', 'periodicRateCap', 'nextRateResetDate', 'indexLookbackDays'],
    ['consumer-loan', 'currentInterestRateMargin', 'periodicRateCap', 'nextRateResetDate', 'indexLookbackDays'],
    ['commercial-mortgage', 'armMarginNumber', 'periodicRateIncreaseLimitPercentage'].concat([
      'nextInterestRateChangeAdjustmentDate',
      'indexLookbackDaysNumber',
    ]),
  ])('knows what servicers call the terms of adjustable rates: %s', (name, ...fields) => {
    const names = ['Gross Margin', 'Periodic Cap', 'Next Reset Date', 'Lookback Days'];
    const sample = rows(['2.25%', '2%', '2025-09-01', '45'], ['1.75%', '1%', '2025-10-01', '30']);
    const { columns } = proposeMapping(names, sample, { assetClass: assetClassNamed(name) as AssetClass });
    expect(columns.map(({ field }) => field)).toEqual(fields);
  });

  it('gives a field to one column only, the surest', () => {
    const proposal = proposeMapping(['balance current', 'currentBalance', 'loan id'], [], { assetClass: CONSUMER });
    expect(proposal.columns.filter(({ field }) => field === 'closingBalance').map((one) => one.column)).toEqual([
      'currentBalance',
    ]);
  });

  it('remembers what this originator’s files were', () => {
    const past = {
      form: 1,
      assetClass: 'consumer-loan',
      columns: [{ column: 'Kto', field: 'loanNumber', unit: null }],
    } as const;
    const [found] = proposeMapping(['KTO'], rows(['1'], ['2']), { assetClass: CONSUMER, past: [past] }).columns;
    expect(found).toMatchObject({ field: 'loanNumber', confidence: 0.99 });
    expect(found?.evidence[0]).toContain('this originator');
  });

  it.each<[string, string[], object]>([
    ['fractions', ['0.0687', '0.12'], { scale: 'fraction', decimal: '.' }],
    ['percentages', ['6.87', '12'], { scale: 'percentage' }],
    ['percent signs', ['0.9%', '0.5%'], { scale: 'percentage' }],
    ['decimal commas', ['6,87', '12,5'], { scale: 'percentage', decimal: ',' }],
  ])('tells %s of a rate', (_, cells, unit) => expect(column('interest rate', cells)?.unit).toMatchObject(unit));

  it.each<[string, string[], string, RegExp | null]>([
    ['cells with and without a sign', ['5.5%', '4.25%', '0.0475'], 'fraction', /2 of 3 cells end in %/],
    ['a sign but on zeros', ['5.5%', '4.25%', '0'], 'percentage', null],
    ['a fraction among percentages', ['5.5', '4.25', '6', '0.0475'], 'percentage', /1 of 4 .* hundred times smaller/],
    ['a percentage among fractions', ['0.055', '0.0425', '0.06', '4.75'], 'fraction', /1 of 4 .* hundred times larger/],
    ['rates that differ much', ['1.9', '4.25', '29.99', '0.9'], 'percentage', null],
  ])('asks when a rate is written both ways: %s', (_, cells, scale, doubt) => {
    const found = column('interest rate', cells);
    expect(found?.unit).toMatchObject({ scale });
    if (doubt === null) expect(found?.doubt).toBeNull();
    else expect(found?.doubt).toMatch(doubt);
  });

  it.each<[string, string[], string | null, RegExp | null]>([
    // 7.48 % is a rate of loans, seven hundredths of a percent is none; 721 % is none, 7.21 % is.
    ['interest rate', ['0.0748', '0.0651'], 'fraction', null],
    ['interest rate', ['7.21', '6.4'], 'percentage', null],
    // 25 % or a quarter of a percent, 35 % or 0.35 %: the cells cannot tell.
    [
      'interest rate',
      ['0.25', '0.19'],
      'fraction',
      /25 % as fractions or 0.25 % as percentages, and both would be usual/,
    ],
    ['interest rate', ['0.35', '0.29'], 'percentage', /35 % as fractions or 0.35 % as percentages, and both/],
    // Basis points are neither.
    ['interest rate', ['725', '650'], 'percentage', /hardly a cell reads/],
    ['debt to income', ['0.35', '0.22'], 'fraction', null],
    ['debt to income', ['35', '22'], 'percentage', null],
    ['debt to income', ['1.4', '1.2'], 'percentage', /140 % as fractions or 1.4 % as percentages, and both/],
    ['gross margin', ['0.12', '0.1'], 'fraction', /12 % as fractions or 0.12 % as percentages, and both/],
    ['gross margin', ['1.75', '2.25'], 'percentage', null],
  ])('asks in which unit a rate is when the cells cannot tell: %s %j', (name, cells, scale, doubt) => {
    const found = column(name, cells);
    expect(found?.unit).toMatchObject({ scale });
    if (doubt === null) expect(found?.doubt).toBeNull();
    else expect(found?.doubt).toMatch(doubt);
  });

  it('tells a unit that its own cells leave open by the other columns', () => {
    const names = ['loan id', 'original loan amount', 'current balance', 'payment', 'original term', 'interest rate'];
    // 12,000.00 at 25 % over 12 months: 12,000 × 0.0208333 ÷ (1 − 1.0208333^−12) = 1,140.53.
    const loan = (payment: string) =>
      rows(...Array.from({ length: 12 }, (_, at) => [`L${at}`, '1200000', '900050', payment, '12', '0.25']));
    const { columns } = proposeMapping(names, loan('114053'), { assetClass: CONSUMER });
    expect(columns.map(({ doubt }) => doubt)).toEqual([null, null, null, null, null, null]);
    const scales = columns.map(({ unit }) => (unit?.kind === 'number' ? unit.scale : null));
    expect(scales).toEqual([null, 'cents', 'cents', 'cents', 'whole', 'fraction']);
    expect(columns[2]?.evidence.at(-1)).toBe('of the size of original loan amount in cents');
    expect(columns[5]?.evidence.at(-1)).toBe('the payments are those of fractions');
    // At 0.25 % it is 1,001.35: 12,000 × 0.000208333 ÷ (1 − 1.000208333^−12).
    const percent = proposeMapping(names, loan('100135'), { assetClass: CONSUMER }).columns[5];
    expect(percent).toMatchObject({ unit: { scale: 'percentage' }, doubt: null });
  });

  it('asks when amounts are in several currencies', () => {
    expect(column('loan amount', ['$12.50', '€13.50'])?.doubt).toContain('$ and €');
    expect(column('loan amount', ['€12.50', '€13.50'])?.doubt).toBeNull();
  });

  it.each<[string, string, string[], object]>([
    ['parentheses', 'principal paid', ['(1,234.50)', '12.00'], { negative: 'parentheses', thousands: ',' }],
    ['a trailing minus', 'principal paid', ['12.00-', '7.10'], { negative: 'trailing' }],
    ['points for thousands', 'principal paid', ['1.234,50', '12,00'], { decimal: ',', thousands: '.' }],
    ['blanks for thousands', 'principal paid', ['1 234.50', '12.00'], { decimal: '.', thousands: ' ' }],
    ['whole units', 'loan amount', ['123450', '70000'], { scale: 'whole' }],
    ['cents by their name', 'loan amount cents', ['123450', '70000'], { scale: 'cents' }],
    ['thousands by their name', 'loan amount TEUR', ['12.5', '7.25'], { scale: 'thousands' }],
    ['thousands by zeros', "loan amount (USD '000)", ['12.5', '7.25'], { scale: 'thousands' }],
    ['millions by their name', 'loan amount Mio. EUR', ['1.5', '2.25'], { scale: 'millions' }],
    ['codes of a currency', 'loan amount', ['EUR 1.234,50', '12,00 EUR'], { scale: 'whole', decimal: ',' }],
    ['cents by implausible size', 'original loan amount', ['12345000', '17000000'], { scale: 'cents' }],
  ])('tells %s', (_, name, cells, unit) => expect(column(name, cells)?.unit).toMatchObject(unit));

  it.each<[string, string[], DatePattern[], RegExp | null]>([
    ['a day above 12', ['03/25/2020', '01/02/2020'], ['MM/DD/YYYY'], null],
    ['a day above 12, first', ['25/03/2020', '01/02/2020'], ['DD/MM/YYYY'], null],
    ['days that do not tell', ['03/05/2020', '01/02/2020'], ['MM/DD/YYYY'], /no day is above 12/],
    [
      'both orders',
      ['25/03/2020', '03/26/2020', '03/27/2020'],
      ['MM/DD/YYYY'],
      /2 cells read only as MM.* 1 only as DD/,
    ],
    ['months and days mixed', ['08/2019', '08-31-2019', '09/2019'], ['MM/YYYY', 'MM-DD-YYYY'], null],
    ['serials', ['43831', '44013'], ['excel-serial'], null],
    ['years of two digits', ['25.03.20', '01.02.19'], ['DD.MM.YY'], null],
    ['years of two digits that do not tell', ['03/05/20', '01/02/19'], ['MM/DD/YY'], /no day is above 12/],
    ['years of two digits and months by name', ['15-Jun-20', '01-Dec-19'], ['DD-MMM-YY'], null],
    ['times of day', ['06/15/2020 0:00', '06/16/2020 00:00:00'], ['MM/DD/YYYY'], null],
    ['compact days', ['20200131', '20191231'], ['YYYYMMDD'], null],
    ['German months by name', ['15-Mai-2020', '01-Dez-2019', '02-Mär-2019'], ['DD-MMM-YYYY'], null],
    ['months by name', ['Aug-2019', 'Sep-2019'], ['MMM-YYYY'], null],
  ])('tells dates with %s', (_, cells, patterns, doubt) => {
    const found = column('origination date', cells, AUTO);
    expect(found?.unit).toEqual({ kind: 'date', patterns });
    if (doubt === null) expect(found?.doubt).toBeNull();
    else expect(found?.doubt).toMatch(doubt);
  });
});

describe('a confirmed mapping', () => {
  const text = smallTape({}, { actualPrincipalCollectedAmount: 'x' })
    .replaceAll(',', ';')
    .replace('assetNumber', 'Loan No.')
    .replaceAll('1000.00', '"1.000,00"')
    .replaceAll('900.00', '900,00');
  const header = text.split('\n')[0]?.split(';') ?? [];
  const euro: NumberUnit = { kind: 'number', decimal: ',', thousands: '.', scale: 'whole', negative: 'minus' };
  const mapping = {
    form: 1,
    assetClass: 'auto-loan',
    columns: header.map((name) => ({
      column: name,
      field: name === 'Loan No.' ? 'assetNumber' : name,
      unit: /BalanceAmount$/.test(name) ? euro : null,
    })),
  } as const;

  it('reads a file by it; findings name the file’s own columns and cells', () => {
    const tape = readTape(text, { loanKey: ['assetNumber'], mapping });
    expect(tape.loans).toEqual([expect.objectContaining({ key: '1', opening: 100_000n, closing: 90_000n })]);
    expect(tape.findings).toEqual([
      expect.objectContaining({ row: null, column: 'reportingPeriodScheduledPaymentAmount', rule: 'missing-column' }),
      expect.objectContaining({ row: null, column: 'obligorGeographicLocation', rule: 'missing-column' }),
      expect.objectContaining({ row: 3, column: 'actualPrincipalCollectedAmount', value: 'x', rule: 'not-a-number' }),
    ]);
  });

  it('is the same text and hash whatever the order of its keys, and another when a unit changes', () => {
    const shuffled = parseMapping(JSON.stringify({ columns: mapping.columns, form: 1, assetClass: 'auto-loan' }));
    expect(printMapping(shuffled)).toBe(printMapping(mapping));
    expect(mappingHash(shuffled)).toMatch(/^[0-9a-f]{64}$/);
    const other = { ...mapping, columns: mapping.columns.map((one) => ({ ...one, unit: null })) };
    expect(mappingHash(other)).not.toBe(mappingHash(mapping));
  });

  it('names all that is wrong with an edited one', () => {
    const columns = [
      { column: 'a', field: 'nothing' },
      { column: 'a', field: 'assetNumber', unit: { kind: 'date', patterns: ['x'] } },
      { column: 'b', field: 'assetNumber' },
    ];
    const parse = () => parseMapping(JSON.stringify({ form: 1, assetClass: 'auto-loan', columns }));
    expect(parse).toThrow(MappingInvalid);
    expect(parse).toThrow(/"nothing".*appears twice.*unit of "a" needs patterns.*assetNumber has two columns/);
    expect(() => parseMapping('{')).toThrow('not JSON');
    expect(() => parseMapping('{"form":1,"assetClass":"x","columns":[]}')).toThrow('no asset class "x"');
  });

  it('takes a statement of a unit that tells it from one a hundred times larger, and keeps it in its hash', () => {
    const columns = (stated?: unknown) => [{ column: 'a', field: 'closingBalance', unit: { ...euro, stated } }];
    const parse = (stated?: unknown) =>
      parseMapping(JSON.stringify({ form: 1, assetClass: 'consumer-loan', columns: columns(stated) }));
    expect(printMapping(parse([5, 499]))).toContain('"stated": [');
    expect(mappingHash(parse([5, 499]))).not.toBe(mappingHash(parse()));
    for (const stated of [[5, 500], [0, 9], [9, 5], [5], true])
      expect(() => parse(stated)).toThrow('the unit of "a" needs as "stated" two amounts above zero');
  });

  it.each([
    ['closingBalnce', 'closingBalance'],
    ['intrestRate', 'interestRate'],
    // What servicers call it.
    ['Current Balance', 'closingBalance'],
    ['FICO', 'creditScore'],
  ])('that names no field is told which one is meant: %s', (field, meant) => {
    const columns = [{ column: 'a', field }];
    const parse = () => parseMapping(JSON.stringify({ form: 1, assetClass: 'consumer-loan', columns }));
    expect(parse).toThrow(`"${field}" of the column "a" is no field of consumer-loan; did you mean "${meant}"?`);
    const parseClass = () => parseMapping('{"form":1,"assetClass":"consumer-loans","columns":[]}');
    expect(parseClass).toThrow('no asset class "consumer-loans"; did you mean "consumer-loan"?');
  });

  it('is what a proposal comes to when it is accepted', () => {
    const accepted = acceptProposal(proposeMapping(['loan id', '', 'loan id'], [], { assetClass: CONSUMER }));
    expect(accepted.columns).toEqual([{ column: 'loan id', field: 'loanNumber', unit: null }]);
  });
});

describe('cells under a unit', () => {
  const number = (more: Partial<NumberUnit>) =>
    converterOf({ kind: 'number', decimal: '.', thousands: '', scale: 'whole', negative: 'minus', ...more });

  it.each<[Partial<NumberUnit>, string, string | null]>([
    [{ thousands: ',' }, '$1,234.50', '1234.50'],
    [{ thousands: ',' }, '1,23.50', null],
    [{ thousands: '.', decimal: ',' }, '1.234.567,8', '1234567.8'],
    [{ negative: 'parentheses' }, '(12.5)', '-12.5'],
    [{ negative: 'trailing' }, '12.5-', '-12.5'],
    [{ scale: 'cents' }, '-5', '-0.05'],
    [{ scale: 'percentage' }, '6.875 %', '0.06875'],
    [{ scale: 'thousands' }, '12.5', '12500'],
    [{ scale: 'thousands' }, '-0.0125', '-0012.5'],
    [{ scale: 'millions', decimal: ',' }, 'EUR 1,25', '1250000'],
    [{ thousands: ',' }, '1,234.50 USD', '1234.50'],
    [{}, 'USD', null],
    [{}, 'ABCD 5', null],
    [{ scale: 'fraction' }, '6.875 %', '0.06875'],
    [{ scale: 'fraction' }, '0.06875', '0.06875'],
    // A sheet that shows 12.5 in a percent format.
    [{}, '1250%', '12.50'],
    [{}, '.5', '0.5'],
    [{}, '1e5', null],
    [{}, '', null],
  ])('%j reads %s as %s', (unit, cell, plain) => expect(number(unit)(cell)).toBe(plain));

  it.each([
    ['123.4', 2, '1.234'],
    ['-5', 2, '-0.05'],
    ['100', 2, '1.00'],
    ['7', 0, '7'],
    ['7.1234', -3, '7123.4'],
    ['-7', -3, '-7000'],
  ])('moves the point of %s by %i to %s', (text, places, moved) => expect(shiftPoint(text, places)).toBe(moved));
});

describe('the loan model', () => {
  it('names each field once and each role once a class, and every class has a key and a closing balance', () => {
    for (const { fields } of ASSET_CLASSES) {
      const names = fields.map(({ name }) => name);
      const roles = fields.flatMap(({ role }) => (role === null ? [] : [role]));
      expect(new Set(names).size).toBe(names.length);
      expect(new Set(roles).size).toBe(roles.length);
      expect(roles).toEqual(expect.arrayContaining(['key', 'closing']));
    }
  });

  it('has the 72 elements of Schedule AL, Item 3, and those of Item 4', () => {
    // And what servicers state beside them.
    expect(AUTO.fields.filter(({ own }) => !own)).toHaveLength(72);
    expect(assetClassNamed('auto-lease')?.fields).toHaveLength(66);
  });
});
