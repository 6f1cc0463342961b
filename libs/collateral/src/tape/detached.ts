/**
 * The text as a copy. A piece cut from a large text holds on to all of it in memory, so what outlives the reading of a
 * file is copied.
 */
export function detached(text: string): string {
  return text.length < 13 ? text : Buffer.from(text, 'utf8').toString('utf8');
}
