import type {
  FeeTerms,
  InterestBaseTerms,
  InterestTerms,
  LoanTerms,
  PrepaymentTerms,
  RateResetTerms,
  Recurrence,
  ScalingTerms,
  Transfer,
} from '@weir/collateral';
import { PERFORMANCE, readConventions, SIDES } from './conventions.js';
import type { TermReader } from './term-reader.js';

/** Anchor date and cycle of what the dictionary calls by `of`. */
export function readRecurrence(reader: TermReader, of: string): Recurrence {
  return { firstDate: reader.moment(`cycleAnchorDateOf${of}`), cycle: reader.cycle(`cycleOf${of}`) };
}

/** A date and a price, as for purchase and termination. */
export function readTransfer(reader: TermReader, date: string, price: string): Transfer | undefined {
  const [on, at] = [reader.moment(date), reader.number(price)];
  return on === undefined ? undefined : { date: on, price: at ?? 0 };
}

function readInterest(reader: TermReader): InterestTerms | undefined {
  const rate = reader.number('nominalInterestRate');
  const terms = {
    ...readRecurrence(reader, 'InterestPayment'),
    accrued: reader.number('accruedInterest'),
    capitalisedUntil: reader.moment('capitalizationEndDate'),
  };
  reader.oneOf('cyclePointOfInterestPayment', { E: true });
  return rate === undefined ? undefined : { ...terms, rate };
}

function readInterestBase(reader: TermReader): InterestBaseTerms | undefined {
  const kinds = { NT: 'balance', NTIED: 'initial-balance', NTL: 'lagged-balance' } as const;
  const kind = reader.oneOf('interestCalculationBase', kinds);
  const amount = reader.number('interestCalculationBaseAmount');
  const recurrence = readRecurrence(reader, 'InterestCalculationBase');
  return kind && { ...recurrence, kind, amount };
}

/** Rate resets; without an index there are none. */
export function readRateReset(reader: TermReader): RateResetTerms | undefined {
  const index = reader.text('marketObjectCodeOfRateReset') ?? reader.text('marketObjectCodeRateReset');
  const nextRate = reader.number('nextResetRate');
  const terms = {
    ...readRecurrence(reader, 'RateReset'),
    spread: reader.number('rateSpread') ?? 0,
    multiplier: reader.number('rateMultiplier') ?? 1,
    lifeCap: reader.number('lifeCap'),
    lifeFloor: reader.number('lifeFloor'),
    periodCap: size(reader.number('periodCap')),
    periodFloor: size(reader.number('periodFloor')),
    nextRate,
  };
  reader.oneOf('cyclePointOfRateReset', { B: true });
  if (index === undefined && nextRate === undefined) return undefined;
  return { ...terms, index: index ?? 'none' };
}

/** The dictionary wants the largest fall of a rate as a positive number; some write it with its sign. */
const size = (value: number | undefined): number | undefined => (value === undefined ? undefined : Math.abs(value));

function readFee(reader: TermReader): FeeTerms | undefined {
  const rate = reader.number('feeRate');
  const basis = reader.oneOf('feeBasis', { A: 'amount', N: 'balance' } as const) ?? 'amount';
  const terms = { ...readRecurrence(reader, 'Fee'), accrued: reader.number('feeAccrued') };
  return rate === undefined ? undefined : { ...terms, basis, rate };
}

function readScaling(reader: TermReader): ScalingTerms | undefined {
  const effect = (reader.text('scalingEffect') ?? 'OOO').toUpperCase();
  const index = reader.text('marketObjectCodeOfScalingIndex');
  const bases = [reader.number('scalingIndexAtContractDealDate'), reader.number('scalingIndexAtStatusDate')];
  const terms = {
    ...readRecurrence(reader, 'ScalingIndex'),
    interestMultiplier: reader.number('interestScalingMultiplier') ?? 1,
    principalMultiplier: reader.number('notionalScalingMultiplier') ?? 1,
    interest: effect.includes('I'),
    principal: effect.includes('N'),
  };
  if (!terms.interest && !terms.principal) return undefined;
  return {
    ...terms,
    index: reader.required('marketObjectCodeOfScalingIndex', index),
    base: reader.required('scalingIndexAtContractDealDate', bases[0] ?? bases[1]),
  };
}

function readPrepayment(reader: TermReader): PrepaymentTerms | undefined {
  const effect = reader.oneOf('prepaymentEffect', { N: 'none', A: 'lower-payment', M: 'shorter-term' } as const);
  const kind = reader.oneOf('penaltyType', { O: 'none', A: 'amount', N: 'rate', I: 'rate-lost' } as const) ?? 'none';
  const value = reader.number('penaltyRate') ?? 0;
  const model = reader.text('objectCodeOfPrepaymentModel');
  const recurrence = readRecurrence(reader, 'Optionality');
  if (effect === undefined || effect === 'none') return undefined;
  return { ...recurrence, effect, model, penalty: kind === 'none' ? undefined : { kind, value } };
}

/** What every contract states. */
export function readCommon(
  reader: TermReader,
): Pick<LoanTerms, 'id' | 'currency' | 'side' | 'statusDate' | 'balance' | 'performance' | 'settlementCurrency'> {
  return {
    id: reader.text('contractID') ?? 'contract',
    currency: reader.text('currency') ?? 'none',
    side: reader.required('contractRole', reader.oneOf('contractRole', SIDES)),
    statusDate: reader.required('statusDate', reader.moment('statusDate')),
    balance: reader.required('notionalPrincipal', reader.number('notionalPrincipal')),
    performance: reader.oneOf('contractPerformance', PERFORMANCE),
    settlementCurrency: reader.text('settlementCurrency'),
  };
}

/** What every loan states. */
export function readLoan(reader: TermReader): LoanTerms {
  return {
    ...readCommon(reader),
    conventions: readConventions(reader),
    initialDate: reader.required('initialExchangeDate', reader.moment('initialExchangeDate')),
    initialPremium: reader.number('premiumDiscountAtIED'),
    maturityDate: reader.moment('maturityDate'),
    interest: readInterest(reader),
    interestBase: readInterestBase(reader),
    rateReset: readRateReset(reader),
    fee: readFee(reader),
    scaling: readScaling(reader),
    prepayment: readPrepayment(reader),
    purchase: readTransfer(reader, 'purchaseDate', 'priceAtPurchaseDate'),
    termination: readTransfer(reader, 'terminationDate', 'priceAtTerminationDate'),
  };
}
