import { readFileSync } from 'node:fs';
import { MissingColumns, readTape, TapeUnreadable, type TapeReading } from '@weir/collateral';
import type { Deal } from '@weir/deal';
import { compileText } from '@weir/waterfall';
import { InputRefused } from './errors.js';
import type { Options } from './options.js';

/**
 * Reads the files given on the command line before anything is started, so that a slip is told at once. The API checks
 * them again; what is the sample's own needs no check.
 * @param sampleDeal the document that applies when none is given
 * @throws InputRefused
 */
export function checkInputs({ deal, tape }: Pick<Options, 'deal' | 'tape'>, sampleDeal: string): void {
  if (deal === null && tape === null) return;
  const { loanKey } = checkDeal(deal ?? sampleDeal);
  if (tape !== null) checkTape(tape, loanKey);
}

function checkDeal(file: string): Deal {
  const { deal, diagnostics } = compileText(readFileSync(file, 'utf8'));
  if (deal) return deal;
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const [first, ...others] = errors;
  const more = others.length === 0 ? '' : ` (and ${others.length} more; npm run weir -- check shows all)`;
  throw new InputRefused(`${file}:${first?.line ?? 1}:${first?.column ?? 1}`, `${first?.message ?? 'no deal'}${more}`);
}

function checkTape(file: string, loanKey: string[]): void {
  const bytes = readFileSync(file);
  if (bytes.length === 0) throw new InputRefused(file, 'the tape is empty.');
  checkRows(file, read(file, bytes, loanKey));
}

function read(file: string, bytes: Uint8Array, loanKey: string[]): TapeReading {
  try {
    return readTape(bytes, { loanKey });
  } catch (error) {
    if (error instanceof TapeUnreadable || error instanceof MissingColumns)
      throw new InputRefused(file, `the tape was rejected: ${error.message}`);
    throw error;
  }
}

function checkRows(file: string, { blocked, rows, findings }: TapeReading): void {
  const first = findings.find(({ weight }) => weight === 'blocks');
  if (!first) return;
  const place = first.row === null ? file : `${file}:${first.row}`;
  throw new InputRefused(
    place,
    `the tape was rejected: ${blocked.length} of ${rows} rows are blocked. First: ${first.message} — ${first.remedy}.`,
  );
}
