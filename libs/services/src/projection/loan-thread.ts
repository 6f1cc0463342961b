import { parentPort, workerData } from 'node:worker_threads';
import { type EnginePlan, type LoanColumns, LoanEngine } from '@weir/collateral';
import type { ThreadRequest } from './loan-threads.js';

// One thread of a projection: it holds the pool, takes a plan, and then answers each batch of loans with its sums.
const pool = workerData as LoanColumns;
let engine: LoanEngine | null = null;

function startWith(plan: EnginePlan): void {
  engine = new LoanEngine(pool, plan);
}

parentPort?.on('message', (request: ThreadRequest) => {
  if (request.kind === 'plan') return startWith(request.plan);
  const sums = engine?.batch(request.from, request.to) ?? new Float64Array(0);
  parentPort?.postMessage({ index: request.index, sums }, [sums.buffer as ArrayBuffer]);
});
