import { describe, expect, it } from '@jest/globals';
import { MappingInvalid } from '../errors.js';
import { mappingHash, parseMapping, printMapping } from '../mapping/mapping-file.js';
import type { Mapping, TotalsMarks } from '../mapping/mapping.js';
import { acceptProposal, proposeMapping } from '../mapping/propose.js';
import { assetClassNamed, LOAN_VOCABULARY } from '../model/asset-classes.js';
import type { AssetClass } from '../model/field.js';
import { openTape } from '../source/open-tape.js';
import { streamTape } from '../stream-tape.js';
import { ofRows } from '../../testing/of-rows.js';

const CONSUMER = assetClassNamed('consumer-loan') as AssetClass;
const MAPPING: Mapping = {
  form: 1,
  assetClass: 'consumer-loan',
  columns: [
    { column: 'Loan', field: 'loanNumber', unit: null },
    { column: 'Balance', field: 'closingBalance', unit: null },
    { column: 'Paid', field: 'totalPaid', unit: null },
  ],
};

async function read(totals: TotalsMarks | null, ...rows: string[]) {
  const mapping = totals === null ? MAPPING : { ...MAPPING, totals };
  const bytes = new TextEncoder().encode(['Loan,Balance,Paid', ...rows, ''].join('\n'));
  const source = await openTape(bytes, { vocabulary: LOAN_VOCABULARY });
  const options = { assetClass: CONSUMER, loanKey: ['loanNumber'], mapping, periodNeeded: false };
  const stream = streamTape(source, options);
  const loans: string[] = [];
  for await (const batch of stream.batches()) loans.push(...batch.map(({ key }) => key ?? '?'));
  const { sums, blocked, findings, rows: count } = stream.result();
  const told = ofRows(findings).map(({ rule, row, column, value, message, remedy }) => ({
    ...{ rule, row, column, value, message, remedy },
  }));
  return { loans, count, closing: sums['closingBalance'], blocked: blocked.length, told };
}

const LOANS = ['L1,100.00,1.00', 'L2,250.50,2.00', 'L3,49.50,3.00'];
const SAYS: TotalsMarks = { column: 'Loan', says: ['Total'] };
const rules = (found: { told: { rule: string; row: number | null }[] }) =>
  found.told.map(({ rule, row }) => `${row} ${rule}`);

describe('rows that a person said are totals', () => {
  it('are left out with a warning, and agree with the loans', async () => {
    // 100.00 + 250.50 + 49.50; 1.00 + 2.00 + 3.00.
    const found = await read(SAYS, ...LOANS, 'TOTAL:,400.00,6.00');
    expect(found).toMatchObject({ loans: ['L1', 'L2', 'L3'], count: 3, closing: 40_000n, blocked: 0 });
    expect(rules(found)).toEqual(['5 totals-skipped']);
  });

  it('that do not agree block the file, with the difference, by column', async () => {
    const found = await read(SAYS, ...LOANS, 'Total,450.00,6.00');
    expect(found.blocked).toBe(3);
    expect(rules(found)).toEqual(['5 totals-skipped', '5 totals-differ']);
    expect(found.told[1]).toMatchObject({
      column: 'Balance',
      message: 'row 5: Balance totals 450.00, and the rows before it come to 400.00: a difference of 50.00',
    });
  });

  it('block no more than the row of which an amount does not read', async () => {
    const found = await read(SAYS, ...LOANS, 'L4,x,1.00', 'Total,450.00,7.00');
    expect([found.blocked, ...rules(found)]).toEqual([1, '5 not-a-number', '6 totals-skipped', '6 totals-differ']);
  });

  it('may differ where a person accepted it', async () => {
    const accepted = await read({ ...SAYS, mayDiffer: true }, ...LOANS, 'Total,450.00,6.00');
    expect([accepted.blocked, ...rules(accepted)]).toEqual([0, '5 totals-skipped', '5 totals-differ']);
  });

  it('may be off by rounding: a cent for the root of the loans, and half a unit without decimals', async () => {
    // Three loans of 400.00: 2 cents are rounding, and 52 of a total in whole units.
    const blocked = async (total: string, ...loans: string[]) =>
      (await read(SAYS, ...loans, `Total,${total},6.00`)).blocked;
    expect(await blocked('400.02', ...LOANS)).toBe(0);
    expect(await blocked('400.03', ...LOANS)).toBe(3);
    const [first = '', second = ''] = LOANS;
    // 100.00 + 250.50 + 50.02 = 400.52, and 400.53 with a cent more.
    expect(await blocked('400', first, second, 'L3,50.02,3.00')).toBe(0);
    expect(await blocked('400', first, second, 'L3,50.03,3.00')).toBe(3);
  });

  it('may be subtotals, a total of all below them, or state no amount', async () => {
    const groups = await read(
      SAYS,
      'L1,100.00,1.00',
      'total,100.00,NA',
      'L2,250.50,2.00',
      'total,250.50,2.00',
      'total,350.50,',
    );
    expect(rules(groups)).toEqual(['3 totals-skipped', '5 totals-skipped', '6 totals-skipped']);
    const above = await read(SAYS, 'Total,400.00,6.00', ...LOANS);
    expect(rules(above)).toEqual(['2 totals-skipped']);
    const wrong = await read(SAYS, 'Total,400.00,7.00', ...LOANS);
    expect(wrong.told.at(-1)?.message).toContain('Paid totals 7.00, and all rows come to 6.00: a difference of 1.00');
  });

  it('may be known by an empty cell, or by their sum', async () => {
    const empty = await read({ column: 'Loan', says: [''] }, ...LOANS, ',400.00,6.00');
    expect([empty.blocked, ...rules(empty)]).toEqual([0, '5 totals-skipped']);
    const adds = await read({ column: 'Balance', adds: true }, ...LOANS, '3,400.00,5.00');
    expect([adds.blocked, ...rules(adds)]).toEqual([3, '5 totals-skipped', '5 totals-differ']);
  });

  it('are known by the word that names them, of groups and of all, and each is held against its own', async () => {
    const named: TotalsMarks = { column: 'Loan', named: true };
    const groups = ['L1,100.00,1.00', 'L2,250.50,2.00', 'Subtotal CA,350.50,3.00', 'L3,49.50,3.00'];
    const sound = await read(named, ...groups, 'Subtotal NY,49.50,3.00', 'Grand Total,400.00,6.00');
    expect(sound).toMatchObject({ loans: ['L1', 'L2', 'L3'], closing: 40_000n, blocked: 0 });
    expect(rules(sound)).toEqual(['4 totals-skipped', '6 totals-skipped', '7 totals-skipped']);
    const wrong = await read(named, ...groups, 'Subtotal NY,48.50,3.00', 'Grand Total,400.00,6.00');
    expect(wrong.told.filter(({ rule }) => rule === 'totals-differ')).toEqual([
      expect.objectContaining({
        ...{ row: 6, column: 'Balance', value: '48.50' },
        // L3 alone stands between the two subtotals.
        message: expect.stringContaining('totals 48.50, and the rows since a total above it come to 49.50'),
      }),
    ]);
  });

  it('may stand together below unsorted loans, by what a column says of these', async () => {
    const named: TotalsMarks = { column: 'Loan', named: true };
    const bytes = (more: string[]) =>
      ['Loan,Balance,Paid,State', 'L1,100.00,,CA', 'L2,250.50,,NY', 'L3,49.50,,CA', ...more, ''].join('\n');
    const told = async (...more: string[]) => {
      const source = await openTape(new TextEncoder().encode(bytes(more)), { vocabulary: LOAN_VOCABULARY });
      const mapping = { ...MAPPING, totals: named };
      const stream = streamTape(source, {
        assetClass: CONSUMER,
        loanKey: ['loanNumber'],
        mapping,
        periodNeeded: false,
      });
      for await (const batch of stream.batches()) expect(batch.length).toBeLessThan(4);
      return stream.result().findings.filter(({ rule }) => rule === 'totals-differ');
    };
    // CA: 100.00 + 49.50
    expect(await told('CA Total,149.50,,', 'NY Total,250.50,,', 'Total,400.00,,')).toEqual([]);
    expect(await told('CA Total,149.00,,', 'NY Total,250.50,,')).toEqual([
      expect.objectContaining({ row: 5, column: 'Balance', value: '149.00' }),
    ]);
  });

  it('of several kinds are told by a list of marks', async () => {
    const marks: TotalsMarks = [
      { column: 'Loan', named: true },
      { column: 'Balance', adds: true },
    ];
    const found = await read(marks, ...LOANS, '3,400.00,6.00', 'Total,400.00,6.00');
    expect([found.blocked, ...rules(found)]).toEqual([0, '5 totals-skipped', '6 totals-skipped']);
  });

  it('block while nobody said so, and the remedy says what to say', async () => {
    const found = await read(null, ...LOANS, 'Total,400.00,6.00');
    expect([found.blocked, found.told[0]?.rule]).toEqual([1, 'totals-row']);
    expect(found.told[0]?.remedy).toContain('"totals": {"column":"Loan","named":true}');
    const adds = await read(null, ...LOANS, '3,400.00,6.00');
    expect(adds.told[0]?.remedy).toContain('"totals": {"column":"Balance","adds":true}');
  });
});

describe('how they are known', () => {
  const withTotals = (totals: unknown): string => JSON.stringify({ ...MAPPING, totals });

  it('is part of the mapping and of its hash', () => {
    const mapping = parseMapping(withTotals(SAYS));
    expect(mapping.totals).toEqual(SAYS);
    expect(parseMapping(printMapping(mapping))).toEqual(mapping);
    expect(mappingHash(mapping)).not.toBe(mappingHash(MAPPING));
    const several = [{ column: 'Loan', named: true, mayDiffer: true }, SAYS];
    expect(parseMapping(printMapping(parseMapping(withTotals(several)))).totals).toEqual(several);
    expect(parseMapping(withTotals({ column: 'Balance', adds: true })).totals).toEqual({
      column: 'Balance',
      adds: true,
    });
  });

  it.each([
    [{ column: 'Loan' }, /needs a "column", and "says"/],
    [{ column: 'Loan', says: [] }, /needs a "column", and "says"/],
    [{ ...SAYS, mayDiffer: 'yes' }, /"mayDiffer" of "totals" is true/],
    [[], /empty list/],
    [[SAYS, { column: 'Loan No', named: true }], /none of the mapping/],
    [{ column: 'Loan No', says: ['Total'] }, /none of the mapping/],
    [{ column: 'Loan', adds: true }, /holds no amounts/],
  ])('is refused: %j', (totals, message) => {
    expect(() => parseMapping(withTotals(totals))).toThrow(MappingInvalid);
    expect(() => parseMapping(withTotals(totals))).toThrow(message);
  });

  it('goes on in a mapping that is proposed for the next file of the originator', () => {
    const past = [MAPPING, { ...MAPPING, totals: SAYS }];
    const propose = (...columns: string[]) =>
      acceptProposal(proposeMapping(columns, [], { assetClass: CONSUMER, past }));
    expect(propose('Loan', 'Balance', 'Paid', 'Region').totals).toEqual(SAYS);
    expect(propose('Loan No', 'Balance').totals).toBeUndefined();
  });
});
