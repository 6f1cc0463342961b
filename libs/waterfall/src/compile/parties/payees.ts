import type { Deal } from '@weir/deal';
import { allSteps } from './used-names.js';

/** A sink after the tranches' interest and principal: its name, and the party that is paid. */
export interface Payee {
  name: string;
  party: string;
}

interface Paid extends Payee {
  step: string;
}

/** Parties that take a residual; a class takes it as a distribution, through its interest. */
function residuals(deal: Deal): Paid[] {
  const classes = new Set(deal.tranches.map(({ name }) => name));
  const paid = allSteps(deal).flatMap(({ id, action }) =>
    action.kind === 'residual' && !classes.has(action.payee) ? [{ step: id, party: action.payee }] : [],
  );
  const alone = new Set(paid.map(({ party }) => party)).size === 1;
  return paid.map(({ step, party }) => ({ step, party, name: alone ? 'residual' : step }));
}

/** Sink of a residual step: one for all when they pay the same party, else the step's own; a class's interest. */
export function residualSink(deal: Deal, step: string, payee: string): string {
  return residuals(deal).find((known) => known.step === step)?.name ?? `${payee} interest`;
}

/** Payees in slot order: fees, hedges, facilities, `pay` steps, residuals; each name once. */
export function payeesOf(deal: Deal): Payee[] {
  const pays = allSteps(deal).flatMap(({ id, action }) =>
    action.kind === 'pay' ? [{ name: id, party: action.payee }] : [],
  );
  const payees: Payee[] = [
    ...deal.fees.map(({ name, payee }) => ({ name, party: payee })),
    ...deal.hedges.map(({ name, counterparty }) => ({ name, party: counterparty })),
    ...deal.facilities.map(({ name, provider }) => ({ name, party: provider })),
    ...pays,
    ...residuals(deal).map(({ name, party }) => ({ name, party })),
  ];
  const first = new Map<string, Payee>();
  for (const payee of payees) if (!first.has(payee.name)) first.set(payee.name, payee);
  return [...first.values()];
}
