import { groupMoney } from '@weir/money';
import type { CompiledDeal, CompiledStep, StepKind } from '../compile/compiled-deal.js';
import { labelOf, wordsOf } from '../compile/label.js';
import type { RunResult } from '../execute/result.js';
import type { Transfer } from '../execute/hashes.js';
import { regionOf } from '../program/program.js';

/** One payment of a run: which step of the document paid what, from where, to whom. Amounts in cents. */
export interface TraceStep {
  /** 1, 2, 3 … in the order of payment. */
  step: number;
  /** The document's name for the step; several payments may share it. */
  id: string;
  /** The step's number in the document's priority of payments; 0 for the collections before it. */
  number: number;
  label: string;
  kind: StepKind;
  /** What the step is about: the tranche of an interest step, the fee of a fee step, and the like. */
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

type Payment = Omit<TraceStep, 'sentence' | 'step'> & {
  fromLabel: string;
  toLabel: string;
  many: boolean;
  excess: boolean;
};

function sentenceOf(payment: Payment): string {
  const { number, label, kind, fromLabel, toLabel, due, paid, short, many, excess } = payment;
  const head = number > 0 ? `Step ${number}, ${label}` : label;
  const amount = groupMoney(paid);
  if (kind === 'residual') return `${head}: ${amount}, all that was left in ${fromLabel}, paid to ${toLabel}.`;
  if (excess) return `${head}: ${amount} was deposited in excess and is held in ${toLabel}.`;
  if (due === 0n) return `${head}: ${kind === 'reserve' ? `${toLabel} is at its target` : 'nothing is due'}.`;
  const owed = `${head}: due ${groupMoney(due)}${many ? ` to ${toLabel}` : ''}, paid ${amount} from ${fromLabel}`;
  return short === 0n ? `${owed}.` : `${owed}, short ${groupMoney(short)}.`;
}

function stepsByOffset(compiled: CompiledDeal): Map<number, CompiledStep> {
  return new Map(compiled.steps.flatMap((step) => step.pays.map((offset) => [offset, step] as const)));
}

/** How a cash slot is called in a sentence: classes by their labels, accounts by their names, payees by their parties. */
function placeLabel(compiled: CompiledDeal, slot: number): string {
  const { layout } = compiled.program;
  const region = regionOf(layout, slot);
  const index = slot - layout.regions[region].first;
  if (region === 'C') return 'the deposit';
  const classes = 2 * compiled.tranches.length;
  if (region === 'X' && index < classes) return compiled.tranches[index >> 1]?.label ?? '';
  if (region === 'X') return `the ${wordsOf(compiled.payees[index - classes]?.party ?? 'payee')}`;
  return labelOf(compiled.symbols[slot] ?? `slot ${slot}`);
}

/** Steps that pay to more than one place, by id. */
function stepsWithManyEnds({ program, steps }: CompiledDeal): Set<string> {
  const toOf = new Map(
    program.code.filter(({ op }) => op === 'PAY').map(({ offset, operands }) => [offset, operands[1]]),
  );
  return new Set(steps.filter(({ pays }) => new Set(pays.map((pay) => toOf.get(pay))).size > 1).map(({ id }) => id));
}

function paymentOf(compiled: CompiledDeal, step: CompiledStep, transfer: Transfer, many: boolean): Payment {
  const { id, number, label, kind, subject, line, column } = step;
  const name = (slot: number): string => compiled.symbols[slot] ?? `slot ${slot}`;
  const { due, amount, offset } = transfer;
  return {
    ...{ id, number, label, kind, subject },
    from: name(transfer.from),
    to: name(transfer.to),
    ...{ due, paid: amount, short: due - amount, line, column, offset },
    fromLabel: placeLabel(compiled, transfer.from),
    toLabel: placeLabel(compiled, transfer.to),
    many: many && kind !== 'collections',
    excess: kind === 'collections' && offset === step.pays.at(-1),
  };
}

/** A source that had nothing is not worth a line when the step asks another one (`next`) for the same. */
function isPassedOn(transfer: Transfer, next: Transfer | undefined): boolean {
  return transfer.amount === 0n && transfer.due > 0n && next?.due === transfer.due;
}

/**
 * The run in the document's words: every payment in order. A payment with nothing due is left out unless its step has
 * no other, so that every step appears. The amounts paid are exactly the run's transfers.
 */
export function explainRun(compiled: CompiledDeal, run: Pick<RunResult, 'transfers'>): TraceStep[] {
  const steps = stepsByOffset(compiled);
  const many = stepsWithManyEnds(compiled);
  const seen = new Set<string>();
  const payments: Payment[] = [];
  run.transfers.forEach((transfer, index) => {
    const step = steps.get(transfer.offset);
    if (!step) return;
    const later = run.transfers.slice(index + 1).filter(({ offset }) => steps.get(offset) === step);
    if (transfer.due === 0n && (seen.has(step.id) || later.some(({ due }) => due > 0n))) return;
    if (
      isPassedOn(
        transfer,
        later.find(({ to }) => to === transfer.to),
      )
    )
      return;
    seen.add(step.id);
    payments.push(paymentOf(compiled, step, transfer, many.has(step.id)));
  });
  return payments.map((payment, index) => {
    const { fromLabel: _from, toLabel: _to, many: _many, excess: _excess, ...step } = payment;
    return { step: index + 1, ...step, sentence: sentenceOf(payment) };
  });
}
