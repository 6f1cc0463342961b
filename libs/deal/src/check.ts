import type { Findings, Place } from './diagnostic.js';
import type { Deal, Step } from './model.js';
import type { Names } from './read/names.js';
import type { Cursor } from './source/cursor.js';

function report(findings: Findings, place: Place, path: string, code: string, message: string): void {
  const { line, column } = place;
  findings.all.push({ severity: 'error', line, column, path, code, message });
}

function principalOf(steps: readonly Step[], tranche: string): boolean {
  return steps.some(({ action }) => 'to' in action && action.to.includes(tranche));
}

function checkTranches(deal: Deal, findings: Findings): void {
  deal.tranches.forEach((tranche, index) => {
    const path = `tranches[${index}]`;
    const interest = deal.priority.filter(
      ({ action }) => action.kind === 'interest' && action.tranche === tranche.name,
    );
    if (!principalOf(deal.priority, tranche.name)) {
      report(
        findings,
        tranche,
        path,
        'no-principal',
        `no step pays principal to ${tranche.name}; add it to a "to:" list`,
      );
    }
    if (interest.length !== 1) {
      const message = `${interest.length} steps pay interest on ${tranche.name}; there must be exactly one`;
      report(findings, interest[1] ?? tranche, path, 'interest-step', message);
    }
  });
}

function checkFees(deal: Deal, findings: Findings): void {
  for (const fee of deal.fees) {
    const steps = deal.priority.filter(({ action }) => action.kind === 'fee' && action.fee === fee.name);
    if (steps.length === 1) continue;
    const message = `${steps.length} steps pay the fee ${fee.name}; there must be exactly one`;
    report(findings, steps[1] ?? fee, `fees.${fee.name}`, 'fee-step', message);
  }
}

function checkAccounts(deal: Deal, findings: Findings): void {
  const targets = new Map(deal.accounts.map((account) => [account.name, account.target]));
  const suspense = deal.accounts.find(({ name }) => name === deal.collections.suspense);
  if (suspense?.target) {
    const message = 'the suspense account cannot have a target: what investors fund would count as remitted';
    report(findings, suspense, `accounts.${suspense.name}`, 'accounts', message);
  }
  deal.priority.forEach((step, index) => {
    const path = `priorityOfPayments[${index}]`;
    if (step.action.kind === 'reserve' && targets.get(step.action.account) === null) {
      report(findings, step, path, 'no-target', `the account ${step.action.account} has no target to replenish it to`);
    }
    if (step.from.includes(deal.collections.suspense)) {
      report(findings, step, path, 'accounts', 'the suspense account pays only what the servicer must remit');
    }
  });
}

function checkResidual(deal: Deal, cursor: Cursor): void {
  const last = deal.priority.at(-1);
  const residuals = deal.priority.filter(({ action }) => action.kind === 'residual');
  const collectsAll = last?.from.includes(deal.collections.account);
  if (last?.action.kind === 'residual' && residuals.length === 1 && collectsAll) return;
  const message = `the last step, and only it, must be the residual from ${deal.collections.account}`;
  report(cursor.findings, residuals[0] ?? last ?? cursor.place, cursor.path, 'residual', message);
}

/** Rules that span the document: everything that is owed has exactly one step, and all cash finds a home. */
export function checkDeal(deal: Deal, names: Names, priority: Cursor): void {
  const { findings } = priority;
  checkTranches(deal, findings);
  checkFees(deal, findings);
  checkAccounts(deal, findings);
  checkResidual(deal, priority);
  for (const kind of ['report item', 'account', 'formula', 'trigger'] as const) {
    for (const { name, at, path } of names.unused(kind)) {
      findings.warn(at, path, 'unused', `nothing uses the ${kind} "${name}"`);
    }
  }
}
