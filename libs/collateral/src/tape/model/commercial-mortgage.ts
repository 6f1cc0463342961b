import { field, fieldsNamed, type AssetClass } from './field.js';

/** Commercial mortgages: SEC Regulation AB II, Schedule AL, Item 2, by the element names of ABS-EE asset data files. */
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
    field('reportPeriodEndActualBalanceAmount', 'money', {
      role: 'closing',
      required: true,
      also: 'ending balance, actual balance, current balance',
    }),
    field('scheduledInterestAmount', 'money', { role: 'interest', also: 'interest due' }),
    field('scheduledPrincipalAmount', 'money', { role: 'principal', also: 'principal due' }),
    field('otherPrincipalAdjustmentAmount', 'money', { role: 'adjustment' }),
    field('totalScheduledPrincipalInterestDueAmount', 'money', { role: 'payment', also: 'debt service, payment due' }),
    field('realizedLossToTrustAmount', 'money', { role: 'chargeOff', also: 'realised loss' }),
    field('paymentStatusLoanCode', 'code', {
      role: 'status',
      codes: 'A B 0 1 2 3 4 5 6'.split(' '),
      also: 'payment status',
    }),
    field('armIndexCode', 'code', { also: 'index, arm index, reference rate' }),
    field('armMarginNumber', 'rate', { also: 'margin, gross margin, arm margin, spread' }),
    field('lifetimeRateCapPercentage', 'rate', { also: 'lifetime cap, life cap, maximum rate' }),
    field('lifetimeRateFloorPercentage', 'rate', { also: 'lifetime floor, life floor, minimum rate' }),
    field('periodicRateIncreaseLimitPercentage', 'rate', { also: 'periodic cap, adjustment cap' }),
    field('indexLookbackDaysNumber', 'integer', { also: 'lookback, lookback days' }),
    field('firstRateAdjustmentDate', 'date', { also: 'first reset date' }),
    field('nextInterestRateChangeAdjustmentDate', 'date', { also: 'next reset date, next rate change date' }),
    ...fieldsNamed('text', `assetTypeNumber GroupID originatorName primaryServicerName repurchaserName`),
    ...fieldsNamed(
      'integer',
      `originalAmortizationTermNumber originalInterestOnlyTermNumber NumberPropertiesSecuritization
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
      `interestAccrualMethodCode originalInterestRateTypeCode lienPositionSecuritizationCode
      loanStructureCode paymentTypeCode paymentFrequencyCode rateResetFrequencyCode
      paymentResetFrequencyCode servicingAdvanceMethodCode assetSubjectDemandStatusCode
      repurchaseReplacementReasonCode liquidationPrepaymentCode workoutStrategyCode modificationCode`,
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
      deferredInterestCumulativeAmount deferredInterestCollectedAmount otherInterestAdjustmentAmount
      unscheduledPrincipalCollectedAmount reportPeriodEndScheduledLoanBalanceAmount
      totalPrincipalInterestAdvancedOutstandingAmount totalTaxesInsuranceAdvancesOutstandingAmount
      otherExpensesAdvancedOutstandingAmount repurchaseAmount
      prepaymentPremiumYieldMaintenanceReceivedAmount postModificationPaymentAmount`,
    ),
  ],
};
