import { type ErrorCode, LineCounter, parseDocument, visit, type YAMLParseError } from 'yaml';
import { type Diagnostic, Findings } from '../diagnostic.js';
import { Cursor } from './cursor.js';

const MAX_DOCUMENT_CHARS = 1_000_000;

/** Names that stand twice are found by the cursor: the library compares each with all before it. */
const PARSING = { prettyErrors: false, uniqueKeys: false } as const;

/** What the commonest faults of YAML mean for who writes the document. */
const PLAIN: Partial<Record<ErrorCode, string>> = {
  TAB_AS_INDENT: 'indent with spaces; YAML takes no tabs here',
  MULTILINE_IMPLICIT_KEY:
    'a line "name: value" is expected here; a colon is missing, or a text goes over several lines',
  BLOCK_AS_IMPLICIT_KEY:
    'this does not fit the line above: a block begins on a line of its own, and a text with ": " stands in quotes',
  MULTIPLE_DOCS: 'a file is one document; remove the line "---"',
  DUPLICATE_KEY: 'this name stands twice in its block; keep one',
};
const PLAIN_MESSAGES: readonly (readonly [part: string, plain: string])[] = [
  ['same column', 'the lines of one block begin at the same column'],
  ['Flow map', 'a "{" above is not closed by "}", or what stands between them is not indented'],
  ['Flow sequence', 'a "[" above is not closed by "]", or what stands between them is not indented'],
  ['quote', 'a text that was begun above by a quotation mark is not ended by one'],
];

function plain({ code, message }: YAMLParseError): string {
  return PLAIN[code] ?? PLAIN_MESSAGES.find(([part]) => message.includes(part))?.[1] ?? message;
}

/** Faults without those that only follow: of what stands on one line and the next ones, the first, or a tab. */
function firstOfEach(faults: readonly YAMLParseError[], lineOf: (fault: YAMLParseError) => number): YAMLParseError[] {
  const kept: YAMLParseError[] = [];
  let last = -Infinity;
  for (const fault of [...faults].sort((a, b) => a.pos[0] - b.pos[0])) {
    const follows = lineOf(fault) <= last + 1;
    last = lineOf(fault);
    if (!follows) kept.push(fault);
    else if (fault.code === 'TAB_AS_INDENT' && kept.at(-1)?.code !== fault.code) kept[kept.length - 1] = fault;
  }
  return kept;
}

function placesIn(text: string, lines: LineCounter): Findings {
  return new Findings((offset) => {
    const { line, col } = lines.linePos(Math.min(offset, text.length));
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  });
}

/** Says what of the YAML does not read, in the words of who wrote it. */
function reportFaults(errors: readonly YAMLParseError[], findings: Findings): void {
  const faults = firstOfEach(errors, ({ pos }) => findings.place(pos[0]).line);
  for (const fault of faults) findings.error(fault.pos[0], '', 'yaml', plain(fault));
}

/**
 * Reads YAML that is no deal document, like a report: every scalar stays text. The faults are those that a deal document
 * would show for it; with any, `data` is null.
 */
export function readYaml(text: string): { data: unknown; faults: Diagnostic[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { schema: 'failsafe', lineCounter: lines, prettyErrors: false });
  const findings = placesIn(text, lines);
  reportFaults(document.errors, findings);
  return { data: findings.all.length > 0 ? null : document.toJS(), faults: findings.all };
}

/** Reads the YAML of a document. Every scalar stays text; faults of the YAML itself become diagnostics. */
export function openDocument(text: string): { root: Cursor; findings: Findings } {
  const lines = new LineCounter();
  const bounded = text.length <= MAX_DOCUMENT_CHARS ? text : '';
  const document = parseDocument(bounded, { schema: 'failsafe', lineCounter: lines, ...PARSING });
  const findings = placesIn(bounded, lines);
  if (bounded !== text)
    findings.error(0, '', 'too-long', `the document is longer than ${MAX_DOCUMENT_CHARS} characters`);
  reportFaults(document.errors, findings);
  visit(document, {
    Alias: (_, alias) => {
      findings.error(alias.range?.[0] ?? 0, '', 'alias', 'write the value out; a deal document has no YAML aliases');
    },
  });
  return { root: new Cursor(document.contents, '', 0, findings, bounded), findings };
}
