import { esmaFields } from './esma.js';
import type { AssetClass, FieldMore } from './field.js';
import { capitalisedField } from './repayment.js';

/** Field code, name, kind, and the no-data options that it admits, as the template lists them. */
const TEMPLATE = `
  AUTL1 uniqueIdentifier text none
  AUTL2 originalUnderlyingExposureIdentifier text none
  AUTL3 newUnderlyingExposureIdentifier text none
  AUTL4 originalObligorIdentifier text none
  AUTL5 newObligorIdentifier text none
  AUTL6 dataCutOffDate date none
  AUTL7 poolAdditionDate date ND5
  AUTL8 dateOfRepurchase date ND5
  AUTL9 redemptionDate date ND5
  AUTL10 geographicRegionObligor text ND1-4
  AUTL11 geographicRegionClassification integer ND1-4
  AUTL12 employmentStatus code ND1-4
  AUTL13 creditImpairedObligor flag ND5
  AUTL14 obligorLegalType code ND1-4
  AUTL15 customerType code ND1-4
  AUTL16 primaryIncome money ND1-5
  AUTL17 primaryIncomeType code ND1-4
  AUTL18 primaryIncomeCurrency text ND1-5
  AUTL19 primaryIncomeVerification code ND1-4
  AUTL20 revenue money ND1-5
  AUTL21 financialStatementCurrency text ND1-5
  AUTL22 specialScheme text ND1-5
  AUTL23 productType code ND5
  AUTL24 originationDate date ND1-4
  AUTL25 maturityDate date ND5
  AUTL26 originalTerm integer ND1-5
  AUTL27 originationChannel code ND1-5
  AUTL28 currencyDenomination text none
  AUTL29 originalPrincipalBalance money ND1-5
  AUTL30 currentPrincipalBalance money ND5
  AUTL31 purchasePrice rate ND5
  AUTL32 amortisationType code ND1-4
  AUTL33 principalGracePeriodEndDate date ND5
  AUTL34 scheduledPrincipalPaymentFrequency code ND5
  AUTL35 scheduledInterestPaymentFrequency code ND5
  AUTL36 paymentMethod code ND1-4
  AUTL37 paymentDue money ND5
  AUTL38 balloonAmount money ND1-5
  AUTL39 downPaymentAmount money ND1-5
  AUTL40 currentInterestRate rate ND5
  AUTL41 currentInterestRateIndex code ND5
  AUTL42 currentInterestRateIndexTenor code ND5
  AUTL43 currentInterestRateMargin rate ND5
  AUTL44 interestRateResetInterval integer ND5
  AUTL45 interestRateCap rate ND5
  AUTL46 interestRateFloor rate ND5
  AUTL47 numberOfPaymentsBeforeSecuritisation integer ND1-4
  AUTL48 percentageOfPrepaymentsAllowedPerYear rate ND1-5
  AUTL49 prepaymentFee money ND5
  AUTL50 prepaymentFeeEndDate date ND1-5
  AUTL51 prepaymentDate date ND1-5
  AUTL52 cumulativePrepayments money ND1-5
  AUTL53 manufacturer text ND1-4
  AUTL54 model text ND1-4
  AUTL55 yearOfRegistration integer ND1-5
  AUTL56 newOrUsed code ND1-4
  AUTL57 energyPerformanceCertificateValue code ND1-5
  AUTL58 energyPerformanceCertificateProviderName text ND1-5
  AUTL59 originalLoanToValue rate ND1-4
  AUTL60 originalValuationAmount money ND1-4
  AUTL61 originalResidualValueOfVehicle money ND1-5
  AUTL62 optionToBuyPrice money ND5
  AUTL63 securitisedResidualValue money ND5
  AUTL64 updatedResidualValueOfVehicle money ND5
  AUTL65 dateOfUpdatedResidualValuationOfVehicle date ND5
  AUTL66 dateOfRestructuring date ND1-5
  AUTL67 dateLastInArrears date ND1-5
  AUTL68 arrearsBalance money none
  AUTL69 numberOfDaysInArrears integer none
  AUTL70 accountStatus code none
  AUTL71 reasonForDefaultOrForeclosure code ND1-5
  AUTL72 defaultAmount money ND5
  AUTL73 defaultDate date ND5
  AUTL74 allocatedLosses money ND5
  AUTL75 residualValueLosses money ND1-5
  AUTL76 cumulativeRecoveries money ND5
  AUTL77 salePrice money ND5
  AUTL78 depositAmount money ND5
  AUTL79 originalLenderName text ND1-5
  AUTL80 originalLenderLegalEntityIdentifier text ND1-5
  AUTL81 originalLenderEstablishmentCountry text ND1-5
  AUTL82 originatorName text none
  AUTL83 originatorLegalEntityIdentifier text none
  AUTL84 originatorEstablishmentCountry text none
`;

/** What is said of a field beyond every template. */
const MORE: Record<string, FieldMore> = {
  originalLoanToValue: { role: 'ltv', range: [0, 3], also: 'ltv' },
  originalValuationAmount: { role: 'value', also: 'vehicle value' },
};

/** Automobile loans and leases in Europe (ESMA annex 5). */
export const AUTO_EXPOSURE: AssetClass = {
  name: 'auto-exposure',
  title: 'automobile loans and leases in Europe (ESMA annex 5)',
  fields: [...esmaFields(TEMPLATE, MORE), capitalisedField()],
};
