import { TapeUnreadable } from '../errors.js';
import { CsvParser, type CsvDialect } from './csv-parser.js';
import type { SourceEvidence } from './source.js';

const DELIMITERS = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'pipe' } as const;
type Delimiter = keyof typeof DELIMITERS;

/** Records of the text's beginning that are looked at. */
const LOOKED_AT = 60;

interface Trial {
  readonly delimiter: Delimiter;
  /** Cells of most records. */
  readonly width: number;
  /** Records of that width. */
  readonly alike: number;
  readonly records: number;
}

/** How the beginning of a text reads under a delimiter; quotes that do not fit it read as nothing. */
function tryDelimiter(text: string, delimiter: Delimiter, lineBreak: CsvDialect['lineBreak']): Trial {
  const parser = new CsvParser({ delimiter, lineBreak }, { recordCharacters: Infinity });
  const widths = new Map<number, number>();
  let records = 0;
  try {
    for (const { cells } of [...parser.push(text), ...parser.end()].slice(0, LOOKED_AT)) {
      records++;
      widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1);
    }
  } catch (error) {
    if (!(error instanceof TapeUnreadable)) throw error;
  }
  const [width, alike] = [...widths].sort((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [0, 0];
  return { delimiter, width, alike, records };
}

/** A delimiter is the better the more records agree on a width, and the wider they are. */
const merit = ({ width, alike, records }: Trial): number => (width < 2 ? 0 : (alike / records) * Math.log2(width));

/** The first line may name the delimiter, as spreadsheets write it: sep=; */
export const NAMED_DELIMITER = /^sep=([,;|\t])\r?(?:\n|$)/i;

/** Finds out how a text is written from its beginning, whole records of it. */
export function findDialect(head: string): { dialect: CsvDialect; evidence: SourceEvidence } {
  const lineBreak = head.includes('\n') || !head.includes('\r') ? '\n' : '\r';
  const named = NAMED_DELIMITER.exec(head)?.[1] as Delimiter | undefined;
  if (named !== undefined) {
    const because = 'the first line names it';
    return {
      dialect: { delimiter: named, lineBreak },
      evidence: { what: 'delimiter', value: DELIMITERS[named], because },
    };
  }
  const trials = (Object.keys(DELIMITERS) as Delimiter[]).map((delimiter) => tryDelimiter(head, delimiter, lineBreak));
  const best = trials.reduce((one, other) => (merit(other) > merit(one) ? other : one));
  const because = `${best.alike} of the first ${best.records} records have ${best.width} cells`;
  const evidence = { what: 'delimiter', value: DELIMITERS[best.delimiter], because } as const;
  return { dialect: { delimiter: best.delimiter, lineBreak }, evidence };
}
