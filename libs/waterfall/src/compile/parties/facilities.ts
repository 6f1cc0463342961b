import type { Facility } from '@weir/deal';
import type { Operand, Ref } from '../assembler.js';
import type { Build } from '../build.js';
import { sumOf } from '../sum.js';
import { drawnOf } from './words.js';

/** The slot of what a step will draw, known from the rehearsal; `FACILITY.draw` is zero until the step has drawn it. */
export function rehearsedDrawOf(build: Build, facility: string): Ref {
  return build.asm.named(`${facility}.rehearsed`);
}

/** min(draw, limit − drawn) as things stand. */
export function askedOf(build: Build, { name, draw, limit }: Facility): Operand {
  const asked = build.value(draw);
  return limit ? build.op('MIN', asked, build.op('SSUB', build.value(limit), drawnOf(build, name))) : asked;
}

/**
 * Makes FACILITY.draw and FACILITY.drawn known. Before the first step `drawn` is what was drawn earlier and not repaid;
 * from then on, or from the step that draws, it includes this draw.
 */
export function defineFacilities(build: Build): void {
  for (const facility of build.deal.facilities) {
    const { name, at } = facility;
    build.live(`${name}.drawn`, 'money', () => sumOf(drawnOf(build, name)));
    if (at === 'step') build.live(`${name}.draw`, 'money', () => sumOf(build.asm.named(`${name}.draw`)));
    else build.define(`${name}.draw`, 'money', () => sumOf(askedOf(build, facility)));
  }
}

/**
 * What is drawn before the first step is owed from here on. What a step draws is owed from there; it came in before, and a
 * deposit that fell short may have led by another way than past the step, so that the rest is owed at the end.
 */
export function drawFacilities(build: Build): void {
  for (const { name, at } of build.deal.facilities) {
    const drawn = drawnOf(build, name);
    if (at !== 'step') {
      build.asm.emit('ADD', drawn, drawn, build.readValue(`${name}.draw`));
      continue;
    }
    build.atEnd(() => {
      const undrawn = build.op('SUB', rehearsedDrawOf(build, name), build.asm.named(`${name}.draw`));
      build.asm.emit('ADD', drawn, drawn, undrawn);
    });
  }
}
