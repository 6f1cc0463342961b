import type { DealState } from '@weir/deal';
import { RATE_SCALE } from '@weir/money';
import type { Operand } from '../assembler.js';
import type { Build } from '../build.js';
import { sumOf } from '../sum.js';

const numberOf = (index: number): bigint => BigInt(index) * RATE_SCALE;

/** Whether the deal stands in a state from which this one may be entered. */
function mayEnter(build: Build, { from }: DealState, index: number, present: Operand): Operand {
  if (from === null) return build.op('LT', present, numberOf(index));
  const positions = from
    .map((name) => build.deal.states.findIndex((state) => state.name === name))
    .filter((position) => position >= 0);
  return positions.reduce<Operand>((any, position) => {
    const here = build.op('EQ', present, numberOf(position));
    return any === 0n ? here : build.op('OR', any, here);
  }, 0n);
}

/**
 * Defines the states. `state` is the place of the present one in the list, counted from 0, after the deal has entered the
 * last one whose condition holds; `state.NAME` are the flags.
 */
export function defineStates(build: Build): void {
  const { states } = build.deal;
  if (states.length === 0) return;
  const word = build.stateSlot('state', 0n);
  build.define('state', 'ratio', () => {
    let entered: Operand = word;
    states.forEach((state, index) => {
      if (!state.when) return;
      const holds = build.op('AND', build.flag(state.when), mayEnter(build, state, index, word));
      entered = build.op('SEL', holds, numberOf(index), entered);
    });
    if (entered !== word) build.asm.emit('MOV', word, entered);
    return sumOf(entered);
  });
  states.forEach(({ name }, index) => {
    build.define(`state.${name}`, 'flag', () => sumOf(build.op('EQ', build.readValue('state'), numberOf(index))));
  });
}

/** Makes a state the one of the next payment date. */
export function enterState(build: Build, name: string): void {
  const index = build.deal.states.findIndex((state) => state.name === name);
  if (index >= 0) build.asm.emit('MOV', build.stateSlot('state'), numberOf(index));
}
