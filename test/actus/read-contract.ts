import type {
  Contract,
  Cycle,
  InterestRateSwap,
  LoanTerms,
  PrincipalStep,
  RateStep,
  SteppedLoan,
} from '@weir/collateral';
import { readConventions } from './conventions.js';
import { ContractTypeUnsupported, TermUnreadable } from './errors.js';
import { readCommon, readLoan, readRateReset, readRecurrence, readTransfer } from './read-loan.js';
import { SILENT_TERMS } from './silent-terms.js';
import { type Raw, TermReader } from './term-reader.js';

function readRedemption(reader: TermReader): { redemption: ReturnType<typeof readRecurrence> & { payment?: number } } {
  const payment = reader.number('nextPrincipalRedemptionPayment');
  const recurrence = readRecurrence(reader, 'PrincipalRedemption');
  return { redemption: payment === undefined ? recurrence : { ...recurrence, payment } };
}

/** The cycle of each stretch: its own, or the one that all share. */
const cycleAt = (cycles: readonly Cycle[], index: number): Cycle | undefined => cycles[index] ?? cycles[0];

function at<V>(values: readonly V[], index: number, term: string): V {
  const value = values[index];
  if (value === undefined) throw new TermUnreadable(term, String(values), `expected ${index + 1} values or more`);
  return value;
}

function readPrincipalSteps(reader: TermReader): PrincipalStep[] {
  const cycles = reader.cycles('arrayCycleOfPrincipalRedemption');
  const amounts = reader.numbers('arrayNextPrincipalRedemptionPayment');
  const directions = reader.list('arrayIncreaseDecrease');
  return reader.moments('arrayCycleAnchorDateOfPrincipalRedemption').map((from, index) => ({
    from,
    cycle: cycleAt(cycles, index),
    amount: at(amounts, index, 'arrayNextPrincipalRedemptionPayment'),
    direction: (directions[index] ?? directions[0]) === 'INC' ? 'drawn' : 'repaid',
  }));
}

function readRateSteps(reader: TermReader): RateStep[] {
  const cycles = reader.cycles('arrayCycleOfRateReset');
  const rates = reader.numbers('arrayRate');
  const kinds = reader.list('arrayFixedVariable');
  return reader.moments('arrayCycleAnchorDateOfRateReset').map((from, index) => ({
    from,
    cycle: cycleAt(cycles, index),
    kind: (kinds[index] ?? kinds[0] ?? 'FIX').startsWith('F') ? 'fixed' : 'floating',
    rate: at(rates, index, 'arrayRate'),
  }));
}

function readStepped(reader: TermReader): SteppedLoan {
  const cycles = reader.cycles('arrayCycleOfInterestPayment');
  const interestSteps = reader
    .moments('arrayCycleAnchorDateOfInterestPayment')
    .map((from, index) => ({ from, cycle: cycleAt(cycles, index) }));
  return {
    kind: 'stepped',
    ...readLoan(reader),
    principalSteps: readPrincipalSteps(reader),
    interestSteps,
    rateSteps: readRateSteps(reader),
  };
}

function readSwap(reader: TermReader): InterestRateSwap {
  const fixedRate = reader.number('nominalInterestRate');
  const floatingRate = reader.number('nominalInterestRate2');
  return {
    kind: 'interest-rate-swap',
    ...readCommon(reader),
    conventions: readConventions(reader),
    initialDate: reader.required('initialExchangeDate', reader.moment('initialExchangeDate')),
    maturityDate: reader.required('maturityDate', reader.moment('maturityDate')),
    fixedRate: reader.required('nominalInterestRate', fixedRate),
    floatingRate: reader.required('nominalInterestRate2', floatingRate),
    accrued: reader.number('accruedInterest'),
    floatingAccrued: reader.number('accruedInterest2'),
    payments: readRecurrence(reader, 'InterestPayment'),
    rateReset: reader.required('marketObjectCodeOfRateReset', readRateReset(reader)),
    settlement: reader.oneOf('deliverySettlement', { D: 'gross', S: 'net' } as const) ?? 'gross',
    purchase: readTransfer(reader, 'purchaseDate', 'priceAtPurchaseDate'),
    termination: readTransfer(reader, 'terminationDate', 'priceAtTerminationDate'),
  };
}

const READERS: Record<string, (reader: TermReader) => Contract> = {
  PAM: (reader) => ({ kind: 'bullet', ...readLoan(reader) }),
  LAM: (reader) => ({ kind: 'linear', ...readLoan(reader), ...readRedemption(reader) }),
  NAM: (reader) => ({ kind: 'fixed-payment', ...readLoan(reader), ...readRedemption(reader) }),
  ANN: (reader) => ({
    kind: 'annuity',
    ...readLoan(reader),
    ...readRedemption(reader),
    amortisationDate: reader.moment('amortizationDate'),
  }),
  LAX: readStepped,
  CLM: (reader) => ({ kind: 'call', ...readMoneyMarketLoan(reader), notice: noticeOf(reader) }),
  UMP: (reader) => ({ kind: 'open-ended', ...readMoneyMarketLoan(reader) }),
  CSH: (reader) => ({ kind: 'cash', ...readCommon(reader) }),
  SWPPV: readSwap,
};

/** Loans that are called, drawn and repaid at will have no premium: POF_IED_CLM leaves it out. */
function readMoneyMarketLoan(reader: TermReader): LoanTerms {
  return { ...readLoan(reader), initialPremium: undefined };
}

function noticeOf(reader: TermReader): { count: number; unit: 'day' | 'month' } {
  const { count, unit } = reader.cycle('xDayNotice') ?? { count: 0, unit: 'day' };
  return { count, unit };
}

/** ACTUS contract types that the adapter reads. */
export const CONTRACT_TYPES = Object.keys(READERS);

/**
 * The library's contract for ACTUS terms.
 * @throws TermUnreadable for a term that cannot be read, or that nobody knows
 * @throws ContractTypeUnsupported for a type of the standard that the library does not have
 */
export function readContract(terms: { [name: string]: Raw }): Contract {
  const reader = new TermReader(terms);
  const type = reader.text('contractType') ?? '';
  const read = READERS[type.toUpperCase()];
  if (!read) throw new ContractTypeUnsupported(type, CONTRACT_TYPES);
  const contract = read(reader);
  reader.skip(SILENT_TERMS);
  const [unknown] = reader.unread();
  if (unknown !== undefined) {
    throw new TermUnreadable(unknown, String(terms[unknown]), `no term of the dictionary is called so`);
  }
  return contract;
}
