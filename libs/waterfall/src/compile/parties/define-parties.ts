import type { Build } from '../build.js';
import { defineAccounts, fundAccounts, moveTargets } from './accounts.js';
import { defineFacilities, drawFacilities } from './facilities.js';
import { accrueFees, defineFees } from './fees.js';
import { accrueHedges, defineHedges } from './hedges.js';
import { defineLedgers, openLedgers } from './ledgers.js';
import { type Payee, payeesOf } from './payees.js';
import { defineSizes, originalsOf } from './sizes.js';
import { accrueTranches, defineTranches } from './tranches.js';
import { balanceOf } from './words.js';

/**
 * Reserves the slots whose order the chain relies on: accounts in the order of the document, balances, then the
 * remittance; sinks by tranche, then payees. Makes the figures of accounts, tranches, groups, fees, hedges, facilities
 * and ledgers known.
 */
export function defineParties(build: Build): void {
  const { accounts, tranches } = build.deal;
  for (const { name } of accounts) build.account(name);
  for (const { name } of tranches) {
    balanceOf(build, name);
    build.sink(`${name} interest`);
    build.sink(`${name} principal`);
  }
  build.stateSlot('remittance');
  for (const { name } of payeesOf(build.deal)) build.sink(name);
  defineSizes(build);
  defineAccounts(build);
  defineTranches(build);
  defineFees(build);
  defineHedges(build);
  defineFacilities(build);
  defineLedgers(build);
}

/** Who is paid: faces of the classes in their order, cents; payees are the sinks after their interest and principal. */
export interface Parties {
  originals: bigint[];
  payees: Payee[];
}

/** Fixes what is known at closing, once every name is known: faces of the classes, balances of accounts and ledgers. */
export function closeParties(build: Build): Parties {
  const { tranches } = build.deal;
  const originals = originalsOf(build);
  tranches.forEach(({ name }, index) => build.stateSlot(`balance.${name}`, originals[index] ?? 0n));
  const raised = originals.filter((_, index) => !tranches[index]?.notional).reduce((a, b) => a + b, 0n);
  fundAccounts(build, raised);
  openLedgers(build);
  return { originals, payees: payeesOf(build.deal) };
}

/** What happens on every payment date before cash moves: interest, fees and hedge payments fall due, facilities are drawn. */
export function accrueParties(build: Build): void {
  accrueTranches(build);
  accrueFees(build);
  moveTargets(build);
  accrueHedges(build);
  drawFacilities(build);
}
