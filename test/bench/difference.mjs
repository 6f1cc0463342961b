import { compileProjection, executeRemitted } from '@weir/waterfall';
import { sampleDeal, samplePath } from './sample.mjs';

const LIVES = 1000;
/** Micro-units in a cent. */
const MICRO = 10_000;

/** The largest difference between the projection and the exact executor, in any slot, over whole lives of the sample deal. */
export async function* difference() {
  const compiled = sampleDeal();
  const { program, initialState } = compiled;
  const { slots, rows } = program.layout;
  const projection = compileProjection(program);
  const watch = Array.from({ length: slots }, (_, slot) => slot);
  const opening = Float64Array.from(initialState, Number);
  const rest = { firstPeriod: 1, periods: rows, deposits: 'remittance', state: opening, watch };
  let largest = 0;
  for (let seed = 1; seed <= LIVES; seed++) {
    const months = samplePath(compiled, seed, rows);
    const { values, fault } = projection.run({ ...rest, inputs: Float64Array.from(months.flat()) });
    if (fault) throw new RangeError(`life ${seed} stopped: ${JSON.stringify(fault)}`);
    let state = initialState;
    months.forEach((words, month) => {
      const result = executeRemitted(program, { period: month + 1, inputs: words.map(BigInt), state });
      state = result.state;
      result.slots.forEach((word, slot) => {
        largest = Math.max(largest, Math.abs(values[month * slots + slot] - Number(word)));
      });
    });
  }
  const what = `${LIVES} lives of ${rows} payment dates, ${LIVES * rows * slots} values`;
  yield { name: `projection against exact, largest difference, ${what}`, figure: largest * MICRO, unit: 'micro-units' };
}
