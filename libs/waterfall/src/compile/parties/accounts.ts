import type { Account } from '@weir/deal';
import type { Operand } from '../assembler.js';
import type { Build } from '../build.js';
import { LoweringFault } from '../errors.js';
import { sumOf } from '../sum.js';

/** Target of this payment date; one that may not decline is kept in a word of state. */
function targetOf(build: Build, { name, target, floor, nonDeclining }: Account): Operand {
  let value: Operand = target ? build.value(target) : 0n;
  if (floor) value = build.op('MAX', value, build.value(floor));
  if (!nonDeclining || typeof value === 'bigint') return value;
  const last = build.stateSlot(`target.${name}`);
  const kept = build.op('MAX', last, value);
  build.asm.emit('MOV', last, kept);
  return kept;
}

/** Makes ACCOUNT.balance and ACCOUNT.target known. */
export function defineAccounts(build: Build): void {
  for (const account of build.deal.accounts) {
    const { name, target, floor } = account;
    build.live(`${name}.balance`, 'money', () => sumOf(build.account(name)));
    if (target || floor) build.define(`${name}.target`, 'money', () => sumOf(targetOf(build, account)));
  }
}

/** Targets that may not decline move up on every payment date. */
export function moveTargets(build: Build): void {
  for (const { name, target, nonDeclining } of build.deal.accounts) {
    if (target && nonDeclining) build.read(`${name}.target`);
  }
}

/** What is known at closing of an account's target, else null. Cents. @throws ValueUnknown */
function targetAtClosing(build: Build, { target, floor }: Account): bigint | null {
  const [value, least] = [target && build.constant(target), floor ? build.constant(floor) : 0n];
  if (value === null || least === null) return null;
  return value > least ? value : least;
}

/** What closing puts into an account. Cents. @throws LoweringFault @throws ValueUnknown */
function fundingOf(build: Build, account: Account): bigint {
  const { name, initial, fundedAtClosing, target } = account;
  if (!initial && !(fundedAtClosing && target)) return 0n;
  const funding = initial ? build.constant(initial) : targetAtClosing(build, account);
  const path = `accounts.${name}`;
  if (funding === null) {
    const message = `what closing puts into ${name} must be known then: give \`initial\` as an amount`;
    throw new LoweringFault(account, 'not-at-closing', message, path);
  }
  if (funding >= 0n) return funding;
  throw new LoweringFault(account, 'negative', `what closing puts into ${name} is negative; write max(0, …)`, path);
}

/**
 * Accounts are funded at closing from what the notes raise, null when that is not known: together they cannot take more.
 * What is not known of an account is at least nothing.
 */
export function fundAccounts(build: Build, raised: bigint | null): void {
  let left = raised;
  for (const account of build.deal.accounts) {
    const { name } = account;
    const funding = build.known(() => fundingOf(build, account)) ?? 0n;
    if (left !== null && left >= 0n && funding > left) {
      const message = `with the target of ${name} the accounts take more at closing than the notes raise; lower it`;
      build.report(account, `accounts.${name}`, 'funding', message);
    }
    if (left !== null) left -= funding;
    build.account(name, funding);
  }
}
