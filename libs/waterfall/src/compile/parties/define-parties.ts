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

/**
 * Who is paid: faces of the classes in their order, cents, null where one is not known; payees are the sinks after their
 * interest and principal.
 */
export interface Parties {
  originals: (bigint | null)[];
  payees: Payee[];
}

/** Fixes what is known at closing, once every name is known: faces of the classes, balances of accounts and ledgers. */
export function closeParties(build: Build): Parties {
  const { tranches } = build.deal;
  const originals = originalsOf(build);
  tranches.forEach(({ name }, index) => build.stateSlot(`balance.${name}`, originals[index] ?? 0n));
  const notes = originals.filter((_, index) => !tranches[index]?.notional);
  fundAccounts(build, tranches.length === 0 ? null : sumOfFaces(notes));
  openLedgers(build);
  return { originals, payees: payeesOf(build.deal) };
}

/** Null when one is not known. */
function sumOfFaces(faces: readonly (bigint | null)[]): bigint | null {
  return faces.reduce<bigint | null>((sum, face) => (sum === null || face === null ? null : sum + face), 0n);
}

/** What happens on every payment date before cash moves: interest, fees and hedge payments fall due, facilities are drawn. */
export function accrueParties(build: Build): void {
  accrueTranches(build);
  accrueFees(build);
  moveTargets(build);
  accrueHedges(build);
  drawFacilities(build);
}
