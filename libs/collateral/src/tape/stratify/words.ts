import type { Field } from '../model/field.js';

/** What a label of codes says by the code list: each code once, parted by commas; undefined where the list knows none of it. */
export function wordsOfCodes(label: string, { words }: Pick<Field, 'words'>): string | undefined {
  if (words === null) return undefined;
  const codes = [...new Set(label.split(';').map((code) => code.trim()))];
  const said = codes.flatMap((code) => words[code] ?? []);
  return said.length === codes.length ? said.join(', ') : undefined;
}
