import { CURRENCY_CODES, COUNTRY_CODES } from './iso-codes.js';

/** No-data options that a field of a template admits. */
export type NoDataAdmitted = 'none' | 'ND1-4' | 'ND5' | 'ND1-5';

/** What an ESMA template says of a field beyond its name and kind; it holds of columns under the field's code. */
export interface TemplateField {
  readonly noData: NoDataAdmitted;
  /** Its code list; null when it has none, or none that is checked. */
  readonly codes: readonly string[] | null;
}

/** Whether a no-data option (ND1 to ND5) is among those admitted. */
export function admitsNoData(admitted: NoDataAdmitted, option: string): boolean {
  if (admitted === 'none') return false;
  return admitted === 'ND1-5' || (option === 'ND5') === (admitted === 'ND5');
}

const INCOME_VERIFICATION = 'SCRT SCNF VRFD NVRF SCRG OTHR';
const FREQUENCY = 'MNTH QUTR SEMI YEAR OTHR';
const TENOR = 'OVNG INDA DAIL WEEK TOWK MNTH TOMN QUTR FOMN SEMI YEAR ONDE OTHR';
const VALUATION = 'FIEI FOEI DRVB AUVM IDXD DKTP MAEA TXAT OTHR';

/**
 * Code lists of Delegated Regulation (EU) 2020/1224, annexes II and V, by the names of the fields, or by field code where
 * the annexes differ. Left out, and so not checked: reference rates, of which repositories take newer ones than the annexes
 * name; of regions (NUTS) and legal entity identifiers, whose registers change, the form is checked (see `identifierForm`).
 */
const LISTS: Readonly<Record<string, string>> = {
  employmentStatus: 'EMRS EMBL EMUK UNEM SFEM NOEM STNT PNNR OTHR',
  obligorLegalType: 'PUBL LLCO PNTR INDV GOVT OTHR',
  customerType: 'CNEO CEMO CNRO ENEO EEMO ENRO OTHR',
  primaryIncomeType: 'GRAN NITS NITX NTIN ENIS EITX EISS DSPL CORP OTHR',
  primaryIncomeVerification: INCOME_VERIFICATION,
  secondaryIncomeVerification: INCOME_VERIFICATION,
  productType: 'PPUR PHIR HIRP LEAP FNLS OPLS OTHR',
  RREL26: 'BRAN DRCT BROK WEBI TPAC TPTC OTHR',
  AUTL27: 'ADLR BROK DIRE IDRT OTHR',
  purpose: 'PURC RMRT RENV EQRE CNST DCON RMEQ BSFN CMRT IMRT RGBY GSPL OTHR',
  amortisationType: 'FRXX DEXX FIXE BLLT OTHR',
  scheduledPrincipalPaymentFrequency: FREQUENCY,
  scheduledInterestPaymentFrequency: FREQUENCY,
  paymentMethod: 'CDTX SORD CHKX CASH BTRA OTHR',
  interestRateType: 'FLIF FINX FXRL FXPR FLCF FLFL CAPP FLCA DISC SWIC OBLS MODE OTHR',
  currentInterestRateIndexTenor: TENOR,
  revisedInterestRateIndexTenor: TENOR,
  newOrUsed: 'NEWX USED DEMO OTHR',
  accountStatus: 'PERF RNAR RARR DFLT NDFT DTCR DADB ARRE REBR REDF RERE RESS REOT RDMD OTHR',
  reasonForDefaultOrForeclosure: 'UPXX PDXX UPPD',
  collateralType:
    'CARX INDV CMTR RALV NACM NALV AERO MCHT INDE OFEQ ITEQ MDEQ ENEQ CBLD RBLD IBLD OTHV OTHE OTRE OTGI SECU GUAR OTFA MIXD OTHR',
  occupancyType: 'FOWN POWN TLET HOLD OTHR',
  propertyType: 'RHOS RFLT RBGL RTHS MULF PCMM BIZZ LAND OTHR',
  energyPerformanceCertificateValue: 'EPCA EPCB EPCC EPCD EPCE EPCF EPCG OTHR',
  currentValuationMethod: VALUATION,
  originalValuationMethod: VALUATION,
  guarantorType: 'NGUA FAML IOTH GOVE BANK INSU NHGX FGAS CATN OTHR',
};

/** The code list of a field of a template. */
export function codesOfTemplate(esma: string, name: string): readonly string[] | null {
  const list = LISTS[esma] ?? LISTS[name];
  if (list !== undefined) return list.split(' ');
  if (/currency/i.test(name)) return CURRENCY_CODES;
  return name.endsWith('EstablishmentCountry') ? COUNTRY_CODES : null;
}
