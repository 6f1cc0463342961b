/** A text is not an existing calendar day written YYYY-MM-DD. */
export class DateFormatError extends Error {
  override readonly name = 'DateFormatError';
  constructor(readonly text: string) {
    super(`"${text}" is not a date: write an existing day as YYYY-MM-DD, like 2020-07-15`);
  }
}
