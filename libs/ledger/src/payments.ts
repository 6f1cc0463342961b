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

/** A holder's claim of one class and period; interest and principal in the cash's base units, as the vault paid them. */
export function journalForClaim(
  context: LedgerContext & { period: number; date: string },
  claim: { tranche: string; account: string; interest: bigint; principal: bigint },
): JournalEntry {
  const id = `${context.deal}/period/${context.period}/claim/${claim.tranche}/${claim.account.toLowerCase()}`;
  return entryOf(id, context.date, `Holder ${claim.account} claims on notes ${claim.tranche}`, [
    debit(CHART.interestPayable(claim.tranche), claim.interest),
    debit(CHART.principalPayable(claim.tranche), claim.principal),
    credit(CHART.heldForPayment, claim.interest + claim.principal),
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
