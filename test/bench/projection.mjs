import { Worker } from 'node:worker_threads';
import { compileProjection } from '@weir/waterfall';
import { laneWork, samplePaths } from './lanes.mjs';
import { rate } from './measure.mjs';
import { PATHS, PERIODS, repeated, sampleDeal, watched } from './sample.mjs';

const MILLION = 1e6;

/** Rates of `count` workers that project side by side, summed. */
async function workers(count) {
  const started = Array.from({ length: count }, () => new Worker(new URL('./lane-worker.mjs', import.meta.url)));
  const next = (worker) =>
    new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
    });
  await Promise.all(started.map(next));
  const rates = started.map(next);
  started.forEach((worker) => worker.postMessage('go'));
  const sum = (await Promise.all(rates)).reduce((total, one) => total + one, 0);
  await Promise.all(started.map((worker) => worker.terminate()));
  return sum;
}

/** Work that projects one path at each call by `run`, results allocated. */
function runWork(compiled) {
  const { program } = compiled;
  const projection = compileProjection(program);
  const paths = samplePaths(compiled);
  const state = Float64Array.from(compiled.initialState, Number);
  const rest = { firstPeriod: 1, periods: PERIODS, deposits: 'remittance', state, watch: watched(program) };
  let next = 0;
  return () => projection.run({ ...rest, inputs: paths[next++ % PATHS] });
}

/** The sample deal over 60 payment dates, and programs of 250 to 4,000 instructions. */
export async function* projection() {
  const compiled = sampleDeal();
  const { program } = compiled;
  const unit = 'M payment dates/s';
  const one = (await workers(1)) / MILLION;
  const what = `sample deal, ${program.code.length} instructions`;
  yield { name: `projection, ${what}, one core`, figure: one, unit, target: '≥ 10' };
  yield {
    name: 'projection, two workers',
    figure: (await workers(2)) / MILLION,
    unit,
    target: `≈ ${(2 * one).toFixed(1)}`,
  };
  yield {
    name: 'projection, path by path with results',
    figure: (await rate(runWork(compiled), PERIODS)) / MILLION,
    unit,
  };
  for (const wanted of [250, 1000, 4000]) {
    const copies = Math.round(wanted / program.code.length);
    const longer = repeated(program, copies);
    const dates = await rate(laneWork(compiled, longer), PERIODS);
    const name = `projection, ${longer.code.length} instructions`;
    yield { name, figure: dates / MILLION, unit };
    yield { name, figure: (dates * longer.code.length) / MILLION, unit: 'M instructions/s', target: 'level' };
  }
}
