import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { decodeProgram, encodeParts, ProgramError, type Program, type ProgramParts } from '@weir/waterfall';
import { compileText } from '../../libs/waterfall/fixtures/sample-deal.js';
import { programCase } from './cases.js';
import { Machine } from './machine.js';
import { MUTATIONS } from './mutants.js';
import { Random } from './random.js';

jest.setTimeout(60_000);

let machine: Machine;
beforeAll(async () => {
  machine = await Machine.start();
});
afterAll(async () => {
  await machine.stop();
});

/** The rule by which the TypeScript validator refuses the bytes, or null when they are a program. */
function ruleOf(bytes: Uint8Array): string | null {
  try {
    decodeProgram(bytes);
    return null;
  } catch (error) {
    if (error instanceof ProgramError) return error.rule;
    throw error;
  }
}

/** Blobs on which the two validators disagree, with what each says. */
async function disagreements(blobs: readonly Uint8Array[]): Promise<string[]> {
  const evm = await machine.validate(blobs);
  return blobs.flatMap((blob, index) => {
    const [rule, error] = [ruleOf(blob), evm[index] ?? null];
    return (rule === null) === (error === null) ? [] : [`${index}: decodeProgram ${rule}, ProgramValidator ${error}`];
  });
}

describe('the validators of TypeScript and of the chain', () => {
  const programs: Program[] = Array.from({ length: 25 }, (_, seed) => programCase(seed + 7_000).program);
  const sample = compileText().program;
  const rules = new Set<string>();

  it.each(Object.keys(MUTATIONS))('accept and refuse the same programs: %s', async (name) => {
    const random = new Random([...name].reduce((sum, letter) => 31 * sum + letter.charCodeAt(0), 0));
    const mutate = MUTATIONS[name]!;
    const small = programs.flatMap((program) => [
      mutate(random, program),
      mutate(random, program),
      mutate(random, program),
    ]);
    const large = Array.from({ length: 25 }, () => mutate(random, sample));
    const blobs = [...small, ...large];
    expect(await disagreements(blobs)).toEqual([]);
    for (const blob of blobs) rules.add(ruleOf(blob) ?? 'valid');
  });

  it('accept every unspoilt program', async () => {
    const blobs = [sample, ...programs].map(({ bytes }) => bytes);
    expect(blobs.map(ruleOf)).toEqual(blobs.map(() => null));
    expect(await machine.validate(blobs)).toEqual(blobs.map(() => null));
  });

  it('met every rule of docs/waterfall-program.md and valid programs among the 1,200 mutants', () => {
    const listed =
      'header version reserved deposit-slot slots tranche-slots rows length constant opcode truncated operand';
    const more = 'write pay-from pay-to pay-same pay-count jump end valid';
    expect([...rules].sort()).toEqual(`${listed} ${more}`.split(' ').sort());
  });
});

describe('a frame at the edge of a rule', () => {
  const counts = { K: 0, R: 0, I: 0, C: 1, A: 1, S: 3, X: 4, T: 0 };
  const parts: ProgramParts = {
    counts,
    tranches: 2,
    constants: [],
    code: [{ offset: 0, op: 'END', operands: [] }],
    rows: [[]],
  };
  const edges: [string, string | null, ProgramParts][] = [
    ['room for two tranches', null, parts],
    ['one state word too few', 'TrancheSlots', { ...parts, counts: { ...counts, S: 2 } }],
    ['one sink too few', 'TrancheSlots', { ...parts, counts: { ...counts, X: 3 } }],
    ['no state at all', 'TrancheSlots', { ...parts, tranches: 0, counts: { ...counts, S: 0 } }],
    ['no payment date', 'NoPaymentDate', { ...parts, rows: [] }],
    ['2,047 slots', null, { ...parts, counts: { ...counts, T: 2_038 } }],
    ['2,048 slots', 'TooManySlots', { ...parts, counts: { ...counts, T: 2_039 } }],
  ];

  it.each(edges)('%s', async (_, error, shape) => {
    const blob = encodeParts(shape);
    expect(await machine.validate([blob])).toEqual([error]);
    expect(ruleOf(blob) === null).toBe(error === null);
  });
});
