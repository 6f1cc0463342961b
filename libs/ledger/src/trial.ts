import { CHART, isCreditAccount } from './chart.js';
import { assertBalanced, type JournalEntry } from './entry.js';
import { DuplicateEntry, Unbalanced } from './errors.js';

/**
 * Balance of every account after the entries, debits positive and credits negative; the balances sum to zero.
 * @throws Unbalanced, DuplicateEntry
 */
export function trialBalance(entries: Iterable<JournalEntry>): Map<string, bigint> {
  const balances = new Map<string, bigint>();
  const seen = new Set<string>();
  for (const entry of entries) {
    if (seen.has(entry.id)) throw new DuplicateEntry(entry.id);
    seen.add(entry.id);
    assertBalanced(entry);
    for (const line of entry.lines) {
      balances.set(line.account, (balances.get(line.account) ?? 0n) + line.debit - line.credit);
    }
  }
  const sum = [...balances.values()].reduce((total, balance) => total + balance, 0n);
  if (sum !== 0n) throw new Unbalanced('trial balance', sum, 0n);
  return balances;
}

/** An account's balance on its natural side: cash and loans positive as debits, notes and payables as credits. */
export function naturalBalance(trial: ReadonlyMap<string, bigint>, account: string): bigint {
  const balance = trial.get(account) ?? 0n;
  return isCreditAccount(account) ? -balance : balance;
}

/** All cash that the vault must hold by the books: every account but the subscription's proceeds. */
export function cashInVault(trial: ReadonlyMap<string, bigint>): bigint {
  let cash = 0n;
  for (const [account, balance] of trial) {
    if (account.startsWith('account:') && account !== CHART.proceeds) cash += balance;
  }
  return cash;
}

/** One account on which books and chain disagree; difference = books − chain, on the account's natural side. */
export interface Difference {
  account: string;
  books: bigint;
  chain: bigint;
  difference: bigint;
}

/**
 * Accounts on which the books differ from the chain; none when they agree. `chain` maps account names of the chart to
 * what the contracts say, on the natural side and in the books' unit. Cash, notes and payables of the books that the
 * chain does not name count as zero there, so nothing hides by being left out.
 */
export function reconcile(trial: ReadonlyMap<string, bigint>, chain: ReadonlyMap<string, bigint>): Difference[] {
  const onChain = [...trial.keys()].filter((account) => /^(account|note|payable):/.test(account));
  return [...new Set([...chain.keys(), ...onChain])]
    .sort()
    .map((account) => {
      const books = naturalBalance(trial, account);
      const said = chain.get(account) ?? 0n;
      return { account, books, chain: said, difference: books - said };
    })
    .filter((line) => line.difference !== 0n);
}
