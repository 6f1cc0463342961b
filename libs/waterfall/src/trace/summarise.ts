import type { Unit } from '@weir/deal';
import { mulDiv, RATE_SCALE } from '@weir/money';
import type { CompiledDeal, CompiledStep, CompiledTrigger } from '../compile/compiled-deal.js';
import type { RunResult } from '../execute/result.js';
import { type CombinationSummary, summariseCombinations } from './summarise-combinations.js';

/** A class of notes over one payment date, cents; `factor` = closing ÷ original at `RATE_SCALE`, half up. */
export interface TrancheSummary {
  original: bigint;
  opening: bigint;
  /** Coupon of the period at `RATE_SCALE`, after the available-funds cap. */
  rate: bigint;
  interestDue: bigint;
  interestPaid: bigint;
  /** Priority and regular principal together. */
  principalPaid: bigint;
  closing: bigint;
  factor: bigint;
  /** Unpaid interest that carries forward. */
  interestShortfall: bigint;
  /** What the available-funds cap held back so far and was not paid. */
  carryover: bigint;
  /** Written off the balance so far, less what was written up again. */
  writtenDown: bigint;
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

/**
 * `distance` is the headroom: how far the value may still go, positive while the test is met and negative beyond the threshold.
 * It is threshold − value where the trigger is on above its threshold, value − threshold where it is on below, and null
 * where it is on at equality. Null, as the sides are, for a trigger that is more than one comparison; all three in the
 * slots of `unit`.
 */
export interface TriggerSummary {
  unit: Unit | null;
  value: bigint | null;
  threshold: bigint | null;
  distance: bigint | null;
  on: boolean;
}

/** A named value after the run, in the slots of its unit; amounts in cents. */
export interface ValueSummary {
  unit: Unit;
  value: bigint;
}

/** A payment date in figures; all money in cents. */
export interface RunSummary {
  tranches: Record<string, TrancheSummary>;
  /** Exchangeable classes. */
  combinations: Record<string, CombinationSummary>;
  fees: Record<string, FeeSummary>;
  /** What each payee was paid: fees, hedges, facilities, other payments and residuals. */
  payees: Record<string, bigint>;
  /** What residual steps paid, to parties and classes together. */
  residual: bigint;
  accounts: Record<string, AccountSummary>;
  triggers: Record<string, TriggerSummary>;
  /** Balances after the run, negative where a signed ledger is. */
  ledgers: Record<string, bigint>;
  /** Every name of the document that has a value: report items, formulas, rates, dues, computed values. */
  values: Record<string, ValueSummary>;
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

  /** A named value, zero when the program has none. */
  value(name: string): bigint {
    const slots = this.compiled.values[name];
    if (!slots) return 0n;
    return this.slot(slots.plus) - (slots.minus === null ? 0n : this.slot(slots.minus));
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

  steps(kind: CompiledStep['kind'], subject: string): CompiledStep[] {
    const known = new Map(this.compiled.steps.map((step) => [step.id, step]));
    return [...known.values()].filter((step) => step.kind === kind && step.subject === subject);
  }

  /** Σ of what steps of a kind paid, to one slot or to all. */
  paidBy(kind: CompiledStep['kind'], to?: number): bigint {
    const offsets = new Set(this.compiled.steps.flatMap((step) => (step.kind === kind ? step.pays : [])));
    return this.run.transfers
      .filter((transfer) => offsets.has(transfer.offset) && (to === undefined || transfer.to === to))
      .reduce((sum, { amount }) => sum + amount, 0n);
  }

  /** What a payee was paid. */
  payee(name: string): bigint {
    const { payees, tranches } = this.compiled;
    const index = payees.findIndex((payee) => payee.name === name);
    return index < 0 ? 0n : this.output(2 * tranches.length + index);
  }

  /** Σ of state words of a name, plain or with a suffix for each of several. */
  stateSum(name: string): bigint {
    const { S } = this.compiled.program.layout.regions;
    return this.compiled.state.reduce(
      (sum, word, index) => (word === name || word.startsWith(`${name}.`) ? sum + this.slot(S.first + index) : sum),
      0n,
    );
  }
}

function trancheOf(
  reader: Reader,
  { name, original }: CompiledDeal['tranches'][number],
  index: number,
): TrancheSummary {
  const closing = reader.state(`balance.${name}`);
  const interestShortfall = reader.state(`shortfall.${name}`);
  const sink = reader.compiled.program.layout.regions.X.first + 2 * index;
  const capitalised = reader.steps('capitalise', name).reduce((sum, step) => sum + reader.due(step), 0n);
  return {
    original,
    opening: reader.value(`${name}.opening`),
    rate: reader.compiled.values[`${name}.rate`] ? reader.value(`${name}.rate`) : reader.value(`${name}.coupon`),
    // What was owed was paid, is owed still or was added to the balance.
    interestDue: reader.paidBy('interest', sink) + interestShortfall + capitalised,
    interestPaid: reader.output(2 * index),
    principalPaid: reader.output(2 * index + 1),
    closing,
    factor: original === 0n ? 0n : mulDiv(closing, RATE_SCALE, original, 'half-up'),
    interestShortfall,
    carryover: reader.state(`carryover.${name}`),
    writtenDown: reader.state(`writtenDown.${name}`),
  };
}

/** What fees were owed and paid, by the names of the fees that some step pays. */
function feesOf(reader: Reader): Record<string, FeeSummary> {
  const { steps, payees } = reader.compiled;
  const paidFor = new Set(
    steps.filter(({ kind }) => kind === 'fee' || kind === 'fee-excess').map((step) => step.subject),
  );
  return record(
    payees.filter(({ name }) => paidFor.has(name)),
    ({ name }) => {
      const due = reader.value(`${name}.due`);
      const paid = reader.payee(name);
      return [name, { due, paid, short: due - paid }];
    },
  );
}

function accountOf(reader: Reader, index: number): AccountSummary {
  const slot = reader.compiled.program.layout.regions.A.first + index;
  const [closing, paidIn, paidOut] = [reader.slot(slot), reader.moved('to', slot), reader.moved('from', slot)];
  return { opening: closing + paidOut - paidIn, in: paidIn, out: paidOut, closing };
}

function record<T, V>(items: readonly T[], entry: (item: T, index: number) => [string, V]): Record<string, V> {
  return Object.fromEntries(items.map(entry));
}

/** How far a measure may go until its trigger is on; null when it is on at equality. */
export function headroom(onWhere: CompiledTrigger['onWhere'], value: bigint, threshold: bigint): bigint | null {
  if (onWhere === null) return null;
  return onWhere === 'above' ? threshold - value : value - threshold;
}

function triggerOf(reader: Reader, { onWhere, unit, measure, threshold, flag }: CompiledTrigger): TriggerSummary {
  const side = (slots: [number, number] | null): bigint | null =>
    slots && reader.slot(slots[0]) - reader.slot(slots[1]);
  const [value, limit] = [side(measure), side(threshold)];
  const distance = value === null || limit === null ? null : headroom(onWhere, value, limit);
  return { unit, value, threshold: limit, distance, on: reader.slot(flag) !== 0n };
}

/** The figures of a payment date, every one read from the run's slots and transfers. */
export function summarise(compiled: CompiledDeal, run: Run): RunSummary {
  const reader = new Reader(compiled, run);
  const { tranches, payees, steps } = compiled;
  const accounts = record(compiled.accounts, (name, index) => [name, accountOf(reader, index)]);
  const deposit = reader.moved('from', compiled.program.layout.regions.C.first);
  const sum = (values: bigint[]): bigint => values.reduce((a, b) => a + b, 0n);
  const all = Object.values(accounts);
  const classes = record(tranches, (tranche, index) => [tranche.name, trancheOf(reader, tranche, index)]);
  return {
    tranches: classes,
    combinations: summariseCombinations(compiled, classes),
    fees: feesOf(reader),
    payees: record(payees, ({ name }) => [name, reader.payee(name)]),
    residual: reader.paidBy('residual'),
    accounts,
    triggers: record(compiled.triggers, (trigger) => [trigger.name, triggerOf(reader, trigger)]),
    ledgers: record(compiled.ledgers, (name) => [name, reader.value(`${name}.balance`)]),
    values: record(Object.entries(compiled.values), ([name, { unit }]) => [name, { unit, value: reader.value(name) }]),
    conservation: {
      openingPlusDeposits: sum(all.map(({ opening }) => opening)) + deposit,
      paymentsPlusClosing: sum(run.outputs) + sum(all.map(({ closing }) => closing)),
    },
    remittance: reader.state('remittance'),
    deposit,
    servicerReceivable: reader.stateSum('servicerReceivable'),
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
