import { US_STATE_CODES } from './iso-codes.js';
import { field, fieldsNamed, type AssetClass } from './field.js';

/** Automobile leases: SEC Regulation AB II, Schedule AL, Item 4, by the element names of ABS-EE asset data files. */
export const AUTO_LEASE: AssetClass = {
  name: 'auto-lease',
  title: 'automobile leases (SEC Schedule AL, Item 4)',
  fields: [
    field('assetNumber', 'text', { role: 'key', required: true, also: 'lease number, contract number' }),
    field('reportingPeriodBeginDate', 'date', { role: 'periodFrom', also: 'period start' }),
    field('reportingPeriodEndDate', 'date', { role: 'periodTo', also: 'period end, as of date' }),
    field('originationDate', 'month', { role: 'originated', also: 'contract date' }),
    field('scheduledTerminationDate', 'month', { role: 'matures', also: 'lease end, maturity date' }),
    field('acquisitionCost', 'money', { role: 'originalAmount', range: [0, 1e6], also: 'capitalised cost, cap cost' }),
    field('originalLeaseTermNumber', 'integer', { role: 'originalTerm', range: [1, 120], also: 'lease term' }),
    field('remainingTermNumber', 'integer', { role: 'remainingTerm', also: 'remaining term' }),
    field('vehicleValueAmount', 'money', { role: 'value', also: 'vehicle value, msrp' }),
    field('baseResidualValue', 'money', { role: 'balloon', also: 'residual value' }),
    field('contractResidualValue', 'money', { also: 'contract residual' }),
    field('lesseeCreditScore', 'score', { role: 'score', range: [250, 900], also: 'fico, credit score' }),
    field('lesseeGeographicLocation', 'text', {
      role: 'region',
      codes: US_STATE_CODES,
      also: 'state, region',
    }),
    field('reportingPeriodSecuritizationValueAmount', 'money', { role: 'opening', also: 'securitization value' }),
    field('reportingPeriodEndActualSecuritizationAmount', 'money', {
      role: 'closing',
      required: true,
      also: 'ending securitization value',
    }),
    field('securitizationDiscountRate', 'rate', { role: 'rate', range: [0, 0.6], also: 'discount rate' }),
    field('reportingPeriodScheduledPaymentAmount', 'money', { role: 'payment', also: 'monthly payment, rental' }),
    field('totalActualAmountPaid', 'money', { role: 'totalPaid', also: 'total paid' }),
    field('chargedOffAmount', 'money', { role: 'chargeOff', also: 'charge off' }),
    field('liquidationProceedsAmount', 'money', { role: 'recovery', also: 'liquidation proceeds' }),
    field('currentDelinquencyStatus', 'integer', { role: 'daysPastDue', also: 'days past due' }),
    field('zeroBalanceCode', 'code', { role: 'status', codes: '0 1 2 3 4 5 99'.split(' ') }),
    ...fieldsNamed(
      'text',
      `assetTypeNumber originatorName vehicleManufacturerName vehicleModelName vehicleModelYear
      lesseeCreditScoreType primaryLeaseServicerName repurchaserName`,
    ),
    ...fieldsNamed('date', `paidThroughDate DemandResolutionDate`),
    ...fieldsNamed(
      'month',
      `originalFirstPaymentDate zeroBalanceEffectiveDate mostRecentServicingTransferReceivedDate`,
    ),
    ...fieldsNamed(
      'money',
      `nextReportingPeriodPaymentAmountDue servicingFlatFeeAmount repurchaseAmount excessFeeAmount
      otherLeaseLevelServicingFeesRetainedAmount otherAssessedUncollectedServicerFeeAmount servicerAdvancedAmount
      reportingPeriodEndingActualBalanceAmount actualOtherCollectedAmount`,
    ),
    ...fieldsNamed('integer', `gracePeriod leaseExtended`),
    ...fieldsNamed(
      'flag',
      `underwritingIndicator coLesseePresentIndicator assetAddedIndicator
      reportingPeriodModificationIndicator assetSubjectDemandIndicator`,
    ),
    ...fieldsNamed('rate', `paymentToIncomePercentage servicingFeePercentage`),
    field('paymentTypeCode', 'code', { codes: '1 2 3 4 98'.split(' ') }),
    field('subvented', 'code', { codes: '0 1 2 98'.split(' ') }),
    field('vehicleNewUsedCode', 'code', { codes: '1 2'.split(' ') }),
    field('vehicleTypeCode', 'code', { codes: '1 2 3 4 98 99'.split(' ') }),
    field('vehicleValueSourceCode', 'code', { codes: '1 2 3 98'.split(' ') }),
    field('servicingAdvanceMethodCode', 'code', { codes: '1 2 3 4 99'.split(' ') }),
    ...fieldsNamed(
      'code',
      `baseResidualSourceCode lesseeIncomeVerificationLevelCode lesseeEmploymentVerificationCode assetSubjectDemandStatusCode
      repurchaseOrReplacementReasonCode modificationTypeCode terminationIndicator`,
    ),
  ],
};
