import { Problem } from '../problem.js';
import { INVARIANTS, type Finding, type Letter } from './invariants.js';

/** An invariant of the deal does not hold. Nothing is settled while that is so. */
export class InvariantBroken extends Problem {
  readonly kind = 'conflict';
  readonly code = 'invariant-broken';
  readonly letter: Letter;
  constructor(finding: Finding, sinceBlock: string | null) {
    const { letter, place, verdict, actual, expected } = finding;
    const at = place === '' ? '' : ` (${place})`;
    const figures = verdict === 'unanswered' ? 'a contract failed when it was asked' : `${actual} against ${expected}`;
    super(
      `Settlement of this deal is stopped: invariant ${letter}${at} does not hold. ${INVARIANTS[letter]} ` +
        `There is ${figures}. Have the operator find out why, see GET /monitoring/alarms; ` +
        'settlement goes on when the audit finds that it holds again.',
      { letter, place, actual, expected, sinceBlock },
    );
    this.letter = letter;
  }
}

/** The platform was deployed before its health contract existed. */
export class HealthContractMissing extends Problem {
  readonly kind = 'unavailable';
  readonly code = 'health-contract-missing';
  constructor() {
    super(
      'The platform has no DealHealth contract, since an older release deployed it, so that deals are not audited; ' +
        'new deals belong on a platform of this release (docs/upgrade-policy.md).',
    );
  }
}
