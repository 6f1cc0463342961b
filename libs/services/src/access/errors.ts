import { Problem } from '../problem.js';

/** Wrong e-mail, wrong password or a disabled account: which one is not told. */
export class SignInRefused extends Problem {
  readonly kind = 'unauthenticated';
  readonly code = 'sign-in-refused';
  constructor() {
    super('The e-mail address or the password is wrong, or the account is disabled.');
  }
}

/** The session token is missing, altered or expired. */
export class SessionInvalid extends Problem {
  readonly kind = 'unauthenticated';
  readonly code = 'session-invalid';
  constructor() {
    super('Sign in (POST /sessions) and send the token as "Authorization: Bearer …".');
  }
}

/** An organisation with its people cannot be entered as given; every fault is listed. */
export class OrganisationInvalid extends Problem {
  readonly kind = 'invalid';
  readonly code = 'organisation-invalid';
  constructor(readonly faults: readonly string[]) {
    super(`The organisation cannot be entered: ${faults.join('; ')}.`, { faults });
  }
}

/** Another account signs in with this e-mail address. */
export class EmailTaken extends Problem {
  readonly kind = 'conflict';
  readonly code = 'email-taken';
  constructor(email: string) {
    super(`The e-mail address ${email} belongs to an account already; give another.`, { email });
  }
}
