import { groupMoney } from '@weir/money';
import type { CompiledDeal, CompiledStep, StepKind } from '../compile/compiled-deal.js';
import type { RunResult } from '../execute/result.js';
import type { Transfer } from '../execute/hashes.js';

/** One payment of a run: which step of the document paid what, from where, to whom. Amounts in cents. */
export interface TraceStep {
  /** 1, 2, 3 … in the order of payment. */
  step: number;
  /** The document's name for the step; several payments may share it. */
  id: string;
  label: string;
  kind: StepKind;
  /** The tranche of an interest step, the fee of a fee step. */
  subject: string | null;
  /** `deposit`, an account, or (in `to`) a sink such as `A interest`, `A principal`, `servicing`, `residual`. */
  from: string;
  to: string;
  due: bigint;
  paid: bigint;
  short: bigint;
  /** The same in words. */
  sentence: string;
  /** Where the step stands in the deal document, and its PAY in the code. */
  line: number;
  column: number;
  offset: number;
}

type Payment = Omit<TraceStep, 'sentence' | 'step'> & { excess: boolean };

function sentenceOf({ label, kind, from, to, due, paid, short, excess }: Payment): string {
  const amount = groupMoney(paid);
  if (kind === 'residual') return `${label}: the ${amount} left in ${from} is paid out.`;
  if (excess) return `${label}: ${amount} was deposited in excess and is held in ${to}.`;
  if (due === 0n)
    return kind === 'reserve' ? `${label}: ${to} is at its target.` : `${label}: nothing is due to ${to}.`;
  const owed = `${label}: ${groupMoney(due)} due to ${to}`;
  if (short === 0n) return `${owed}, paid in full from ${from}.`;
  return `${owed}, ${amount} paid from ${from}, ${groupMoney(short)} short.`;
}

function stepsByOffset(compiled: CompiledDeal): Map<number, CompiledStep> {
  return new Map(compiled.steps.flatMap((step) => step.pays.map((offset) => [offset, step] as const)));
}

function paymentOf(compiled: CompiledDeal, step: CompiledStep, transfer: Transfer): Payment {
  const { id, label, kind, subject, line, column } = step;
  const name = (slot: number): string => compiled.symbols[slot] ?? `slot ${slot}`;
  const { due, amount, offset } = transfer;
  const ends = { from: name(transfer.from), to: name(transfer.to) };
  const excess = kind === 'collections' && offset === step.pays.at(-1);
  return { id, label, kind, subject, ...ends, due, paid: amount, short: due - amount, line, column, offset, excess };
}

/** A source that had nothing, with another after it that is asked for the same, is not worth a line. */
function isPassedOn(transfer: Transfer, next: Transfer | undefined): boolean {
  return transfer.amount === 0n && transfer.due > 0n && next?.to === transfer.to && next.due === transfer.due;
}

/**
 * The run in the document's words: every payment in order. A payment with nothing due is left out unless it is the
 * first of its step, so that every step appears. The amounts paid are exactly the run's transfers.
 */
export function explainRun(compiled: CompiledDeal, run: Pick<RunResult, 'transfers'>): TraceStep[] {
  const steps = stepsByOffset(compiled);
  const seen = new Set<string>();
  const payments: Payment[] = [];
  run.transfers.forEach((transfer, index) => {
    const step = steps.get(transfer.offset);
    if (!step || (transfer.due === 0n && seen.has(step.id))) return;
    const next = run.transfers[index + 1];
    if (isPassedOn(transfer, next) && next && steps.get(next.offset) === step) return;
    seen.add(step.id);
    payments.push(paymentOf(compiled, step, transfer));
  });
  return payments.map(({ excess, ...payment }, index) => ({
    step: index + 1,
    ...payment,
    sentence: sentenceOf({ ...payment, excess }),
  }));
}
