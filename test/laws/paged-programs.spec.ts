import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  encodeProgram,
  gasBound,
  type Instruction,
  MAX_PROGRAM_BYTES,
  type OpName,
  type Program,
  programPages,
  regionsOf,
  type RunArguments,
  sizeOf,
} from '@weir/waterfall';
import { differences } from './compare.js';
import { Machine } from './machine.js';
import { initialStateOf, monthsOf, settlingProgram, SMALL } from './settling-program.js';
import { VaultLife } from './vault-life.js';

jest.setTimeout(120_000);

/** A transaction may take at most 2^24 gas since EIP-7825. */
const TRANSACTION_GAS = 16_777_216;
const CLASSES = 60;
const ROWS = 360;
const ROW = 80;
const COUNTS = { K: 300, R: ROW, I: 10, C: 1, A: 3, S: 2 * CLASSES + 1, X: 2 * CLASSES + 5, T: 400 };

/** Every class is paid interest by its own word of the row and then principal; some 2,600 instructions pad the code. */
function sixtyClasses(): Program {
  const { K, R, I, C, A, S, X, T } = regionsOf(COUNTS).regions;
  const lines: [OpName, number[]][] = [
    ['MOV', [S.first + CLASSES, I.first]],
    ['PAY', [C.first, A.first, C.first, T.first]],
  ];
  for (let index = 0; index < CLASSES; index++) {
    const [balance, due] = [S.first + index, T.first + index];
    lines.push(['MULN', [due, balance, R.first + index, K.first + 299]]);
    lines.push(['PAY', [A.first, X.first + 2 * index, due, T.first + 100 + index]]);
    lines.push(['PAY', [A.first, X.first + 2 * index + 1, balance, balance]]);
    for (let pad = 0; pad < 43; pad++)
      lines.push(['ADD', [T.first + 200 + pad, R.first + ((index + pad) % ROW), K.first + ((7 * index + pad) % 300)]]);
  }
  lines.push(['PAY', [A.first, X.first + 2 * CLASSES, A.first, T.first]], ['END', []]);
  let offset = 0;
  const code: Instruction[] = lines.map(([op, operands]) => {
    const line = { offset, op, operands };
    offset += sizeOf(op);
    return line;
  });
  return encodeProgram({
    counts: COUNTS,
    tranches: CLASSES,
    constants: Array.from({ length: COUNTS.K }, (_, index) => BigInt(1_000 + index)),
    code,
    rows: Array.from({ length: ROWS }, (_, row) => Array.from({ length: ROW }, (__, word) => BigInt(row * ROW + word))),
  });
}

const program = sixtyClasses();

function runOf(period: number): RunArguments {
  const state = Array.from({ length: COUNTS.A + COUNTS.S }, (_, index) => BigInt(index < COUNTS.A ? 0 : 1_000 * index));
  return { period, inputs: Array<bigint>(COUNTS.I).fill(900_000n), deposit: 900_000n, state };
}

describe('a deal of 60 classes over 360 payment dates', () => {
  let machine: Machine;
  beforeAll(async () => {
    machine = await Machine.start();
  });
  afterAll(async () => {
    await machine.stop();
  });

  it('takes two pages of head and nineteen of rows', () => {
    const lengths = programPages(program.bytes).map(({ length }) => length);
    expect(program.bytes.length).toBeGreaterThan(460_800);
    expect(program.bytes.length).toBeLessThan(MAX_PROGRAM_BYTES);
    expect(lengths.length).toBe(21);
    // 19 rows of 1,280 bytes to a page; the last page has 360 − 18 × 19 = 18.
    expect(lengths.slice(2)).toEqual([...Array<number>(18).fill(24_320), 23_040]);
  });

  it('ends in the same slots and transfers as in the exact executor, on the first and last row of pages', async () => {
    const runs = [1, 19, 20, 38, 39, 342, 343, 360].map(runOf);
    expect(await differences(machine, program, runs)).toEqual([]);
  });
});

describe('storing it', () => {
  it('takes transactions that a chain accepts, and a vault then settles from it', async () => {
    // The vault of one class, since 60 tokens of 360 dates take long to deploy; the program is of the same size.
    const shape = { ...SMALL, constants: 300, row: ROW, rows: ROWS, scratch: 400, filler: 4_000 };
    const large = settlingProgram(shape);
    const vault = await VaultLife.open({ program: large, initialState: initialStateOf(shape) });
    try {
      expect(vault.storing.length).toBe(programPages(large.bytes).length + 1);
      console.log(
        `storing ${large.bytes.length} bytes took ${vault.storing.join(', ')} gas; settling at most ${gasBound(large).steady}`,
      );
      expect(Math.max(...vault.storing)).toBeLessThan(TRANSACTION_GAS);
      const [month] = monthsOf(shape, large);
      const { inputs, deposit } = month!.run;
      const { gasUsed } = await vault.settle({ inputs, deposit, resultHash: month!.result.resultHash });
      expect(gasUsed).toBeLessThanOrEqual(gasBound(large).steady);
    } finally {
      await vault.stop();
    }
  });
});
