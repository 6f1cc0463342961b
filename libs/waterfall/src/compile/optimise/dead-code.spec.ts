import { describe, expect, it } from '@jest/globals';
import type { OpName } from '../../program/opcodes.js';
import type { Label, Pending, Ref } from '../pending.js';
import { withoutDeadCode } from './dead-code.js';

const LETTERS = { t: 'T', k: 'T', s: 'S', i: 'I', a: 'A', x: 'X', c: 'C' } as const;

/** `t0` … scratch that may go, `k5` … named scratch that must stay, `s0` state, `i0` input, `:0` a label. */
function operandOf(text: string): Ref | Label {
  if (text.startsWith(':')) return { label: Number(text.slice(1)) };
  return { region: LETTERS[text[0] as keyof typeof LETTERS], index: Number(text.slice(1)) };
}

const isFree = ({ region, index }: Ref): boolean => region === 'T' && index < 5;

function textOf(operand: Ref | Label): string {
  if ('label' in operand) return `:${operand.label}`;
  if (operand.region === 'T') return `${operand.index < 5 ? 't' : 'k'}${operand.index}`;
  return `${operand.region.toLowerCase()}${operand.index}`;
}

function left(...lines: string[]): string[] {
  const code = lines.map((line, id): Pending => {
    const [op, ...operands] = line.split(' ');
    if (op!.startsWith(':')) return { op: null, operands: [operandOf(op!)], place: null, id, step: null };
    return { op: op as OpName, operands: operands.map(operandOf), place: null, id, step: null };
  });
  return withoutDeadCode(code, isFree).map(({ op, operands }) =>
    [...(op === null ? [] : [op]), ...operands.map(textOf)].join(' '),
  );
}

describe('what nothing reads', () => {
  it('is left out, and what only served it', () => {
    expect(left('ADD t0 i0 i1', 'ADD t1 t0 i0', 'MOV s0 i0')).toEqual(['MOV s0 i0']);
    // t0 is read before it is written again
    expect(left('ADD t0 i0 i1', 'ADD s0 t0 i1', 'ADD s1 t0 i0')).toEqual([
      'ADD t0 i0 i1',
      'ADD s0 t0 i1',
      'ADD s1 t0 i0',
    ]);
  });

  it('stays when others know the slot, and when it moves cash or leads on', () => {
    const code = ['ADD k5 i0 i1', 'ADD s0 i0 i1', 'PAY a0 x0 i0 t0', 'JZ i0 :0', 'JMP :0', ':0', 'END'];
    expect(left(...code)).toEqual(code);
  });
});

describe('a copy of what only the copy knows', () => {
  it('is computed in its place', () => {
    expect(left('ADD t0 i0 i1', 'MOV s0 t0')).toEqual(['ADD s0 i0 i1']);
    expect(left('MOV t0 i0', 'MOV k5 t0')).toEqual(['MOV k5 i0']);
    expect(left('MULN t0 i0 i1 i0', 'MOV s0 t0', 'ADD t1 i0 i1', 'MOV s1 t1')).toEqual([
      'MULN s0 i0 i1 i0',
      'ADD s1 i0 i1',
    ]);
    expect(left('SEL t1 i0 i1 i0', 'MOV t0 t1', 'ADD s0 t0 t0')).toEqual(['SEL t0 i0 i1 i0', 'ADD s0 t0 t0']);
  });

  it.each<[string, ...string[]]>([
    ['it is read again', 'ADD t0 i0 i1', 'MOV s0 t0', 'MOV s1 t0'],
    ['it was written before', 'MOV t0 i0', 'ADD t0 t0 i1', 'MOV s0 t0'],
    ['something stands between', 'ADD t0 i0 i1', 'ADD s1 i0 i1', 'MOV s0 t0'],
    ['a label stands between', 'ADD t0 i0 i1', ':0', 'MOV s0 t0'],
    ['another slot is copied', 'ADD t0 i0 i1', 'MOV s0 i1', 'ADD s1 t0 i0'],
    ['a slot of another region is copied', 'ADD t1 i0 i1', 'MOV s0 i1', 'ADD s1 t1 i0'],
    ['it is more than copied', 'ADD t0 i0 i1', 'ADD s0 t0 i0'],
    ['others know it', 'ADD k5 i0 i1', 'MOV s0 k5'],
    ['it is the short of a payment', 'PAY a0 x0 i0 t0', 'MOV s0 t0'],
    ['it is what a payment pays from', 'PAY a0 x0 i0 t0', 'MOV s0 a0'],
    ['it decides a jump', 'JZ t0 :0', 'MOV s0 t0', ':0'],
    ['it is the first of the code', 'MOV s0 t0', 'MOV s1 i0'],
  ])('is made where %s', (_, ...code) => {
    expect(left(...code)).toEqual(code);
  });
});
