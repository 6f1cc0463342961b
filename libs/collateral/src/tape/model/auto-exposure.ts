import { esmaFields } from './esma.js';
import type { AssetClass, FieldMore } from './field.js';

/** Field code, name and kind, as the template lists them. */
const TEMPLATE = `
  AUTL1 uniqueIdentifier text
  AUTL2 originalUnderlyingExposureIdentifier text
  AUTL3 newUnderlyingExposureIdentifier text
  AUTL4 originalObligorIdentifier text
  AUTL5 newObligorIdentifier text
  AUTL6 dataCutOffDate date
  AUTL7 poolAdditionDate date
  AUTL8 dateOfRepurchase date
  AUTL9 redemptionDate date
  AUTL10 geographicRegionObligor text
  AUTL11 geographicRegionClassification integer
  AUTL12 employmentStatus code
  AUTL13 creditImpairedObligor flag
  AUTL14 obligorLegalType code
  AUTL15 customerType code
  AUTL16 primaryIncome money
  AUTL17 primaryIncomeType code
  AUTL18 primaryIncomeCurrency text
  AUTL19 primaryIncomeVerification code
  AUTL20 revenue money
  AUTL21 financialStatementCurrency text
  AUTL22 specialScheme text
  AUTL23 productType code
  AUTL24 originationDate date
  AUTL25 maturityDate date
  AUTL26 originalTerm integer
  AUTL27 originationChannel code
  AUTL28 currencyDenomination text
  AUTL29 originalPrincipalBalance money
  AUTL30 currentPrincipalBalance money
  AUTL31 purchasePrice rate
  AUTL32 amortisationType code
  AUTL33 principalGracePeriodEndDate date
  AUTL34 scheduledPrincipalPaymentFrequency code
  AUTL35 scheduledInterestPaymentFrequency code
  AUTL36 paymentMethod code
  AUTL37 paymentDue money
  AUTL38 balloonAmount money
  AUTL39 downPaymentAmount money
  AUTL40 currentInterestRate rate
  AUTL41 currentInterestRateIndex code
  AUTL42 currentInterestRateIndexTenor code
  AUTL43 currentInterestRateMargin rate
  AUTL44 interestRateResetInterval integer
  AUTL45 interestRateCap rate
  AUTL46 interestRateFloor rate
  AUTL47 numberOfPaymentsBeforeSecuritisation integer
  AUTL48 percentageOfPrepaymentsAllowedPerYear rate
  AUTL49 prepaymentFee money
  AUTL50 prepaymentFeeEndDate date
  AUTL51 prepaymentDate date
  AUTL52 cumulativePrepayments money
  AUTL53 manufacturer text
  AUTL54 model text
  AUTL55 yearOfRegistration integer
  AUTL56 newOrUsed code
  AUTL57 energyPerformanceCertificateValue code
  AUTL58 energyPerformanceCertificateProviderName text
  AUTL59 originalLoanToValue rate
  AUTL60 originalValuationAmount money
  AUTL61 originalResidualValueOfVehicle money
  AUTL62 optionToBuyPrice money
  AUTL63 securitisedResidualValue money
  AUTL64 updatedResidualValueOfVehicle money
  AUTL65 dateOfUpdatedResidualValuationOfVehicle date
  AUTL66 dateOfRestructuring date
  AUTL67 dateLastInArrears date
  AUTL68 arrearsBalance money
  AUTL69 numberOfDaysInArrears integer
  AUTL70 accountStatus code
  AUTL71 reasonForDefaultOrForeclosure code
  AUTL72 defaultAmount money
  AUTL73 defaultDate date
  AUTL74 allocatedLosses money
  AUTL75 residualValueLosses money
  AUTL76 cumulativeRecoveries money
  AUTL77 salePrice money
  AUTL78 depositAmount money
  AUTL79 originalLenderName text
  AUTL80 originalLenderLegalEntityIdentifier text
  AUTL81 originalLenderEstablishmentCountry text
  AUTL82 originatorName text
  AUTL83 originatorLegalEntityIdentifier text
  AUTL84 originatorEstablishmentCountry text
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
  fields: esmaFields(TEMPLATE, MORE),
};
