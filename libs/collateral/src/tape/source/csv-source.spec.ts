import { describe, expect, it } from '@jest/globals';
import { LOAN_VOCABULARY } from '../model/asset-classes.js';
import { openTape, type TapeInput } from './open-tape.js';
import type { SourceRecord } from './source.js';

const open = (input: TapeInput, limits = {}) => openTape(input, { vocabulary: LOAN_VOCABULARY, limits });
const utf8 = (text: string) => new TextEncoder().encode(text);
async function recordsOf(input: TapeInput, limits = {}): Promise<SourceRecord[]> {
  const all: SourceRecord[] = [];
  for await (const batch of (await open(input, limits)).records()) all.push(...batch);
  return all;
}
/** The bytes in pieces of a length, to meet every cut. */
async function* cut(bytes: Uint8Array, length: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

describe('delimited text', () => {
  it.each([
    [',', 'comma'],
    [';', 'semicolon'],
    ['\t', 'tab'],
    ['|', 'pipe'],
  ])('finds the delimiter %j', async (delimiter, name) => {
    const text = [
      ['loan id', 'note'],
      ['1', 'a'],
      ['2', 'b'],
    ]
      .map((row) => row.join(delimiter))
      .join('\n');
    const source = await open(utf8(text));
    expect(source.columns).toEqual(['loan id', 'note']);
    expect(source.evidence).toContainEqual(expect.objectContaining({ what: 'delimiter', value: name }));
    expect(source.head).toEqual([
      { row: 2, cells: ['1', 'a'] },
      { row: 3, cells: ['2', 'b'] },
    ]);
  });

  it('takes the delimiter that the first line names', async () => {
    const source = await open(utf8('sep=;\nloan id;a,b\n1;2,5\n2;3,5\n'));
    expect(source.columns).toEqual(['loan id', 'a,b']);
    expect(source.headerRow).toBe(2);
  });

  it('keeps a semicolon file whose amounts have decimal commas apart by semicolons', async () => {
    const source = await open(utf8('loan id;balance;rate\n1;1.000,00;5,25\n2;2.500,10;6,10\n'));
    expect(source.columns).toHaveLength(3);
  });

  it.each([1, 2, 3, 5, 7, 64])('reads the same in pieces of %i bytes', async (length) => {
    const text = 'loan id,note\r\n1,"a ""b"", c"\r\n\r\n2,"two\r\nlines"\r\n3,é€😀\r\n4,last';
    const expected = [
      { row: 2, cells: ['1', 'a "b", c'] },
      { row: 4, cells: ['2', 'two\r\nlines'] },
      { row: 6, cells: ['3', 'é€😀'] },
      { row: 7, cells: ['4', 'last'] },
    ];
    expect(await recordsOf(cut(utf8(text), length))).toEqual(expected);
  });

  it('skips titles above the column names and says where these stand', async () => {
    const source = await open(utf8('Servicer report July\n\nloan id,current balance,rate\n1,10.00,0.05\n'));
    expect([source.headerRow, source.columns]).toEqual([3, ['loan id', 'current balance', 'rate']]);
  });

  it('reads lines ended by carriage returns', async () => {
    expect(await recordsOf(utf8('loan id,x\r1,2\r3,4\r'))).toEqual([
      { row: 2, cells: ['1', '2'] },
      { row: 3, cells: ['3', '4'] },
    ]);
  });

  it.each<[string, Uint8Array, string, string]>([
    ['UTF-8 with a mark', utf8('\ufeffloan id,n\n1,é\n'), 'utf-8', 'byte-order mark'],
    ['UTF-8 without', utf8('loan id,n\n1,é\n'), 'utf-8', 'the bytes beyond ASCII are UTF-8'],
    ['UTF-16, low byte first', Buffer.from('\ufeffloan id,n\n1,é\n', 'utf16le'), 'utf-16le', 'byte-order mark'],
    [
      'UTF-16, high byte first',
      Buffer.from('\ufeffloan id,n\n1,é\n', 'utf16le').swap16(),
      'utf-16be',
      'byte-order mark',
    ],
    ['Windows-1252', Buffer.from('loan id,n\n1,é\n', 'latin1'), 'windows-1252', 'byte 0xe9 is not UTF-8'],
  ])('reads %s', async (_, bytes, encoding, because) => {
    for (const input of [bytes, cut(bytes, 1)]) {
      const source = await open(input);
      const read: unknown[] = [];
      for await (const batch of source.records()) read.push(...batch);
      expect(read).toEqual([{ row: 2, cells: ['1', 'é'] }]);
      expect(source.remarks().map(({ rule }) => rule)).toEqual(encoding === 'windows-1252' ? ['encoding-guessed'] : []);
      if (input === bytes) expect(source.evidence).toContainEqual({ what: 'encoding', value: encoding, because });
    }
  });

  it.each<[string, string, object, string, number | null]>([
    ['a line without end', `loan id,x\n1,${'a'.repeat(200)}`, { recordCharacters: 100 }, 'limit', 2],
    ['a quote without end', `loan id,x\n1,2\n3,"${'a\n'.repeat(200)}`, { recordCharacters: 100 }, 'quotes', 3],
    ['too many rows', 'loan id,x\n1,2\n2,3\n3,4\n', { records: 3 }, 'limit', null],
    ['too many columns', 'loan id,x,y\n1,2,3\n', { columns: 2 }, 'limit', 1],
    ['too many bytes', 'loan id,x,y\n1,2,3\n', { bytes: 10 }, 'limit', null],
    ['text after a quoted cell', 'loan id,x\n1,"a" b\n', {}, 'quotes', 2],
  ])('refuses %s', async (_, text, limits, reason, line) => {
    const refusal = expect.objectContaining({ name: 'TapeUnreadable', reason, line });
    await expect(recordsOf(cut(utf8(text), 16), limits)).rejects.toEqual(refusal);
  });
});
