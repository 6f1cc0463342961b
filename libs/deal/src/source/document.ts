import { LineCounter, parseDocument, visit } from 'yaml';
import { Findings } from '../diagnostic.js';
import { Cursor } from './cursor.js';

const MAX_DOCUMENT_CHARS = 1_000_000;

/** Names that stand twice are found by the cursor: the library compares each with all before it. */
const PARSING = { prettyErrors: false, uniqueKeys: false } as const;

/** Reads the YAML of a document. Every scalar stays text; faults of the YAML itself become diagnostics. */
export function openDocument(text: string): { root: Cursor; findings: Findings } {
  const lines = new LineCounter();
  const bounded = text.length <= MAX_DOCUMENT_CHARS ? text : '';
  const document = parseDocument(bounded, { schema: 'failsafe', lineCounter: lines, ...PARSING });
  const findings = new Findings((offset) => {
    const { line, col } = lines.linePos(Math.min(offset, bounded.length));
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  });
  if (bounded !== text)
    findings.error(0, '', 'too-long', `the document is longer than ${MAX_DOCUMENT_CHARS} characters`);
  for (const { pos, message } of document.errors) findings.error(pos[0], '', 'yaml', message);
  visit(document, {
    Alias: (_, alias) => {
      findings.error(alias.range?.[0] ?? 0, '', 'alias', 'write the value out; a deal document has no YAML aliases');
    },
  });
  return { root: new Cursor(document.contents, '', 0, findings, bounded), findings };
}
