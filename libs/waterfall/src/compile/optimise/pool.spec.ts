import { describe, expect, it } from '@jest/globals';
import type { OpName } from '../../program/opcodes.js';
import type { Label, Pending, Ref } from '../pending.js';
import { poolScratch } from './pool.js';

const INPUT: Ref = { region: 'I', index: 0 };

/** `t0` … scratch, `i` an input, `:0` a label. */
function operandOf(text: string): Ref | Label {
  if (text === 'i') return INPUT;
  const index = Number(text.slice(1));
  return text.startsWith(':') ? { label: index } : { region: 'T', index };
}

/** Places of scratch slots, of which those in `kept` have names. */
function placesOf(
  slots: number,
  kept: Record<number, string>,
  ...lines: string[]
): { names: string[]; places: number[] } {
  const code = lines.map((line, id): Pending => {
    const [op, ...operands] = line.split(' ');
    if (op!.startsWith(':')) return { op: null, operands: [operandOf(op!)], place: null, id, step: null };
    return { op: op as OpName, operands: operands.map(operandOf), place: null, id, step: null };
  });
  const names = Array.from({ length: slots }, (_, index) => kept[index] ?? `t${index}`);
  const { names: pooled, place } = poolScratch(code, names, ({ region, index }) => region === 'T' && !(index in kept));
  return { names: pooled, places: names.map((_, index) => place(index)) };
}

describe('scratch slots share a place', () => {
  it('when the one is read no more as the other is written', () => {
    expect(placesOf(3, {}, 'MOV t0 i', 'ADD t1 t0 i', 'ADD t2 t1 i', 'JZ t2 :0', ':0')).toEqual({
      names: ['t0'],
      places: [0, 0, 0],
    });
  });

  it('but not while both live', () => {
    // t0 is read last by what writes t2, t1 by what comes after
    expect(placesOf(3, {}, 'MOV t0 i', 'MOV t1 i', 'ADD t2 t0 i', 'ADD t2 t1 t2')).toEqual({
      names: ['t0', 't1'],
      places: [0, 1, 0],
    });
  });

  it('of which the first that is free is taken', () => {
    expect(placesOf(4, {}, 'MOV t0 i', 'MOV t1 i', 'ADD t2 t0 t1', 'ADD t3 t2 i', 'ADD t3 t3 t2').places).toEqual([
      0, 1, 0, 1,
    ]);
  });

  it('after those with names, which keep their own', () => {
    expect(placesOf(3, { 1: 'due' }, 'MOV t0 i', 'ADD t1 t0 i', 'ADD t2 t1 i')).toEqual({
      names: ['due', 't1'],
      places: [1, 0, 1],
    });
  });
});

describe('a slot that must read zero where its write is leapt over', () => {
  it.each(['JZ i :0', 'JMP :0'])('has a place of its own after %s', (jump) => {
    // t1 is written within the leap and read after it; t0 is free by then
    expect(placesOf(2, {}, 'MOV t0 i', 'ADD t0 t0 i', jump, 'MOV t1 i', ':0', 'ADD t1 t1 i')).toEqual({
      names: ['t0', 't1'],
      places: [1, 0],
    });
  });

  it('and shares when it is read within the leap alone', () => {
    expect(placesOf(2, {}, 'MOV t0 i', 'JZ t0 :0', 'MOV t1 i', 'ADD t1 t1 i', ':0').places).toEqual([0, 0]);
  });

  it('or when it is written before the jump or after the label', () => {
    expect(placesOf(2, {}, 'MOV t0 i', 'MOV t1 t0', 'JZ i :0', 'MOV t1 i', ':0', 'ADD t1 t1 i').places).toEqual([0, 0]);
    expect(placesOf(2, {}, 'MOV t0 i', 'JZ t0 :0', ':0', 'MOV t1 i', 'ADD t1 t1 i').places).toEqual([0, 0]);
  });

  it('also when each of two leaps has a write', () => {
    const code = ['MOV t0 i', 'JZ t0 :0', 'MOV t1 i', 'JMP :1', ':0', 'MOV t1 i', ':1', 'ADD t1 t1 i'];
    expect(placesOf(2, {}, ...code).places).toEqual([1, 0]);
  });

  it('has a place of its own when it is read before it is written', () => {
    expect(placesOf(2, {}, 'MOV t0 i', 'ADD t1 t1 t0')).toEqual({ names: ['t0', 't1'], places: [1, 0] });
  });
});
