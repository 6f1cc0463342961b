import { beforeEach, describe, expect, it } from '@jest/globals';
import { Assembler } from './assembler.js';

let asm: Assembler;
beforeEach(() => {
  asm = new Assembler();
});

const opsOf = (emitting: () => void): (string | null)[] => asm.block(emitting).map(({ op }) => op);

describe('keeping a value under a name', () => {
  it('names the slot that holds it when nobody else has', () => {
    const slot = asm.scratch();
    expect(opsOf(() => expect(asm.keep('fee', slot)).toBe(slot))).toEqual([]);
    expect(asm.namesOf('T')).toEqual(['fee']);
    expect(asm.isUnnamed(slot)).toBe(false);
    expect(asm.named('fee')).toBe(slot);
  });

  it('copies it when the slot has a name, or the name a slot, or it is no scratch', () => {
    const slot = asm.keep('fee', asm.scratch());
    expect(opsOf(() => asm.keep('other', slot))).toEqual(['MOV']);
    expect(opsOf(() => asm.keep('fee', asm.scratch()))).toEqual(['MOV']);
    expect(opsOf(() => asm.keep('third', asm.slot('I', 'input')))).toEqual(['MOV']);
    expect(opsOf(() => asm.keep('fourth', 5n))).toEqual(['MOV']);
    expect(asm.namesOf('T')).toEqual(['fee', 'other', 't2', 'third', 'fourth']);
  });

  it('does not take an input for the scratch slot of its place', () => {
    const scratch = asm.scratch();
    const input = asm.slot('I', 'input');
    expect(input.index).toBe(scratch.index);
    asm.block(() => asm.keep('name', input));
    expect(asm.isUnnamed(scratch)).toBe(true);
    expect(asm.isUnnamed(input)).toBe(false);
  });
});

describe('a program', () => {
  it('has its instructions where jumps look for them, and their lines', () => {
    const [input, state] = [asm.slot('I', 'input'), asm.slot('S', 'state')];
    asm.slot('C', 'deposit');
    asm.place = { line: 4, column: 2 };
    const [skip, end] = [asm.label(), asm.label()];
    expect([skip, end]).toEqual([{ label: 0 }, { label: 1 }]);
    // JZ takes 1 + 2 × 2 bytes, ADD 7, JMP 3, MOV 5, END 1
    const jump = asm.emit('JZ', input, skip);
    asm.emit('ADD', state, state, 7n);
    asm.emit('JMP', end);
    asm.put(skip);
    const move = asm.emit('MOV', state, 7n);
    asm.put(end);
    const { program, offsetOf, lines, symbols, slotOf } = asm.finish(0, [[]]);
    expect(program.code.map(({ op, offset }) => [op, offset])).toEqual([
      ['JZ', 0],
      ['ADD', 5],
      ['JMP', 12],
      ['MOV', 15],
      ['END', 20],
    ]);
    expect([offsetOf(jump), offsetOf(move)]).toEqual([0, 15]);
    // K: 7; then the input, the deposit, state
    expect(symbols).toEqual(['7', 'input', 'deposit', 'state']);
    expect([slotOf(input), slotOf(state)]).toEqual([1, 3]);
    expect(program.code.map(({ operands }) => operands)).toEqual([[1, 15], [3, 3, 0], [20], [3, 0], []]);
    expect([...lines.keys()]).toEqual([0, 5, 12, 15]);
    expect(lines.get(15)).toEqual({ line: 4, column: 2 });
  });

  it('leaves a place as it was after a block, also when the block throws', () => {
    const place = { line: 1, column: 1 };
    asm.place = place;
    const broken = (): void => {
      asm.place = null;
      throw new RangeError('broken');
    };
    expect(() => asm.block(broken)).toThrow(RangeError);
    expect(asm.place).toBe(place);
  });
});
