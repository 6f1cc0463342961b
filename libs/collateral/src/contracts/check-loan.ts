import {
  checkMoment,
  checkNumber,
  checkPeriod,
  checkRateReset,
  checkRecurrence,
  checkTransfer,
} from './check-terms.js';
import type { TermProblem } from './errors.js';
import { isRedeeming } from './payment.js';
import type { AnnuityLoan, Loan, ProtectedUntil, RedemptionTerms, RevolvingLoan, SteppedLoan } from './terms.js';

function checkInterest({ interest, interestBase }: Loan): TermProblem[] {
  const paid = interest && [
    ...checkNumber('interest.rate', interest.rate),
    ...checkNumber('interest.accrued', interest.accrued),
    ...checkRecurrence('interest', interest),
    ...checkMoment('interest.capitalisedUntil', interest.capitalisedUntil),
  ];
  const base = interestBase && [
    ...checkNumber('interestBase.amount', interestBase.amount, 0),
    ...checkRecurrence('interestBase', interestBase),
  ];
  return [...(paid ?? []), ...(base ?? [])];
}

function checkExtras({ fee, scaling, prepayment }: Loan): TermProblem[] {
  const fees = fee && [
    ...checkNumber('fee.rate', fee.rate),
    ...checkNumber('fee.accrued', fee.accrued),
    ...checkRecurrence('fee', fee),
  ];
  const scaled = scaling && [
    ...(scaling.index.trim() === '' ? [{ term: 'scaling.index', expected: 'name the index' }] : []),
    ...(scaling.base > 0 ? [] : [{ term: 'scaling.base', expected: 'give a number above zero' }]),
    ...checkRecurrence('scaling', scaling),
    ...checkNumber('scaling.interestMultiplier', scaling.interestMultiplier),
    ...checkNumber('scaling.principalMultiplier', scaling.principalMultiplier),
  ];
  const prepaid = prepayment && [
    ...checkRecurrence('prepayment', prepayment),
    ...checkNumber('prepayment.penalty', prepayment.penalty?.value, 0),
    ...checkProtection(prepayment.protection ?? []),
  ];
  return [...(fees ?? []), ...(scaled ?? []), ...(prepaid ?? [])];
}

function checkRedemption(kind: Loan['kind'], redemption: RedemptionTerms): TermProblem[] {
  const unstated = kind === 'fixed-payment' && redemption.payment === undefined;
  return [
    ...checkRecurrence('redemption', redemption),
    ...checkNumber('redemption.payment', redemption.payment, 0),
    ...(unstated ? [{ term: 'redemption.payment', expected: 'give it: the payment of this loan is fixed' }] : []),
  ];
}

function checkSteps({ principalSteps, interestSteps, rateSteps, rateReset }: SteppedLoan): TermProblem[] {
  const unindexed = !rateReset && rateSteps.some(({ kind }) => kind === 'floating');
  const groups = { principalSteps, interestSteps, rateSteps };
  const dates = Object.entries(groups).flatMap(([group, steps]) =>
    steps.flatMap((step, index) => [
      ...checkMoment(`${group}[${index}].from`, step.from, steps[index - 1]?.from),
      ...(step.cycle ? checkPeriod(`${group}[${index}].cycle`, step.cycle, 1) : []),
    ]),
  );
  return [
    ...dates,
    ...(unindexed ? [{ term: 'rateReset', expected: 'give the index of the floating steps' }] : []),
    ...principalSteps.flatMap(({ amount }, index) => checkNumber(`principalSteps[${index}].amount`, amount, 0)),
    ...rateSteps.flatMap(({ rate }, index) => checkNumber(`rateSteps[${index}].rate`, rate)),
  ];
}

/** Kinds whose maturity does not follow from their payments. */
const DATED: readonly Loan['kind'][] = ['bullet', 'simple-interest', 'revolving'];

function checkProtection(protection: readonly ProtectedUntil[]): TermProblem[] {
  return protection.flatMap(({ until, kind, share, index }, at) => [
    ...checkMoment(`prepayment.protection[${at}].until`, until, protection[at - 1]?.until),
    ...checkNumber(`prepayment.protection[${at}].share`, share, 0),
    ...(kind === 'yield-maintenance' && index === undefined
      ? [{ term: `prepayment.protection[${at}].index`, expected: 'name the index of yields' }]
      : []),
  ]);
}

function checkRateChanges(changes: Loan['rateChanges'] = []): TermProblem[] {
  return changes.flatMap(({ from, rate }, at) => [
    ...checkMoment(`rateChanges[${at}].from`, from, changes[at - 1]?.from),
    ...checkNumber(`rateChanges[${at}].rate`, rate),
  ]);
}

function checkAnnuity({ amortisationDate, paymentReset, residualValue }: AnnuityLoan): TermProblem[] {
  const reset = paymentReset && [
    ...checkRecurrence('paymentReset', paymentReset),
    ...checkRecurrence('paymentReset.recasts', paymentReset.recasts ?? {}),
    ...checkNumber('paymentReset.cap', paymentReset.cap, 0),
    ...checkNumber('paymentReset.balanceCap', paymentReset.balanceCap, 0),
  ];
  return [
    ...checkMoment('amortisationDate', amortisationDate),
    ...checkNumber('residualValue', residualValue, 0),
    ...(reset ?? []),
  ];
}

function checkRevolving({ limit, minimum, redemption, drawUntil }: RevolvingLoan): TermProblem[] {
  return [
    ...checkNumber('limit', limit, 0),
    ...checkNumber('minimum.share', minimum.share, 0),
    ...checkNumber('minimum.amount', minimum.amount, 0),
    ...checkRecurrence('redemption', redemption),
    ...checkMoment('drawUntil', drawUntil),
  ];
}

/** Everything that is wrong with a loan's terms beyond those of every contract. */
export function checkLoan(terms: Loan): TermProblem[] {
  const { maturityDate, kind } = terms;
  const undated = DATED.includes(kind) && maturityDate === undefined;
  return [
    ...checkMoment('initialDate', terms.initialDate),
    ...checkMoment('maturityDate', maturityDate, terms.initialDate),
    ...(undated ? [{ term: 'maturityDate', expected: 'give it: what is owed then is repaid on it' }] : []),
    ...checkNumber('initialPremium', terms.initialPremium),
    ...checkInterest(terms),
    ...checkRateReset(terms.rateReset),
    ...checkExtras(terms),
    ...checkTransfer('purchase', terms.purchase),
    ...checkTransfer('termination', terms.termination),
    ...(isRedeeming(terms) ? checkRedemption(kind, terms.redemption) : []),
    ...checkNumber('forborne', terms.forborne, 0),
    ...checkRateChanges(terms.rateChanges),
    ...(kind === 'annuity' ? checkAnnuity(terms) : []),
    ...(kind === 'revolving' ? checkRevolving(terms) : []),
    ...(kind === 'stepped' ? checkSteps(terms) : []),
  ];
}
