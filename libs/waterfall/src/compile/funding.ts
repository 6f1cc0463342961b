import type { Formula } from '@weir/deal';
import type { Build } from './build.js';
import { sumOf } from './sum.js';

/** Computes an account's target, which only the cut-off pool may enter, and makes it known to the steps. */
export function fixTarget(build: Build, account: string, formula: Formula): void {
  const value = build.value(formula);
  const target = typeof value === 'bigint' ? value : 0n;
  build.values.set(`${account}.target`, { sum: sumOf(target), unit: 'money' });
}

/** Target of an account, zero without one. Cents. */
export function targetOf(build: Build, account: string): bigint {
  return (build.values.get(`${account}.target`)?.sum.plus[0] ?? 0n) as bigint;
}

/** Accounts are funded to their targets at closing from what the notes raise: together they cannot take more. */
export function checkFunding(build: Build, originals: readonly bigint[]): void {
  let left = originals.reduce((a, b) => a + b, 0n);
  for (const { name, line, column } of build.deal.accounts) {
    const target = targetOf(build, name);
    if (left >= 0n && target > left) {
      const message = `with the target of ${name} the accounts take more at closing than the notes raise; lower it`;
      build.diagnostics.push({ severity: 'error', line, column, path: `accounts.${name}`, code: 'funding', message });
    }
    left -= target;
  }
}
