import { CHART, cashInVault, naturalBalance } from '@weir/ledger';
import type { ReportReconciliationLine } from '@weir/reporting';
import type { CompiledDeal } from '@weir/waterfall';
import type { VaultView } from './vault-view.js';

type Names = Pick<CompiledDeal, 'accounts' | 'tranches' | 'payees'>;

/**
 * Books against the view calls of vault and Distributor, line by line, in base units of cash. No bank statement exists for cash that
 * lies on chain, so that column stays empty.
 * @param trial the trial balance of the deal's journal, as of the same block as the view
 */
export function reconciliationLines(
  compiled: Names,
  trial: ReadonlyMap<string, bigint>,
  vault: Pick<VaultView, 'unitsPerCent' | 'state' | 'pendingDeposit' | 'unclaimed' | 'owed' | 'liabilities'>,
): ReportReconciliationLine[] {
  const booked = (account: string): bigint => naturalBalance(trial, account);
  const line = (item: string, books: bigint, chain: bigint) => ({ item, books, chain, bank: null });
  const word = (index: number): bigint => (vault.state[index] ?? 0n) * vault.unitsPerCent;
  const { accounts, tranches, payees } = compiled;
  const payable = tranches.reduce(
    (sum, { name }) =>
      sum + booked(CHART.interestPayable(name)) + booked(CHART.principalPayable(name)) + booked(CHART.taxPayable(name)),
    0n,
  );
  return [
    line('Cash in vault and Distributor', cashInVault(trial), vault.liabilities),
    ...accounts.map((name, index) => line(`Account ${name}`, booked(CHART.cash(name)), word(index))),
    line('Deposit not yet settled', booked(CHART.pendingDeposit), vault.pendingDeposit),
    ...tranches.map(({ name }, index) =>
      line(`Class ${name} balance`, booked(CHART.note(name)), word(accounts.length + index)),
    ),
    line('Unclaimed by holders, and tax withheld', payable, vault.unclaimed),
    ...payees.map(({ name }, index) =>
      line(`Owed to payee ${name}`, booked(CHART.payeePayable(name)), vault.owed[index] ?? 0n),
    ),
  ];
}
