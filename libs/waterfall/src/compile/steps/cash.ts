import type { Formula } from '@weir/deal';
import type { Operand, Ref } from '../assembler.js';
import { askedOf, rehearsedDrawOf } from '../parties/facilities.js';
import { capLeftOf, unpaidFeeOf } from '../parties/fees.js';
import { ledgerWords } from '../parties/ledgers.js';
import { residualSink } from '../parties/payees.js';
import { allSteps } from '../parties/used-names.js';
import { drawnOf, unpaidOf } from '../parties/words.js';
import type { StepCode } from './step-code.js';

/** A fee within its cap, or with `excess` all that is unpaid of it. */
export function compileFee(code: StepCode, name: string, excess: boolean): void {
  const { build } = code;
  const fee = build.deal.fees.find((known) => known.name === name);
  if (!fee) return;
  const unpaid = unpaidFeeOf(build, fee);
  if (excess || !fee.cap) return code.payOff(unpaid, build.sink(name), code.owe(unpaid));
  const capLeft = capLeftOf(build, fee);
  const payable = code.owe(build.op('MIN', unpaid, capLeft));
  const paid = build.op('SUB', payable, code.pay(build.sink(name), payable));
  build.asm.emit('SUB', unpaid, unpaid, paid);
  const capped = allSteps(build.deal).filter(({ action }) => action.kind === 'fee' && action.fee === name);
  if (capped.length > 1) build.asm.emit('SUB', capLeft, capLeft, paid);
}

/** What is due to the counterparty of a hedge, with what was unpaid before. */
export function compileHedge(code: StepCode, name: string): void {
  const unpaid = unpaidOf(code.build, name);
  code.payOff(unpaid, code.build.sink(name), code.owe(unpaid));
}

/** What was drawn on a facility. */
export function compileRepay(code: StepCode, name: string): void {
  const drawn = drawnOf(code.build, name);
  code.payOff(drawn, code.build.sink(name), code.owe(drawn));
}

/** Draws on a facility: what came in of it moves on, and is owed. */
export function compileDraw(code: StepCode, name: string, into: string): void {
  const { build } = code;
  const facility = build.deal.facilities.find((known) => known.name === name);
  const [standby] = code.from;
  if (!facility || !standby) return;
  const rehearsedDraw = rehearsedDrawOf(build, name);
  let amount: Operand = 0n;
  const rehearsed = build.asm.block(() => {
    amount = askedOf(build, facility);
  });
  const place = build.asm.label();
  build.asm.put(place);
  build.draws.push({ label: place.label, code: rehearsed, amount, draw: rehearsedDraw, standby });
  const draw = build.asm.named(`${name}.draw`);
  build.asm.emit('MOV', draw, rehearsedDraw);
  const drawn = drawnOf(build, name);
  build.asm.emit('ADD', drawn, drawn, draw);
  payAll(code, build.account(into));
}

/** Everything in the sources. */
function payAll(code: StepCode, to: Ref): void {
  if (code.isBounded() || code.isAsked()) {
    code.pay(to, code.owe(code.cash()));
    return;
  }
  for (const source of code.from) code.build.pay(code.step, [source], to, source, code.build.asm.scratch());
}

export function compileTransfer(code: StepCode, amount: Formula | 'all', into: string): void {
  const to = code.build.account(into);
  if (amount === 'all') return payAll(code, to);
  code.pay(to, code.owe(code.build.value(amount)));
}

/** A party is paid an amount; what is unpaid is owed again when the step carries it. */
export function compilePay(code: StepCode, amount: Formula | 'all', carry: boolean): void {
  const { build, source } = code;
  const to = build.sink(source.id);
  if (amount === 'all') return payAll(code, to);
  const value = build.value(amount);
  if (!carry) {
    code.pay(to, code.owe(value));
    return;
  }
  const unpaid = unpaidOf(build, source.id);
  build.asm.emit('ADD', unpaid, unpaid, value);
  code.payOff(unpaid, to, code.owe(unpaid));
}

export function compileResidual(code: StepCode, payee: string): void {
  payAll(code, code.build.sink(residualSink(code.build.deal, code.source.id, payee)));
}

/** What an account is below its target. */
export function compileReserve(code: StepCode, name: string): void {
  const account = code.build.account(name);
  code.pay(account, code.owe(code.build.op('SSUB', code.build.readValue(`${name}.target`), account)));
}

/** What an account holds above its target. */
export function compileRelease(code: StepCode, name: string, into: string): void {
  const account = code.build.account(name);
  const target = code.build.readValue(`${name}.target`);
  code.pay(code.build.account(into), code.owe(code.build.op('SSUB', account, target)));
}

/** What a ledger shows is paid into an account, and the ledger falls by it. */
export function compileReplenishLedger(code: StepCode, name: string, into: string): void {
  const ledger = code.build.deal.ledgers.find((known) => known.name === name);
  if (!ledger) return;
  const { plus } = ledgerWords(code.build, ledger);
  code.payOff(plus, code.build.account(into), code.owe(plus));
}
