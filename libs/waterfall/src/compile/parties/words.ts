import type { Ref } from '../assembler.js';
import type { Build } from '../build.js';

// Words of state in which subjects of the deal keep what is theirs, cents.

export const balanceOf = (build: Build, tranche: string): Ref => build.stateSlot(`balance.${tranche}`);
/** Interest that is owed; between payment dates, the shortfall. */
export const unpaidInterestOf = (build: Build, tranche: string): Ref => build.stateSlot(`shortfall.${tranche}`);
export const carryoverOf = (build: Build, tranche: string): Ref => build.stateSlot(`carryover.${tranche}`);
export const writtenDownOf = (build: Build, tranche: string): Ref => build.stateSlot(`writtenDown.${tranche}`);
/** What is owed to the payee of a fee, a hedge or a `pay` step. */
export const unpaidOf = (build: Build, name: string): Ref => build.stateSlot(`unpaid.${name}`);
export const drawnOf = (build: Build, facility: string): Ref => build.stateSlot(`drawn.${facility}`);
