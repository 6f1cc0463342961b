/** A value as JSON that Postgres stores: a zero character becomes the replacement character. */
export function storableJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('\\u0000', '\\ufffd');
}
