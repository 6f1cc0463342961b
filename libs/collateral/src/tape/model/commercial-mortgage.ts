import { commercialCodes } from './commercial-codes.js';
import { field, fieldsNamed, type AssetClass, type Field, type FieldMore } from './field.js';

/** A code of which the schedule has a list. */
const coded = (name: string, more: FieldMore = {}): Field => field(name, 'code', { ...commercialCodes(name), ...more });

/**
 * Commercial mortgages: SEC Regulation AB II, Schedule AL, Item 2, by the element names of ABS-EE asset data files. The trust
 * is paid by the schedule, advanced or not: opening and closing are the scheduled balances, `actual` what the borrower owes.
 * Scheduled, unscheduled and other principal and a realised loss together take one to the other.
 */
export const COMMERCIAL_MORTGAGE: AssetClass = {
  name: 'commercial-mortgage',
  title: 'commercial mortgages (SEC Schedule AL, Item 2)',
  fields: [
    field('assetNumber', 'text', { role: 'key', required: true, also: 'loan number, prospectus loan id, loan id' }),
    field('reportingPeriodBeginningDate', 'date', { role: 'periodFrom', also: 'period start' }),
    field('reportingPeriodEndDate', 'date', { role: 'periodTo', also: 'period end, as of date' }),
    field('originationDate', 'date', { role: 'originated' }),
    field('maturityDate', 'date', { role: 'matures', also: 'maturity' }),
    field('originalLoanAmount', 'money', { role: 'originalAmount', range: [0, 1e10], also: 'original balance' }),
    field('originalTermLoanNumber', 'integer', { role: 'originalTerm', range: [1, 480], also: 'original term' }),
    field('originalInterestRatePercentage', 'rate', { role: 'originalRate', range: [0, 0.35], also: 'original rate' }),
    field('reportPeriodInterestRatePercentage', 'rate', {
      role: 'rate',
      range: [0, 0.35],
      also: 'note rate, current rate',
    }),
    field('reportPeriodBeginningScheduleLoanBalanceAmount', 'money', { role: 'opening', also: 'beginning balance' }),
    field('reportPeriodEndScheduledLoanBalanceAmount', 'money', {
      role: 'closing',
      required: true,
      also: 'ending balance, ending scheduled balance, scheduled balance, current balance',
    }),
    field('reportPeriodEndActualBalanceAmount', 'money', {
      role: 'actual',
      also: 'actual balance, ending actual balance',
    }),
    field('scheduledInterestAmount', 'money', { role: 'interest', also: 'interest due' }),
    field('otherInterestAdjustmentAmount', 'money', { role: 'otherInterest', also: 'other interest' }),
    field('scheduledPrincipalAmount', 'money', { role: 'principal', also: 'principal due' }),
    field('unscheduledPrincipalCollectedAmount', 'money', {
      role: 'unscheduled',
      also: 'unscheduled principal, prepaid principal, curtailments',
    }),
    field('otherPrincipalAdjustmentAmount', 'money', { role: 'otherPrincipal', also: 'other principal' }),
    field('totalScheduledPrincipalInterestDueAmount', 'money', { role: 'payment', also: 'debt service, payment due' }),
    field('realizedLossToTrustAmount', 'money', { role: 'chargeOff', toDate: true, also: 'realised loss' }),
    coded('paymentStatusLoanCode', { role: 'status', also: 'payment status' }),
    coded('liquidationPrepaymentCode', { role: 'liquidated', also: 'liquidation code, payoff code' }),
    coded('interestAccrualMethodCode', { role: 'accrual', also: 'accrual method, day count' }),
    ...'originalInterestRateTypeCode lienPositionSecuritizationCode loanStructureCode paymentTypeCode paymentFrequencyCode servicingAdvanceMethodCode'
      .split(' ')
      .map((name) => coded(name)),
    field('totalPrincipalInterestAdvancedOutstandingAmount', 'money', {
      role: 'advanced',
      also: 'principal and interest advances outstanding',
    }),
    coded('propertyTypeCode', { role: 'propertyType', also: 'property type' }),
    field('propertyState', 'text', { role: 'region', also: 'state, property state' }),
    field('armIndexCode', 'code', { also: 'index, arm index, reference rate' }),
    field('armMarginNumber', 'rate', { also: 'margin, gross margin, arm margin, spread' }),
    field('lifetimeRateCapPercentage', 'rate', { also: 'lifetime cap, life cap, maximum rate' }),
    field('lifetimeRateFloorPercentage', 'rate', { also: 'lifetime floor, life floor, minimum rate' }),
    field('periodicRateIncreaseLimitPercentage', 'rate', { also: 'periodic cap, adjustment cap' }),
    field('indexLookbackDaysNumber', 'integer', { also: 'lookback, lookback days' }),
    field('firstRateAdjustmentDate', 'date', { also: 'first reset date' }),
    field('nextInterestRateChangeAdjustmentDate', 'date', { also: 'next reset date, next rate change date' }),
    field('originalInterestOnlyTermNumber', 'integer', { role: 'interestOnly' }),
    ...fieldsNamed('text', `assetTypeNumber GroupID originatorName primaryServicerName repurchaserName`),
    ...fieldsNamed(
      'integer',
      `originalAmortizationTermNumber NumberPropertiesSecuritization
      NumberProperties graceDaysAllowedNumber
      postModificationAmortizationPeriodAmount`,
    ),
    ...fieldsNamed(
      'rate',
      `interestRateSecuritizationPercentage periodicRateDecreaseLimitPercentage
      periodicPaymentAdjustmentMaximumPercent maximumNegativeAmortizationAllowedPercentage
      servicerTrusteeFeeRatePercentage armIndexRatePercentage nextInterestRatePercentage
      postModificationInterestPercentage`,
    ),
    ...fieldsNamed(
      'code',
      `rateResetFrequencyCode paymentResetFrequencyCode assetSubjectDemandStatusCode
      repurchaseReplacementReasonCode workoutStrategyCode modificationCode`,
    ),
    ...fieldsNamed(
      'date',
      `firstLoanPaymentDueDate firstPaymentAdjustmentDate prepaymentLockOutEndDate
      yieldMaintenanceEndDate prepaymentPremiumsEndDate paidThroughDate hyperAmortizingDate
      nextPaymentAdjustmentDate mostRecentSpecialServicerTransferDate
      mostRecentMasterServicerReturnDate demandResolutionDate liquidationPrepaymentDate
      lastModificationDate postModificationMaturityDate`,
    ),
    ...fieldsNamed(
      'flag',
      `underwritingIndicator interestOnlyIndicator balloonIndicator prepaymentPremiumIndicator
      negativeAmortizationIndicator modifiedIndicator assetAddedIndicator
      reportPeriodModificationIndicator nonRecoverabilityIndicator assetSubjectDemandIndicator`,
    ),
    ...fieldsNamed(
      'money',
      `periodicPrincipalAndInterestPaymentSecuritizationAmount
      scheduledPrincipalBalanceSecuritizationAmount periodicPaymentAdjustmentMaximumAmount
      maximumNegativeAmortizationAllowedAmount negativeAmortizationDeferredInterestCapAmount
      deferredInterestCumulativeAmount deferredInterestCollectedAmount
      totalTaxesInsuranceAdvancesOutstandingAmount
      otherExpensesAdvancedOutstandingAmount repurchaseAmount
      prepaymentPremiumYieldMaintenanceReceivedAmount postModificationPaymentAmount`,
    ),
  ],
};
