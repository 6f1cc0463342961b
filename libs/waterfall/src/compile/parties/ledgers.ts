import type { Ledger } from '@weir/deal';
import type { Ref } from '../assembler.js';
import type { Build } from '../build.js';
import { LoweringFault } from '../errors.js';
import type { Sum } from '../sum.js';

/** Words of a ledger: one, or a positive and a negative part of a signed one. */
export function ledgerWords(build: Build, { name, signed }: Ledger): { plus: Ref; minus: Ref | null } {
  if (!signed) return { plus: build.stateSlot(`ledger.${name}`), minus: null };
  return { plus: build.stateSlot(`ledger.${name}+`), minus: build.stateSlot(`ledger.${name}-`) };
}

export function ledgerSum(build: Build, ledger: Ledger): Sum {
  const { plus, minus } = ledgerWords(build, ledger);
  return { plus: [plus], minus: minus ? [minus] : [] };
}

/** Gives a ledger what it shows at closing. @throws LoweringFault @throws ValueUnknown */
function open(build: Build, ledger: Ledger): void {
  const { name, signed, initial } = ledger;
  const value = initial ? build.constant(initial) : 0n;
  const path = `ledgers.${name}.initial`;
  if (value === null) {
    const message = `what ${name} shows at closing must be known then; use literals and cutOffPool`;
    throw new LoweringFault(ledger, 'not-at-closing', message, path);
  }
  if (value < 0n && !signed) {
    throw new LoweringFault(ledger, 'negative', `${name} cannot begin below zero; write \`signed: true\``, path);
  }
  if (value > 0n) build.stateSlot(signed ? `ledger.${name}+` : `ledger.${name}`, value);
  if (value < 0n) build.stateSlot(`ledger.${name}-`, -value);
}

/** Makes LEDGER.balance known. */
export function defineLedgers(build: Build): void {
  for (const ledger of build.deal.ledgers) {
    build.live(`${ledger.name}.balance`, 'money', () => ledgerSum(build, ledger));
  }
}

/** Gives ledgers what they show at closing. */
export function openLedgers(build: Build): void {
  for (const ledger of build.deal.ledgers) build.known(() => open(build, ledger));
}
