/** COPY was asked for outside a unit of work. */
export class NoTransaction extends Error {
  constructor() {
    super('Loans are copied inside a unit of work only; call this with the manager of one.');
    this.name = 'NoTransaction';
  }
}
