import { mulDiv, RATE_SCALE } from '@weir/money';
import type { CompiledDeal, RunResult, Transfer } from '@weir/waterfall';
import type { Figure, Term } from '../project/figures.js';

/** An exact run with what it began from. */
export interface ExactRun {
  readonly compiled: CompiledDeal;
  readonly result: Pick<RunResult, 'slots' | 'transfers'>;
  /** Account words, then state words, before the run. */
  readonly opening: readonly bigint[];
  readonly deposit: bigint;
}

function slotAt({ compiled, result, opening, deposit }: ExactRun, { slot, at }: Term): bigint {
  if (at === 'end') return result.slots[slot] ?? 0n;
  const { A, C } = compiled.program.layout.regions;
  return slot === C.first ? deposit : (opening[slot - A.first] ?? 0n);
}

const sumOf = (run: ExactRun, terms: readonly Term[]): bigint =>
  terms.reduce((sum, term) => sum + BigInt(term.sign) * slotAt(run, term), 0n);

const paidBy = (transfers: readonly Transfer[]): bigint => transfers.reduce((sum, { amount }) => sum + amount, 0n);

/** A figure of an exact run, in slot units; a factor is rounded half up. */
export function figureOfRun(run: ExactRun, figure: Figure): bigint {
  const { transfers, slots } = run.result;
  switch (figure.kind) {
    case 'constant':
      return figure.value;
    case 'slots':
      return sumOf(run, figure.terms);
    case 'factor':
      return mulDiv(sumOf(run, figure.terms), RATE_SCALE, figure.over, 'half-up');
    case 'shares': {
      const shares = figure.parts.map(({ share, terms }) => mulDiv(sumOf(run, terms), share, RATE_SCALE, 'down'));
      const sum = shares.reduce((a, b) => a + b, 0n);
      return figure.over === null ? sum : mulDiv(sum, RATE_SCALE, figure.over, 'half-up');
    }
    case 'account': {
      const side = figure.part === 'in' ? 'to' : 'from';
      return paidBy(transfers.filter((transfer) => transfer[side] === figure.slot));
    }
    case 'step': {
      const { step, part } = figure;
      const paid = paidBy(transfers.filter(({ offset }) => step.pays.includes(offset)));
      if (part === 'paid') return paid;
      const due = step.due === null ? paid : (slots[step.due] ?? 0n);
      return part === 'due' ? due : due - paid;
    }
  }
}
