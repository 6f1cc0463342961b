import type { Formula, PrincipalMethod, Recipients, Step } from '@weir/deal';
import type { Operand, Ref } from '../assembler.js';
import { balanceOf, carryoverOf, unpaidInterestOf, writtenDownOf } from '../parties/words.js';
import { type Pot, Shares } from './shares.js';
import type { StepCode } from './step-code.js';

/** A class that cash pays down: what it is owed falls by what it is paid. */
function paidPot(code: StepCode, left: Ref, sink: Ref): Pot {
  return {
    left,
    give: (amount) => {
      const paid = code.build.op('SUB', amount, code.pay(sink, amount));
      code.build.asm.emit('SUB', left, left, paid);
    },
  };
}

/** A notional class has a balance that nobody owes. */
function isNotional({ build }: StepCode, name: string): boolean {
  return build.deal.tranches.some((tranche) => tranche.name === name && tranche.notional !== null);
}

/** A split by weights is of the cash there is, so that a shortage is shared too. */
function payShares(code: StepCode, shares: Shares, payable: Operand, splits = shares.hasProRata()): Operand {
  return splits ? code.build.op('MIN', payable, code.cash()) : payable;
}

/** Interest, or available-funds carry-over: each class up to what it is owed. */
function compileOwed(code: StepCode, to: Recipients, owedTo: (name: string) => Ref): void {
  const { build } = code;
  const sink = (name: string): Ref => build.sink(`${name} interest`);
  if (to.kind === 'one' && !to.until && !to.limit) {
    const owed = owedTo(to.name);
    return code.payOff(owed, sink(to.name), code.owe(owed));
  }
  const shares = new Shares(build, to, (name) => paidPot(code, owedTo(name), sink(name)));
  const payable = code.owe(shares.capacity());
  shares.give(payShares(code, shares, payable));
}

export function compileInterest(code: StepCode, to: Recipients): void {
  compileOwed(code, to, (name) => unpaidInterestOf(code.build, name));
}

export function compileCarryover(code: StepCode, to: Recipients): void {
  compileOwed(code, to, (name) => carryoverOf(code.build, name));
}

/** Unpaid interest becomes principal, without cash. */
export function compileCapitalise(code: StepCode, tranche: string): void {
  const { build } = code;
  const [unpaid, balance] = [unpaidInterestOf(build, tranche), balanceOf(build, tranche)];
  const amount = code.owe(unpaid);
  build.asm.emit('ADD', balance, balance, amount);
  build.asm.emit('SUB', unpaid, unpaid, amount);
  code.count(amount);
}

/** Holders lend more: their cash is an item of collections, and the balance rises by it. */
export function compileAdvance(code: StepCode, amount: Formula, tranche: string): void {
  const { build } = code;
  const balance = balanceOf(build, tranche);
  const advanced = code.owe(build.value(amount));
  build.asm.emit('ADD', balance, balance, advanced);
  code.count(advanced);
}

/** Principal: due is the formula, at most what is outstanding; balances fall by what is paid. */
export function compilePrincipal(
  code: StepCode,
  { amount, to, method }: { amount: Formula; to: Recipients; method: PrincipalMethod },
): void {
  const { build } = code;
  const due = build.value(amount);
  const shares = new Shares(build, to, (name) =>
    isNotional(code, name) ? null : paidPot(code, balanceOf(build, name), build.sink(`${name} principal`)),
  );
  const payable = code.owe(build.op('MIN', due, shares.capacity()));
  if (method.kind !== 'pro-rata-until') return shares.give(payShares(code, shares, payable));
  const cash = payShares(code, shares, payable, true);
  build.when(
    build.readValue(method.trigger),
    () => shares.give(cash, 'sequential'),
    () => shares.give(cash, 'pro-rata'),
  );
}

type WriteStep = Extract<Step['action'], { kind: 'write-down' | 'write-up' }>;

/**
 * Balances fall without cash, or rise again by at most what they fell. What is beyond all of them is the step's short.
 */
export function compileWrite(code: StepCode, { kind, amount, to }: WriteStep): void {
  const { build } = code;
  const { asm } = build;
  const pot = (name: string): Pot => {
    const [balance, written] = [balanceOf(build, name), writtenDownOf(build, name)];
    const [left, other] = kind === 'write-down' ? [balance, written] : [written, balance];
    const give = (share: Operand): void => {
      asm.emit('SUB', left, left, share);
      asm.emit('ADD', other, other, share);
      code.count(share);
    };
    return { left, give };
  };
  const shares = new Shares(build, to, (name) => (isNotional(code, name) ? null : pot(name)));
  const payable = code.owe(build.value(amount));
  shares.give(build.op('MIN', payable, shares.capacity()));
}
