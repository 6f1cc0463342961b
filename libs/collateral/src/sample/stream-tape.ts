import { assertWhole, sampleRow } from './generate-tape.js';
import { type TapeRow, printCell } from './tape-row.js';

export interface StreamedTapeOptions {
  /** A whole number; the same seed gives the same bytes. */
  seed: number;
  /** Loans of the tape, up to five million. */
  loans: number;
  format: 'csv' | 'abs-ee-xml';
}

/** Loans that are drawn; larger tapes repeat them under other asset numbers, which costs no time. */
const DRAWN = 5_000;
/** Rows of a piece. */
const PIECE = 500;

/** Elements of exhibit 102 that the sample tape's rows do not have, to the length of real files. */
const FURTHER: TapeRow = {
  originalInterestOnlyTermNumber: '0',
  originalFirstPaymentDate: '08/2019',
  underwritingIndicator: 'true',
  gracePeriodNumber: '2',
  paymentTypeCode: '2',
  subvented: '0',
  vehicleModelName: 'SAMPLE MODEL OF A CERTAIN LENGTH',
  vehicleNewUsedCode: '1',
  vehicleModelYear: '2019',
  vehicleTypeCode: '3',
  vehicleValueAmount: '40750.00000000',
  vehicleValueSourceCode: '1',
  obligorIncomeVerificationLevelCode: '2',
  obligorEmploymentVerificationCode: '2',
  paymentToIncomePercentage: '0.08090000',
  remainingTermToMaturityNumber: '48',
  servicingAdvanceMethodCode: '1',
  nextInterestRatePercentage: '0.07200000',
  servicingFeePercentage: '0.01000000',
  servicingFlatFeeAmount: '0.00000000',
  otherServicerFeeRetainedByServicer: '0.00000000',
  otherAssessedUncollectedServicerFeeAmount: '0.00000000',
  scheduledInterestAmount: '85.62000000',
  scheduledPrincipalAmount: '723.46000000',
  servicerAdvancedAmount: '0.00000000',
  assetSubjectDemandIndicator: 'false',
  repossessedIndicator: 'false',
  repossessedProceedsAmount: '0.00000000',
};

const escaped = (text: string): string => text.replace(/&/g, '&amp;').replace(/</g, '&lt;');

function asset(row: TapeRow): string {
  const elements = Object.entries({ ...row, ...FURTHER })
    .filter(([, value]) => value !== 'NA')
    .map(([name, value]) => `    <${name}>${escaped(value)}</${name}>\n`);
  return `  <assets>\n${elements.join('')}  </assets>\n`;
}

const ROOT = 'assetData';
const NAMESPACE = 'http://www.sec.gov/edgar/document/absee/autoloan/assetdata';

/**
 * The first month's sample tape (see `generateTape`), as large as wanted, piece by piece: CSV with its columns, or an asset
 * data file with all the elements that real ones have, about 3.9 kB a loan.
 * @throws SampleOptionsInvalid
 */
export function* streamSampleTape(options: StreamedTapeOptions): Generator<Uint8Array> {
  const { seed, loans, format } = options;
  assertWhole('seed', seed, 0, 2 ** 31 - 1);
  assertWhole('loans', loans, 20, 5_000_000);
  const drawn = Array.from({ length: Math.min(loans, DRAWN) }, (_, index) => sampleRow(seed, index, DRAWN));
  const csv = format === 'csv';
  const names = Object.keys(drawn[0] ?? {});
  yield Buffer.from(
    csv ? `${names.join(',')}\n` : `<?xml version="1.0" encoding="UTF-8"?>\n<${ROOT} xmlns="${NAMESPACE}">\n`,
  );
  let piece: string[] = [];
  for (let index = 0; index < loans; index++) {
    const row = { ...drawn[index % DRAWN], assetNumber: String(20_200_000_000 + index) };
    piece.push(csv ? `${names.map((name) => printCell((row as TapeRow)[name] ?? '')).join(',')}\n` : asset(row));
    if (piece.length < PIECE && index < loans - 1) continue;
    yield Buffer.from(piece.join(''));
    piece = [];
  }
  if (!csv) yield Buffer.from(`</${ROOT}>\n`);
}
