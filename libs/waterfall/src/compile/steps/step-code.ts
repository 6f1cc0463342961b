import { RATE_SCALE } from '@weir/money';
import type { Step } from '@weir/deal';
import type { Operand, Ref } from '../assembler.js';
import type { Build, OpenStep } from '../build.js';
import { isUsed } from '../parties/used-names.js';

/** Code of one step: what it owes, what its limits let it pay, and what it paid. */
export class StepCode {
  /** The accounts that pay, in order. */
  readonly from: Ref[];
  private readonly measured: boolean;

  constructor(
    readonly build: Build,
    readonly source: Step,
    readonly step: OpenStep,
  ) {
    const { action } = source;
    const from = action.kind === 'release' ? [action.account] : source.from;
    this.from = from.map((name) => build.account(name));
    this.measured = ['paid', 'short'].some((figure) => isUsed(build.deal, `${source.id}.${figure}`));
  }

  /** Cash in the sources. */
  cash(): Operand {
    return this.build.emitter.add(0, this.from);
  }

  /** Whether a formula asks for a figure of this step, or limits need what is due. */
  isBounded(): boolean {
    const { limit, share, keep } = this.source.limits;
    return limit !== null || share !== null || keep !== null;
  }

  isAsked(): boolean {
    return this.measured || isUsed(this.build.deal, `${this.source.id}.due`);
  }

  /** Names what is due, and gives what of it may be paid. */
  owe(due: Operand): Operand {
    const kept = this.build.asm.keep(`${this.source.id}.due`, due);
    this.step.due = kept;
    return this.bounded(kept);
  }

  private bounded(due: Ref): Operand {
    const { build } = this;
    const { limit, share, keep } = this.source.limits;
    let payable: Operand = due;
    if (limit) payable = build.op('MIN', payable, build.value(limit));
    if (share !== null) payable = build.op('MIN', payable, build.op(build.rounding, due, share, RATE_SCALE));
    if (keep) payable = build.op('MIN', payable, build.op('SSUB', this.cash(), build.value(keep)));
    return payable;
  }

  /** PAYs an amount as far as the sources reach; what is short goes to a slot. */
  pay(to: Ref, amount: Operand, short: Ref = this.build.asm.scratch()): Ref {
    this.build.pay(this.step, this.from, to, amount, short);
    if (this.measured) this.count(this.build.op('SUB', amount, short));
    return short;
  }

  /** PAYs an amount and takes what was paid off a slot that says what is owed. */
  payOff(owed: Ref, to: Ref, amount: Operand): void {
    const { asm } = this.build;
    // What is named as due is a copy of what is owed: all of it may be paid, and what is short is still owed.
    if (amount === this.step.due) {
      this.pay(to, amount, owed);
      return;
    }
    const paid = this.build.op('SUB', amount, this.pay(to, amount));
    asm.emit('SUB', owed, owed, paid);
  }

  /** Counts an amount as paid by this step. */
  count(amount: Operand): void {
    if (!this.measured) return;
    const paid = this.build.asm.named(`${this.source.id}.paid`);
    this.build.asm.emit('ADD', paid, paid, amount);
  }

  /** Ends the step: names what was due and not paid. */
  close(): void {
    const { id } = this.source;
    const { asm } = this.build;
    if (isUsed(this.build.deal, `${id}.short`)) {
      asm.emit('SUB', asm.named(`${id}.short`), asm.named(`${id}.due`), asm.named(`${id}.paid`));
    }
  }
}
