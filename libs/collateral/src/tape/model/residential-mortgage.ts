import { ADJUSTABLE_FIELDS } from './adjustable.js';
import { esmaFields } from './esma.js';
import type { AssetClass, FieldMore } from './field.js';

/** Field code, name and kind, as the template lists them. */
const TEMPLATE = `
  RREL1 uniqueIdentifier text
  RREL2 originalUnderlyingExposureIdentifier text
  RREL3 newUnderlyingExposureIdentifier text
  RREL4 originalObligorIdentifier text
  RREL5 newObligorIdentifier text
  RREL6 dataCutOffDate date
  RREL7 poolAdditionDate date
  RREL8 dateOfRepurchase date
  RREL9 redemptionDate date
  RREL10 resident flag
  RREL11 geographicRegionObligor text
  RREL12 geographicRegionClassification integer
  RREL13 employmentStatus code
  RREL14 creditImpairedObligor flag
  RREL15 customerType code
  RREL16 primaryIncome money
  RREL17 primaryIncomeType code
  RREL18 primaryIncomeCurrency text
  RREL19 primaryIncomeVerification code
  RREL20 secondaryIncome money
  RREL21 secondaryIncomeVerification code
  RREL22 specialScheme text
  RREL23 originationDate date
  RREL24 maturityDate date
  RREL25 originalTerm integer
  RREL26 originationChannel code
  RREL27 purpose code
  RREL28 currencyDenomination text
  RREL29 originalPrincipalBalance money
  RREL30 currentPrincipalBalance money
  RREL31 priorPrincipalBalances money
  RREL32 pariPassuUnderlyingExposures money
  RREL33 totalCreditLimit money
  RREL34 purchasePrice rate
  RREL35 amortisationType code
  RREL36 principalGracePeriodEndDate date
  RREL37 scheduledPrincipalPaymentFrequency code
  RREL38 scheduledInterestPaymentFrequency code
  RREL39 paymentDue money
  RREL40 debtToIncomeRatio rate
  RREL41 balloonAmount money
  RREL42 interestRateType code
  RREL43 currentInterestRate rate
  RREL44 currentInterestRateIndex code
  RREL45 currentInterestRateIndexTenor code
  RREL46 currentInterestRateMargin rate
  RREL47 interestRateResetInterval integer
  RREL48 interestRateCap rate
  RREL49 interestRateFloor rate
  RREL50 revisionMargin1 rate
  RREL51 interestRevisionDate1 date
  RREL52 revisionMargin2 rate
  RREL53 interestRevisionDate2 date
  RREL54 revisionMargin3 rate
  RREL55 interestRevisionDate3 date
  RREL56 revisedInterestRateIndex code
  RREL57 revisedInterestRateIndexTenor code
  RREL58 numberOfPaymentsBeforeSecuritisation integer
  RREL59 percentageOfPrepaymentsAllowedPerYear rate
  RREL60 prepaymentLockOutEndDate date
  RREL61 prepaymentFee money
  RREL62 prepaymentFeeEndDate date
  RREL63 prepaymentDate date
  RREL64 cumulativePrepayments money
  RREL65 dateOfRestructuring date
  RREL66 dateLastInArrears date
  RREL67 arrearsBalance money
  RREL68 numberOfDaysInArrears integer
  RREL69 accountStatus code
  RREL70 reasonForDefaultOrForeclosure code
  RREL71 defaultAmount money
  RREL72 defaultDate date
  RREL73 allocatedLosses money
  RREL74 cumulativeRecoveries money
  RREL75 litigation flag
  RREL76 recourse flag
  RREL77 depositAmount money
  RREL78 insuranceOrInvestmentProvider text
  RREL79 originalLenderName text
  RREL80 originalLenderLegalEntityIdentifier text
  RREL81 originalLenderEstablishmentCountry text
  RREL82 originatorName text
  RREL83 originatorLegalEntityIdentifier text
  RREL84 originatorEstablishmentCountry text
  RREC1 uniqueIdentifierOfCollateral text
  RREC2 underlyingExposureIdentifier text
  RREC3 originalCollateralIdentifier text
  RREC4 newCollateralIdentifier text
  RREC5 collateralType code
  RREC6 geographicRegionCollateral text
  RREC7 occupancyType code
  RREC8 lien integer
  RREC9 propertyType code
  RREC10 energyPerformanceCertificateValue code
  RREC11 energyPerformanceCertificateProviderName text
  RREC12 currentLoanToValue rate
  RREC13 currentValuationAmount money
  RREC14 currentValuationMethod code
  RREC15 currentValuationDate date
  RREC16 originalLoanToValue rate
  RREC17 originalValuationAmount money
  RREC18 originalValuationMethod code
  RREC19 originalValuationDate date
  RREC20 dateOfSale date
  RREC21 salePrice money
  RREC22 collateralCurrency text
  RREC23 guarantorType code
`;

/** What is said of a field beyond every template. */
const MORE: Record<string, FieldMore> = {
  currentLoanToValue: { role: 'ltv', range: [0, 3], also: 'ltv, current ltv' },
  currentValuationAmount: { role: 'value', also: 'property value, valuation' },
};

/** Residential mortgages (ESMA annex 2). */
export const RESIDENTIAL_MORTGAGE: AssetClass = {
  name: 'residential-mortgage',
  title: 'residential mortgages (ESMA annex 2)',
  fields: [...esmaFields(TEMPLATE, MORE), ...ADJUSTABLE_FIELDS],
};
