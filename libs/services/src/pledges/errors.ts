import { Problem } from '../problem.js';

/** A loan of the pool is pledged to another deal: it cannot back this one. */
export class LoanPledgedElsewhere extends Problem {
  readonly kind = 'conflict';
  readonly code = 'loan-pledged-elsewhere';
  constructor(loanKey: string, pledgeKey: string, vault: string) {
    super(
      `Loan ${loanKey} is pledged to the vault ${vault}. Take it out of the pool, or have it released there. If it is the loan of ` +
        "another originator that has the same number, name each deal's originator among the document's parties.",
      { loanKey, pledgeKey, vault },
    );
  }
}

/** The deal closes only when every loan of its pool is pledged to it. */
export class LoansNotPledged extends Problem {
  readonly kind = 'conflict';
  readonly code = 'loans-not-pledged';
  constructor(missing: number, loans: number) {
    super(`${missing} of ${loans} loans are not pledged to the deal; have the servicer pledge them, then close.`, {
      missing,
      loans,
    });
  }
}

/** Loans are pledged under their originator's name, and nothing of the name that the document gives can be seen. */
export class OriginatorNameless extends Problem {
  readonly kind = 'invalid';
  readonly code = 'originator-nameless';
  constructor(name: string) {
    super(
      "The document's originator (or sponsor, where it names none) has a name of spaces and invisible characters only; give the " +
        'party a name that can be read.',
      { name },
    );
  }
}
