import type { EntityManager } from 'typeorm';
import { execute, type CompiledDeal, type RunResult } from '@weir/waterfall';
import { NotFound } from '../problem.js';
import { DealStateRecord, PaymentRecord, openingOf } from './entities.js';
import { ResultNotReproduced } from './errors.js';

/**
 * Runs a settled period again from what the chain said of it, and demands the result that was paid.
 * @throws ResultNotReproduced
 */
export async function settledRun(
  manager: EntityManager,
  compiled: CompiledDeal,
  dealId: string,
  period: number,
): Promise<RunResult> {
  const payment = await manager.findOneBy(PaymentRecord, { dealId, period });
  const before = await manager.findOneBy(DealStateRecord, { dealId, period: period - 1 });
  if (payment === null || before === null) throw new NotFound('settled period', String(period));
  const run = execute(compiled.program, {
    period,
    inputs: payment.inputs.map(BigInt),
    deposit: BigInt(payment.deposit),
    state: openingOf(before).state.map(BigInt),
  });
  if (run.resultHash !== payment.resultHash) throw new ResultNotReproduced(period, payment.resultHash, run.resultHash);
  return run;
}
