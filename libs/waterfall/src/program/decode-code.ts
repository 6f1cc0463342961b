import { getNumber } from './bytes.js';
import { ProgramError } from './errors.js';
import { type OperandKind, OPS, operandsOf, sizeOf } from './opcodes.js';
import { type Instruction, type Layout, regionOf } from './program.js';

const ALLOWED: Record<'write' | 'from' | 'to', { regions: string; rule: 'write' | 'pay-from' | 'pay-to' }> = {
  write: { regions: 'ST', rule: 'write' },
  from: { regions: 'CA', rule: 'pay-from' },
  to: { regions: 'AX', rule: 'pay-to' },
};

function readSlot(operand: number, kind: Exclude<OperandKind, 'jump'>, layout: Layout, at: number): number {
  if (operand % 32 !== 0) throw new ProgramError('operand', at, `slot operand ${operand} is not a multiple of 32`);
  const slot = operand / 32;
  if (slot >= layout.slots) throw new ProgramError('operand', at, `slot ${slot} lies outside the frame`);
  if (kind === 'read') return slot;
  const { regions, rule } = ALLOWED[kind];
  const region = regionOf(layout, slot);
  if (!regions.includes(region)) {
    throw new ProgramError(rule, at, `slot ${slot} is in ${region}, but must be in ${[...regions].join(' or ')}`);
  }
  return slot;
}

function readInstruction(bytes: Uint8Array, layout: Layout, start: number, offset: number): Instruction {
  const at = start + offset;
  const op = OPS[bytes[at] ?? 255];
  if (op === undefined) throw new ProgramError('opcode', at, `opcode ${bytes[at]} is unknown`);
  if (offset + sizeOf(op) > layout.codeLength) throw new ProgramError('truncated', at, `${op} runs past the code`);
  const operands = operandsOf(op).map((kind, index) => {
    const position = at + 1 + 2 * index;
    const operand = getNumber(bytes, position, 2);
    return kind === 'jump' ? operand : readSlot(operand, kind, layout, position);
  });
  if (op === 'PAY' && operands[0] === operands[1]) throw new ProgramError('pay-same', at, 'PAY to its own source');
  return { offset, op, operands };
}

function checkJumps(code: readonly Instruction[], start: number): void {
  const boundaries = new Set(code.map((instruction) => instruction.offset));
  for (const { offset, op, operands } of code) {
    if (op !== 'JZ' && op !== 'JMP') continue;
    const target = operands.at(-1) ?? 0;
    if (target <= offset || !boundaries.has(target)) {
      throw new ProgramError('jump', start + offset, `target ${target} is no later instruction`);
    }
  }
}

/** Reads and validates the code. Offsets in the result count from the start of the code. @throws ProgramError */
export function readCode(bytes: Uint8Array, layout: Layout, start: number): Instruction[] {
  const code: Instruction[] = [];
  let offset = 0;
  while (offset < layout.codeLength) {
    const instruction = readInstruction(bytes, layout, start, offset);
    offset += sizeOf(instruction.op);
    if ((instruction.op === 'END') !== (offset === layout.codeLength)) {
      throw new ProgramError('end', start + instruction.offset, 'END must be the last instruction and the only END');
    }
    code.push(instruction);
  }
  const pays = code.filter((instruction) => instruction.op === 'PAY').length;
  if (pays !== layout.pays) throw new ProgramError('pay-count', 23, `the code has ${pays} PAY, not ${layout.pays}`);
  checkJumps(code, start);
  return code;
}
