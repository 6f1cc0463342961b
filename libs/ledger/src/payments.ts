import { CHART } from './chart.js';
import { credit, debit, entryOf, type JournalEntry, type LedgerContext } from './entry.js';

/**
 * A deposit counted by the vault, in cents. `key` is its natural key on chain (transaction hash and log index): the cash
 * waits, owed back, until a settlement applies it.
 */
export function journalForDeposit(
  context: LedgerContext & { date: string },
  deposit: { key: string; amount: bigint },
): JournalEntry {
  const amount = deposit.amount * context.unitsPerCent;
  return entryOf(`${context.deal}/deposit/${deposit.key}`, context.date, 'Deposit counted by the vault', [
    debit(CHART.pendingDeposit, amount),
    credit(CHART.depositsPayable, amount),
  ]);
}

/**
 * What a holder was paid for one class and period, whether it claimed or was in a batch: interest and principal in the
 * cash's base units, and the tax withheld from the interest, which stays until it is remitted.
 */
export function journalForClaim(
  context: LedgerContext & { period: number; date: string },
  claim: { tranche: string; account: string; interest: bigint; principal: bigint; tax: bigint },
): JournalEntry {
  const id = `${context.deal}/period/${context.period}/claim/${claim.tranche}/${claim.account.toLowerCase()}`;
  return entryOf(id, context.date, `Holder ${claim.account} claims on notes ${claim.tranche}`, [
    debit(CHART.interestPayable(claim.tranche), claim.interest),
    debit(CHART.principalPayable(claim.tranche), claim.principal),
    credit(CHART.taxPayable(claim.tranche), claim.tax),
    credit(CHART.heldForPayment, claim.interest + claim.principal - claim.tax),
  ]);
}

/** Tax withheld for a class, remitted to the tax account, in base units. `key` is its natural key on chain. */
export function journalForTax(
  context: LedgerContext & { date: string },
  remitted: { key: string; tranche: string; amount: bigint },
): JournalEntry {
  const title = `Tax withheld from notes ${remitted.tranche} is remitted`;
  return entryOf(`${context.deal}/tax/${remitted.key}`, context.date, title, [
    debit(CHART.taxPayable(remitted.tranche), remitted.amount),
    credit(CHART.heldForPayment, remitted.amount),
  ]);
}

/** What no holder claimed in time, moved by the deal's rule, in base units. `key` is its natural key on chain. */
export function journalForUnclaimed(
  context: LedgerContext & { date: string },
  moved: { key: string; tranche: string; interest: bigint; principal: bigint },
): JournalEntry {
  const title = `Unclaimed money of notes ${moved.tranche} is moved`;
  return entryOf(`${context.deal}/unclaimed/${moved.key}`, context.date, title, [
    debit(CHART.interestPayable(moved.tranche), moved.interest),
    debit(CHART.principalPayable(moved.tranche), moved.principal),
    credit(CHART.heldForPayment, moved.interest + moved.principal),
  ]);
}

/** A payee's withdrawal in base units. `key` is its natural key on chain: a payee withdraws more than once. */
export function journalForWithdrawal(
  context: LedgerContext & { date: string },
  withdrawal: { key: string; payee: string; amount: bigint },
): JournalEntry {
  return entryOf(`${context.deal}/withdrawal/${withdrawal.key}`, context.date, `Payee ${withdrawal.payee} withdraws`, [
    debit(CHART.payeePayable(withdrawal.payee), withdrawal.amount),
    credit(CHART.heldForPayment, withdrawal.amount),
  ]);
}
