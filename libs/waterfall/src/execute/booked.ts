import type { Program } from '../program/program.js';
import { NotBooked } from './errors.js';
import type { RunResult } from './result.js';

/** A vault books deposits that are not settled, and what all payees are owed, below this, in cents. */
export const BOOKED_LIMIT = 1n << 64n;

/**
 * Checks that a vault can book a run: its deposit, and what it pays to payees together. A vault adds the latter to what payees
 * have not withdrawn yet; anybody may have that paid out to them before. @throws NotBooked
 */
export function checkBooked({ layout }: Program, deposit: bigint, { outputs }: Pick<RunResult, 'outputs'>): void {
  if (deposit >= BOOKED_LIMIT) throw new NotBooked('deposit', deposit);
  const payees = outputs.slice(2 * layout.tranches).reduce((sum, amount) => sum + amount, 0n);
  if (payees >= BOOKED_LIMIT) throw new NotBooked('payees', payees);
}
