/** A value of a scenario file does not read; becomes a diagnostic at its place. */
export class ScenarioValueInvalid extends Error {
  override readonly name = 'ScenarioValueInvalid';
  constructor(
    readonly text: string,
    readonly expected: string,
  ) {
    super(`"${text}" does not read here: write ${expected}`);
  }
}
