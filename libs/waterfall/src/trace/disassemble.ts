import type { CompiledDeal } from '../compile/compiled-deal.js';
import { operandsOf } from '../program/opcodes.js';
import { type Instruction, type Program, regionOf, REGIONS } from '../program/program.js';

function slotName(program: Program, slot: number, symbols: readonly string[] | undefined): string {
  const region = regionOf(program.layout, slot);
  const index = slot - program.layout.regions[region].first;
  if (region === 'K') return `#${program.constants[index]}`;
  return symbols?.[slot] ? `${region}${index}(${symbols[slot]})` : `${region}${index}`;
}

function line(program: Program, instruction: Instruction, compiled: Printed | undefined): string {
  const { offset, op, operands } = instruction;
  const kinds = operandsOf(op);
  const names = operands.map((operand, index) =>
    kinds[index] === 'jump' ? `@${operand}` : slotName(program, operand, compiled?.symbols),
  );
  const text = `${offset.toString().padStart(6)}  ${op.padEnd(4)} ${names.join(' ')}`.trimEnd();
  const place = compiled?.lines.get(offset);
  return place ? `${text.padEnd(NOTE_COLUMN)} ; ${place.line}:${place.column}` : text;
}

/** Where the place in the document stands, when the instruction is not longer. */
const NOTE_COLUMN = 72;

type Printed = Pick<CompiledDeal, 'symbols' | 'steps' | 'lines'>;

/**
 * The program as text, one instruction a line: byte offset, operation, operands. Constants stand as #value; with the
 * compiled deal, slots carry their names, each instruction the line and column of the document that asked for it, and each
 * step of the document has a heading.
 */
export function disassemble(program: Program, compiled?: Printed): string {
  const { layout, hash } = program;
  const sizes = REGIONS.map((name) => `${name} ${layout.regions[name].count}`).join(', ');
  const head = [`; program ${hash}`, `; slots: ${sizes}; ${layout.rows} payment dates; ${layout.pays} PAY`];
  const firstPays = new Map(compiled?.steps.map((step) => [step.pays[0], step]) ?? []);
  const body = program.code.flatMap((instruction) => {
    const step = firstPays.get(instruction.offset);
    const heading = step ? [`; ${step.label} (line ${step.line})`] : [];
    return [...heading, line(program, instruction, compiled)];
  });
  return `${[...head, ...body].join('\n')}\n`;
}
