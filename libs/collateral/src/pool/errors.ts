/** The value of an eligibility rule cannot be compared with its field. */
export class EligibilityValueInvalid extends Error {
  override readonly name = 'EligibilityValueInvalid';
  constructor(
    readonly rule: string,
    readonly field: string,
    readonly value: string,
    readonly expected: string,
  ) {
    super(`eligibility rule ${rule}: "${value}" cannot be compared with ${field}; write ${expected}`);
  }
}
