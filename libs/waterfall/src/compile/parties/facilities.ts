import type { Build } from '../build.js';
import { sumOf } from '../sum.js';
import { drawnOf } from './words.js';

/**
 * Makes FACILITY.draw = min(draw, limit − drawn) and FACILITY.drawn known. Before the first step `drawn` is what was
 * drawn earlier and not repaid; from then on it includes this draw.
 */
export function defineFacilities(build: Build): void {
  for (const { name, draw, limit } of build.deal.facilities) {
    build.live(`${name}.drawn`, 'money', () => sumOf(drawnOf(build, name)));
    build.define(`${name}.draw`, 'money', () => {
      const asked = build.value(draw);
      if (!limit) return sumOf(asked);
      return sumOf(build.op('MIN', asked, build.op('SSUB', build.value(limit), drawnOf(build, name))));
    });
  }
}

/** What is drawn is owed from here on. */
export function drawFacilities(build: Build): void {
  for (const { name } of build.deal.facilities) {
    const drawn = drawnOf(build, name);
    build.asm.emit('ADD', drawn, drawn, build.readValue(`${name}.draw`));
  }
}
