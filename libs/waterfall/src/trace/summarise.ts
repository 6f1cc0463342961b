import { mulDiv, RATE_SCALE } from '@weir/money';
import type { CompiledDeal, CompiledStep } from '../compile/compiled-deal.js';
import type { RunResult } from '../execute/result.js';

/** A class of notes over one payment date, cents; `factor` = closing ÷ original at `RATE_SCALE`, half up. */
export interface TrancheSummary {
  original: bigint;
  opening: bigint;
  interestDue: bigint;
  interestPaid: bigint;
  /** Priority and regular principal together. */
  principalPaid: bigint;
  closing: bigint;
  factor: bigint;
  /** Unpaid interest that carries forward. */
  interestShortfall: bigint;
}

export interface FeeSummary {
  due: bigint;
  paid: bigint;
  short: bigint;
}

export interface AccountSummary {
  opening: bigint;
  in: bigint;
  out: bigint;
  closing: bigint;
}

/** `distance` = threshold − value: how far the measure may still go. */
export interface TriggerSummary {
  value: bigint;
  threshold: bigint;
  distance: bigint;
  on: boolean;
}

/** A payment date in figures; all money in cents. */
export interface RunSummary {
  tranches: Record<string, TrancheSummary>;
  fees: Record<string, FeeSummary>;
  residual: bigint;
  accounts: Record<string, AccountSummary>;
  triggers: Record<string, TriggerSummary>;
  conservation: { openingPlusDeposits: bigint; paymentsPlusClosing: bigint };
  /** What the servicer must have deposited. */
  remittance: bigint;
  deposit: bigint;
  /** What the deposit fell short of the remittance; owed next month. */
  servicerReceivable: bigint;
  /** Held for the next remittance: what was deposited in excess. */
  suspense: bigint;
}

type Run = Pick<RunResult, 'slots' | 'transfers' | 'outputs' | 'state'>;

/** Reads a run by slot names. */
class Reader {
  constructor(
    readonly compiled: CompiledDeal,
    readonly run: Run,
  ) {}

  slot(id: number): bigint {
    return this.run.slots[id] ?? 0n;
  }

  state(name: string): bigint {
    const { S } = this.compiled.program.layout.regions;
    const index = this.compiled.state.indexOf(name);
    return index < 0 ? 0n : this.slot(S.first + index);
  }

  output(index: number): bigint {
    return this.run.outputs[index] ?? 0n;
  }

  due(step: CompiledStep | undefined): bigint {
    return step?.due == null ? 0n : this.slot(step.due);
  }

  /** Σ of transfers that touch a slot on one side. */
  moved(side: 'from' | 'to', slot: number): bigint {
    return this.run.transfers.reduce((sum, transfer) => (transfer[side] === slot ? sum + transfer.amount : sum), 0n);
  }

  step(kind: CompiledStep['kind'], subject: string): CompiledStep | undefined {
    return this.compiled.steps.find((step) => step.kind === kind && step.subject === subject);
  }
}

function trancheOf(reader: Reader, name: string, original: bigint, index: number): TrancheSummary {
  const closing = reader.state(`balance.${name}`);
  const principalPaid = reader.output(2 * index + 1);
  return {
    original,
    opening: closing + principalPaid,
    interestDue: reader.due(reader.step('interest', name)),
    interestPaid: reader.output(2 * index),
    principalPaid,
    closing,
    factor: mulDiv(closing, RATE_SCALE, original, 'half-up'),
    interestShortfall: reader.state(`shortfall.${name}`),
  };
}

function accountOf(reader: Reader, index: number): AccountSummary {
  const slot = reader.compiled.program.layout.regions.A.first + index;
  const [closing, paidIn, paidOut] = [reader.slot(slot), reader.moved('to', slot), reader.moved('from', slot)];
  return { opening: closing + paidOut - paidIn, in: paidIn, out: paidOut, closing };
}

function record<T, V>(items: readonly T[], entry: (item: T, index: number) => [string, V]): Record<string, V> {
  return Object.fromEntries(items.map(entry));
}

/** The figures of a payment date, every one read from the run's slots and transfers. */
export function summarise(compiled: CompiledDeal, run: Run): RunSummary {
  const reader = new Reader(compiled, run);
  const { tranches, payees, steps } = compiled;
  const feesAndResidual = record(payees, ({ name }, index) => [name, reader.output(2 * tranches.length + index)]);
  const fees = record(payees.slice(0, -1), ({ name }) => {
    const due = reader.due(reader.step('fee', name));
    const paid = feesAndResidual[name] ?? 0n;
    return [name, { due, paid, short: due - paid }];
  });
  const accounts = record(compiled.accounts, (name, index) => [name, accountOf(reader, index)]);
  const deposit = reader.moved('from', compiled.program.layout.regions.C.first);
  const sum = (values: bigint[]): bigint => values.reduce((a, b) => a + b, 0n);
  const all = Object.values(accounts);
  return {
    tranches: record(tranches, ({ name, original }, index) => [name, trancheOf(reader, name, original, index)]),
    fees,
    residual: feesAndResidual['residual'] ?? 0n,
    accounts,
    triggers: record(compiled.triggers, ({ name, measure, threshold, flag }) => {
      const [value, limit] = [measure, threshold].map(([plus, minus]) => reader.slot(plus) - reader.slot(minus));
      const [v, t] = [value ?? 0n, limit ?? 0n];
      return [name, { value: v, threshold: t, distance: t - v, on: reader.slot(flag) !== 0n }];
    }),
    conservation: {
      openingPlusDeposits: sum(all.map(({ opening }) => opening)) + deposit,
      paymentsPlusClosing: sum(run.outputs) + sum(all.map(({ closing }) => closing)),
    },
    remittance: reader.state('remittance'),
    deposit,
    servicerReceivable: reader.state('servicerReceivable'),
    suspense: suspenseOf(compiled, steps, accounts),
  };
}

/** The suspense account is the one that the collections step pays first from. */
function suspenseOf(compiled: CompiledDeal, steps: CompiledStep[], accounts: Record<string, AccountSummary>): bigint {
  const first = steps.find(({ kind }) => kind === 'collections')?.pays[0];
  const pay = compiled.program.code.find(({ offset }) => offset === first);
  const name = compiled.symbols[pay?.operands[0] ?? -1] ?? '';
  return accounts[name]?.closing ?? 0n;
}

/** A note factor as text, twelve decimals: 0.983335587... */
export function formatFactor(factor: bigint): string {
  const digits = factor.toString().padStart(13, '0');
  return `${digits.slice(0, -12)}.${digits.slice(-12)}`;
}
