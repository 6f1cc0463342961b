import { ADJUSTABLE_FIELDS } from './adjustable.js';
import { esmaFields } from './esma.js';
import type { AssetClass, FieldMore } from './field.js';
import { capitalisedField } from './repayment.js';

/** Field code, name, kind, and the no-data options that it admits, as the template lists them. */
const TEMPLATE = `
  RREL1 uniqueIdentifier text none
  RREL2 originalUnderlyingExposureIdentifier text none
  RREL3 newUnderlyingExposureIdentifier text none
  RREL4 originalObligorIdentifier text none
  RREL5 newObligorIdentifier text none
  RREL6 dataCutOffDate date none
  RREL7 poolAdditionDate date ND5
  RREL8 dateOfRepurchase date ND5
  RREL9 redemptionDate date ND5
  RREL10 resident flag ND1-4
  RREL11 geographicRegionObligor text ND1-4
  RREL12 geographicRegionClassification integer ND1-4
  RREL13 employmentStatus code ND1-4
  RREL14 creditImpairedObligor flag ND5
  RREL15 customerType code ND1-4
  RREL16 primaryIncome money ND1-4
  RREL17 primaryIncomeType code ND1-4
  RREL18 primaryIncomeCurrency text ND1-4
  RREL19 primaryIncomeVerification code ND1-4
  RREL20 secondaryIncome money ND1-5
  RREL21 secondaryIncomeVerification code ND1-5
  RREL22 specialScheme text ND1-5
  RREL23 originationDate date ND1-4
  RREL24 maturityDate date ND5
  RREL25 originalTerm integer ND1-5
  RREL26 originationChannel code ND1-5
  RREL27 purpose code ND1-4
  RREL28 currencyDenomination text none
  RREL29 originalPrincipalBalance money ND1-5
  RREL30 currentPrincipalBalance money ND5
  RREL31 priorPrincipalBalances money ND1-5
  RREL32 pariPassuUnderlyingExposures money ND1-5
  RREL33 totalCreditLimit money ND5
  RREL34 purchasePrice rate ND5
  RREL35 amortisationType code ND1-4
  RREL36 principalGracePeriodEndDate date ND5
  RREL37 scheduledPrincipalPaymentFrequency code ND5
  RREL38 scheduledInterestPaymentFrequency code ND5
  RREL39 paymentDue money ND5
  RREL40 debtToIncomeRatio rate ND1-5
  RREL41 balloonAmount money ND1-5
  RREL42 interestRateType code ND5
  RREL43 currentInterestRate rate ND5
  RREL44 currentInterestRateIndex code ND5
  RREL45 currentInterestRateIndexTenor code ND5
  RREL46 currentInterestRateMargin rate ND5
  RREL47 interestRateResetInterval integer ND5
  RREL48 interestRateCap rate ND5
  RREL49 interestRateFloor rate ND5
  RREL50 revisionMargin1 rate ND1-5
  RREL51 interestRevisionDate1 date ND1-5
  RREL52 revisionMargin2 rate ND1-5
  RREL53 interestRevisionDate2 date ND1-5
  RREL54 revisionMargin3 rate ND1-5
  RREL55 interestRevisionDate3 date ND1-5
  RREL56 revisedInterestRateIndex code ND1-5
  RREL57 revisedInterestRateIndexTenor code ND1-5
  RREL58 numberOfPaymentsBeforeSecuritisation integer ND1-4
  RREL59 percentageOfPrepaymentsAllowedPerYear rate ND1-5
  RREL60 prepaymentLockOutEndDate date ND1-5
  RREL61 prepaymentFee money ND5
  RREL62 prepaymentFeeEndDate date ND1-5
  RREL63 prepaymentDate date ND1-5
  RREL64 cumulativePrepayments money ND1-5
  RREL65 dateOfRestructuring date ND1-5
  RREL66 dateLastInArrears date ND1-5
  RREL67 arrearsBalance money none
  RREL68 numberOfDaysInArrears integer none
  RREL69 accountStatus code none
  RREL70 reasonForDefaultOrForeclosure code ND1-5
  RREL71 defaultAmount money ND5
  RREL72 defaultDate date ND5
  RREL73 allocatedLosses money ND5
  RREL74 cumulativeRecoveries money ND5
  RREL75 litigation flag ND5
  RREL76 recourse flag ND1-5
  RREL77 depositAmount money ND5
  RREL78 insuranceOrInvestmentProvider text ND1-5
  RREL79 originalLenderName text ND1-5
  RREL80 originalLenderLegalEntityIdentifier text ND1-5
  RREL81 originalLenderEstablishmentCountry text ND1-5
  RREL82 originatorName text none
  RREL83 originatorLegalEntityIdentifier text none
  RREL84 originatorEstablishmentCountry text none
  RREC1 uniqueIdentifierOfCollateral text none
  RREC2 underlyingExposureIdentifier text none
  RREC3 originalCollateralIdentifier text none
  RREC4 newCollateralIdentifier text none
  RREC5 collateralType code none
  RREC6 geographicRegionCollateral text ND1-5
  RREC7 occupancyType code ND1-5
  RREC8 lien integer ND1-5
  RREC9 propertyType code ND5
  RREC10 energyPerformanceCertificateValue code ND1-5
  RREC11 energyPerformanceCertificateProviderName text ND1-5
  RREC12 currentLoanToValue rate ND1-5
  RREC13 currentValuationAmount money ND1-5
  RREC14 currentValuationMethod code ND1-4
  RREC15 currentValuationDate date ND1-5
  RREC16 originalLoanToValue rate ND1-5
  RREC17 originalValuationAmount money ND1-4
  RREC18 originalValuationMethod code ND1-4
  RREC19 originalValuationDate date ND1-4
  RREC20 dateOfSale date ND1-5
  RREC21 salePrice money ND5
  RREC22 collateralCurrency text ND5
  RREC23 guarantorType code ND1-4
`;

/** What is said of a field beyond every template. */
const MORE: Record<string, FieldMore> = {
  currentLoanToValue: { role: 'ltv', range: [0, 3], also: 'ltv, current ltv' },
  currentValuationAmount: {
    role: 'value',
    also: 'property value, valuation, appraised value, market value, indexed valuation, current valuation',
  },
  originalValuationAmount: { also: 'original appraised value, original valuation, original property value' },
  purpose: { also: 'loan purpose' },
  originationChannel: { also: 'channel' },
  occupancyType: { also: 'occupancy, occupancy status' },
  lien: { also: 'lien position' },
};

/** Residential mortgages (ESMA annex 2). */
export const RESIDENTIAL_MORTGAGE: AssetClass = {
  name: 'residential-mortgage',
  title: 'residential mortgages (ESMA annex 2)',
  fields: [...esmaFields(TEMPLATE, MORE), capitalisedField(), ...ADJUSTABLE_FIELDS],
};
