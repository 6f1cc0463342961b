/** Where an investor stands between entry and admission. */
export type OnboardingState = 'entered' | 'screened-clear' | 'screened-hit' | 'admitted' | 'refused';

/** What a compliance officer decides. */
export type Decision = 'admit' | 'refuse';

/** The decision was taken by the person who entered the record, or by nobody who may. */
export class SameOfficer extends Error {
  constructor(readonly personId: string) {
    super('The officer who entered the KYC record may not decide on it; ask another compliance officer.');
    this.name = 'SameOfficer';
  }
}

/** The step does not follow from the investor's present state. */
export class OnboardingOutOfOrder extends Error {
  constructor(
    readonly state: OnboardingState,
    readonly step: string,
    readonly remedy: string,
  ) {
    super(`An investor in state ${state} cannot be ${step}: ${remedy}`);
    this.name = 'OnboardingOutOfOrder';
  }
}

/** The state after screening. Screening may be repeated until the decision. @throws OnboardingOutOfOrder */
export function afterScreening(state: OnboardingState, outcome: 'clear' | 'hit'): OnboardingState {
  if (state === 'admitted' || state === 'refused')
    throw new OnboardingOutOfOrder(state, 'screened', 'the decision has been taken; enter a new KYC record.');
  return outcome === 'clear' ? 'screened-clear' : 'screened-hit';
}

/**
 * The state after a decision. An investor with an open screening hit cannot be admitted, only refused.
 * @param enteredBy person who entered the record; `decidedBy` must be someone else (not only another account).
 * @throws SameOfficer, OnboardingOutOfOrder
 */
export function afterDecision(
  state: OnboardingState,
  decision: Decision,
  enteredBy: string,
  decidedBy: string,
): OnboardingState {
  if (enteredBy === decidedBy) throw new SameOfficer(decidedBy);
  if (state === 'admitted' || state === 'refused')
    throw new OnboardingOutOfOrder(state, 'decided on', 'the decision has been taken already.');
  if (decision === 'refuse') return 'refused';
  if (state === 'entered') throw new OnboardingOutOfOrder(state, 'admitted', 'screen the name first.');
  if (state === 'screened-hit')
    throw new OnboardingOutOfOrder(
      state,
      'admitted',
      'the screening found a match; refuse, or clear it by screening again.',
    );
  return 'admitted';
}
