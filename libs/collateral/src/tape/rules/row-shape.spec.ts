import { describe, expect, it } from '@jest/globals';
import { openTape } from '../source/open-tape.js';
import { assetClassNamed, LOAN_VOCABULARY } from '../model/asset-classes.js';
import type { AssetClass } from '../model/field.js';
import { acceptProposal, proposeMapping } from '../mapping/propose.js';
import { streamTape } from '../stream-tape.js';

const assetClass = assetClassNamed('consumer-loan') as AssetClass;
const HEAD = 'Loan ID,Closing Balance,Rate,Term,As Of';
const ROWS = ['A,100.00,5.5 %,12,2025-06-30', 'B,90.00,4.5 %,12,2025-06-30'];

async function told(text: string) {
  const source = await openTape(new TextEncoder().encode(text), { vocabulary: LOAN_VOCABULARY });
  const mapping = acceptProposal(proposeMapping(source.columns, source.head.slice(0, 2), { assetClass }));
  const stream = streamTape(source, { assetClass, loanKey: ['Loan ID'], mapping, periodNeeded: false });
  for await (const batch of stream.rows()) void batch;
  const shapes = stream.result().findings.filter(({ rule }) => rule === 'row-shape');
  return shapes.map(({ row, message, remedy }) => ({ row, message, remedy }));
}

const AGAIN = expect.stringContaining('export the file again, whole');

describe('a row of another shape than the header', () => {
  it('at the end of the file is where it was cut off, with the last complete cell', async () => {
    expect(await told([HEAD, ...ROWS, 'C,80.00,4.5'].join('\n'))).toEqual([
      {
        row: 4,
        message:
          'row 4 has 3 cells where the header has 5: the file ends in the middle of it; its last complete cell is ' +
          'Closing Balance "80.00", and Rate "4.5" may be cut',
        remedy: AGAIN,
      },
    ]);
    const closed = await told([HEAD, ...ROWS, 'C,80.00,4.5', ''].join('\n'));
    expect(closed[0]?.message).toContain('seems to end in the middle of it; its last complete cell is Rate "4.5"');
    const one = await told([HEAD, ...ROWS, 'C'].join('\n'));
    expect(one[0]?.message).toBe(
      'row 4 has 1 cell where the header has 5: the file ends in the middle of it; no cell of it is complete, and Loan ID "C" may be cut',
    );
  });

  it('whose last cell does not read may be cut there, where no line break follows', async () => {
    const text = [HEAD, ...ROWS, 'C,80.00,4.5 %,12,2025-06-'].join('\n');
    expect(await told(text)).toEqual([
      {
        row: 4,
        message:
          'the file ends in row 4 without a line break, and the last cell, As Of "2025-06-", does not read: it may be cut',
        remedy: AGAIN,
      },
    ]);
    expect(await told(`${text}\n`)).toEqual([]);
    expect(await told([HEAD, ...ROWS].join('\n'))).toEqual([]);
  });

  it('elsewhere is told by its cells', async () => {
    expect(await told([HEAD, 'C,80.00,4.5', ...ROWS, 'D,1,234.00,4.5 %,12,2025-06-30'].join('\n'))).toEqual([
      {
        row: 2,
        message: 'row 2 has 3 cells where the header has 5',
        remedy: expect.stringContaining('write every cell of the row'),
      },
      {
        row: 5,
        message: 'row 5 has 6 cells where the header has 5',
        remedy: expect.stringContaining('in quotes'),
      },
    ]);
  });
});
