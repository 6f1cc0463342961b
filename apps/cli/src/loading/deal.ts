import { parseDocument } from 'yaml';
import { type Deal, type Diagnostic, readYaml } from '@weir/deal';
import { type CompiledDeal, compileText } from '@weir/waterfall';
import { dealAt, readBytes } from '../deal-folder.js';
import { amountOption } from './amount.js';
import { DocumentHasErrors, InputUnreadable, PoolUnknown } from '../errors.js';

/** A deal document that was read without error. */
export interface OpenedDeal {
  readonly deal: Deal;
  /** Path of the document. */
  readonly document: string;
  readonly text: string;
  /** Null when nothing says how large the pool was at the cut-off date. */
  readonly compiled: CompiledDeal | null;
}

const isUtf16 = ([first, second]: Uint8Array): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);

/**
 * A file's text. Bytes that are no UTF-8 are refused: a replacement character in a name would be read as that name.
 * @throws InputUnreadable
 */
export async function readText(path: string): Promise<string> {
  const bytes = await readBytes(path);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const reason = isUtf16(bytes) ? 'it is UTF-16' : 'it is no UTF-8 text';
    throw new InputUnreadable(path, reason, 'save it as UTF-8');
  }
}

const REPORT_FORMS = 'give a report as .json, .yaml or .csv';

/** Where JSON stops to read, and not the parser's words for it. */
function jsonFault(text: string, error: unknown): string {
  const at = /at position (\d+)/.exec(error instanceof Error ? error.message : '')?.[1];
  // At the end of a text the parser tells no position.
  const before = text.slice(0, at === undefined ? text.length : Number(at)).split('\n');
  const place = `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
  return `it is no JSON: ${place} does not read; names and texts stand in double quotes, with commas between and none at the end`;
}

/** JSON of a file. @throws InputUnreadable */
export async function readJson(path: string, wanted = 'give a JSON file'): Promise<unknown> {
  const text = await readText(path);
  const twice = nameTwice(text);
  try {
    const found = JSON.parse(text) as unknown;
    if (twice === null) return found;
  } catch (error) {
    throw new InputUnreadable(path, jsonFault(text, error), wanted);
  }
  throw new InputUnreadable(path, `a name stands twice on line ${twice}`, 'keep one');
}

/** The line of a name that stands twice in a block of JSON, of which JSON.parse takes the last; null when none does. */
function nameTwice(text: string): number | null {
  const found = parseDocument(text, { schema: 'json' }).errors.find(({ code }) => code === 'DUPLICATE_KEY');
  return found ? (found.linePos?.[0].line ?? 1) : null;
}

/**
 * A report's data: JSON, or YAML whose values are all texts. @throws InputUnreadable
 * @throws DocumentHasErrors with every fault of the YAML, in the words that a deal document has for it
 */
export async function readReportData(path: string): Promise<unknown> {
  if (!/\.ya?ml$/.test(path)) return readJson(path, REPORT_FORMS);
  const { data, faults } = readYaml(await readText(path));
  if (faults.length === 0) return data;
  throw new DocumentHasErrors(
    path,
    faults.map((fault) => diagnosticLine(path, fault)),
  );
}

/** A diagnostic as FILE:LINE:COLUMN; it names the construct behind its code, where the message does not. */
export function diagnosticLine(document: string, { line, column, severity, message, code, path }: Diagnostic): string {
  const where = path === '' || message.includes(path) ? '' : ` in ${path}`;
  return `${document}:${line}:${column}: ${severity}: ${message} [${code}${where}]`;
}

/**
 * Reads and compiles a document from its text, over a pool in cents, else over what it states.
 * @throws DocumentHasErrors with every fault, of reading and of compiling
 */
export function dealOf(document: string, text: string, cutOffPool: bigint | null = null): OpenedDeal {
  const { deal, compiled, diagnostics } = compileText(text, cutOffPool);
  if (deal) return { deal, document, text, compiled };
  throw new DocumentHasErrors(
    document,
    diagnostics.filter(({ severity }) => severity === 'error').map((found) => diagnosticLine(document, found)),
  );
}

/** The pool that an option gives, cents; null when it is not given. @throws OptionInvalid */
export function poolOption(given: string | undefined): bigint | null {
  return given === undefined ? null : amountOption('--cut-off-pool', given);
}

/**
 * DEAL as given: a document, or the folder that has it as deal.yaml; compiled over a pool in cents, else over what it
 * states. @throws InputUnreadable @throws DocumentHasErrors
 */
export async function openDeal(given: string, cutOffPool: bigint | null = null): Promise<OpenedDeal> {
  const { document } = await dealAt(given);
  return dealOf(document, await readText(document), cutOffPool);
}

/** The pool that the program is compiled over: what was given, else what the document or the state says. Cents. */
export function cutOffPoolFor(deal: Deal, given: bigint | null, ...others: (bigint | null)[]): bigint {
  const pool = [given, deal.cutOffPool, ...others].find((found) => found !== null);
  if (pool === null || pool === undefined) throw new PoolUnknown();
  return pool;
}

/** The program over a pool, compiled anew where that is another. @throws DocumentHasErrors with every reason */
export function compileOver({ compiled, document, text }: OpenedDeal, cutOffPool: bigint): CompiledDeal {
  if (compiled?.cutOffPool === cutOffPool) return compiled;
  const anew = dealOf(document, text, cutOffPool).compiled;
  if (anew === null) throw new PoolUnknown();
  return anew;
}
