import { once } from 'node:events';
import { parentPort } from 'node:worker_threads';
import { laneWork } from './lanes.mjs';
import { rate } from './measure.mjs';
import { PERIODS, sampleDeal } from './sample.mjs';

// Says when it is warm, waits for its fellows, then measures and says its rate.
const compiled = sampleDeal();
const work = laneWork(compiled, compiled.program);
await rate(work, PERIODS);
parentPort.postMessage('warm');
await once(parentPort, 'message');
parentPort.postMessage(await rate(work, PERIODS));
parentPort.close();
