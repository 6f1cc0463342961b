import { execute, executeRemitted } from '@weir/waterfall';
import { rate } from './measure.mjs';
import { PATHS, PERIODS, sampleDeal, samplePath } from './sample.mjs';

/** Whole paths with what is to be remitted, so that both entries run the same months. */
function lives(compiled) {
  return Array.from({ length: PATHS }, (_, seed) => {
    let state = compiled.initialState;
    return samplePath(compiled, seed + 1).map((words, index) => {
      const inputs = words.map(BigInt);
      const result = executeRemitted(compiled.program, { period: index + 1, inputs, state });
      state = result.state;
      return {
        inputs,
        deposit: result.slots[compiled.program.layout.regions.S.first + compiled.program.layout.tranches],
      };
    });
  });
}

/** Payment dates a second with the trace: every transfer with what was due, fell short and where in the code. */
export async function* exact() {
  const compiled = sampleDeal();
  const { program, initialState } = compiled;
  const all = lives(compiled);
  const over = (pay) => {
    let next = 0;
    return () => all[next++ % PATHS].reduce((state, month, index) => pay(index + 1, month, state).state, initialState);
  };
  const given = over((period, { inputs, deposit }, state) => execute(program, { period, inputs, deposit, state }));
  const due = over((period, { inputs }, state) => executeRemitted(program, { period, inputs, state }));
  const hashed = over((period, { inputs, deposit }, state) => {
    const result = execute(program, { period, inputs, deposit, state });
    if (result.resultHash === result.stateHash) throw new RangeError('the hashes of a run are the same');
    return result;
  });
  const unit = 'payment dates/s';
  yield { name: 'exact, with trace', figure: await rate(given, PERIODS), unit, target: '≥ 150,000' };
  yield { name: 'exact, deposit as due, with trace', figure: await rate(due, PERIODS), unit };
  yield { name: 'exact, with trace and both hashes', figure: await rate(hashed, PERIODS), unit };
}
