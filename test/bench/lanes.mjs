import { compileProjection } from '@weir/waterfall';
import { PATHS, PERIODS, samplePath, watched } from './sample.mjs';

/** The words of the paths that the benches go through. */
export function samplePaths(compiled) {
  return Array.from({ length: PATHS }, (_, seed) => Float64Array.from(samplePath(compiled, seed + 1).flat()));
}

/** Work that projects one path at each call, inputs and state copied in, on remittance. @returns the work */
export function laneWork(compiled, program) {
  const paths = samplePaths(compiled);
  const opening = Float64Array.from(compiled.initialState, Number);
  const lane = compileProjection(program).lane(PERIODS, watched(program));
  let next = 0;
  return () => {
    lane.inputs.set(paths[next++ % PATHS]);
    lane.state.set(opening);
    const fault = lane.run(1, PERIODS, true);
    if (fault) throw new RangeError(`the path stopped: ${JSON.stringify(fault)}`);
  };
}
