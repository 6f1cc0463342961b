/** What was handed to a projection does not fit its program. */
export class ProjectionArgumentError extends Error {
  override readonly name = 'ProjectionArgumentError';
  constructor(
    readonly argument: 'periods' | 'inputs' | 'deposits' | 'state' | 'watch',
    readonly detail: string,
  ) {
    super(`cannot project: ${argument} ${detail}`);
  }
}
