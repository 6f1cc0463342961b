import { checkLoan } from './check-loan.js';
import {
  checkMoment,
  checkName,
  checkNumber,
  checkPeriod,
  checkRateReset,
  checkRecurrence,
  checkTransfer,
} from './check-terms.js';
import { ContractInvalid, type TermProblem } from './errors.js';
import type { Moment } from './moment.js';
import type { Contract, InterestRateSwap } from './terms.js';

function checkSwap(terms: InterestRateSwap): TermProblem[] {
  return [
    ...checkMoment('initialDate', terms.initialDate),
    ...checkMoment('maturityDate', terms.maturityDate, terms.initialDate),
    ...checkNumber('fixedRate', terms.fixedRate),
    ...checkNumber('floatingRate', terms.floatingRate),
    ...checkNumber('accrued', terms.accrued),
    ...checkNumber('floatingAccrued', terms.floatingAccrued),
    ...checkRecurrence('payments', terms.payments),
    ...checkRateReset(terms.rateReset),
    ...checkTransfer('purchase', terms.purchase),
    ...checkTransfer('termination', terms.termination),
  ];
}

function ownProblems(terms: Contract, until: Moment | undefined): TermProblem[] {
  switch (terms.kind) {
    case 'cash':
      return [];
    case 'interest-rate-swap':
      return checkSwap(terms);
    case 'open-ended':
      if (until === undefined) return [{ term: 'until', expected: 'tell how far to project: the loan has no end' }];
      return checkLoan(terms);
    case 'call':
      return [...checkLoan(terms), ...checkPeriod('notice', terms.notice, 0)];
    default:
      return checkLoan(terms);
  }
}

/** @throws ContractInvalid with everything that is wrong with a contract's terms */
export function checkContract(terms: Contract, until: Moment | undefined): void {
  const problems = [
    ...checkName('id', terms.id),
    ...checkName('currency', terms.currency),
    ...checkName('settlementCurrency', terms.settlementCurrency),
    ...checkMoment('statusDate', terms.statusDate),
    ...checkNumber('balance', terms.balance, 0),
    ...(until === undefined ? [] : checkMoment('until', until)),
    ...ownProblems(terms, until),
  ];
  if (problems.length > 0) throw new ContractInvalid(terms.id, problems);
}
