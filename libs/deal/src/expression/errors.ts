/** A formula that cannot be read; `at` is the offset in the document's text. Becomes a diagnostic. */
export class FormulaSyntaxError extends Error {
  override readonly name = 'FormulaSyntaxError';
  constructor(
    readonly at: number,
    message: string,
  ) {
    super(message);
  }
}
