import { Problem } from '../problem.js';

/** The caller's account does not hold the role on chain that a decision about the deal's contracts needs. */
export class RoleNotHeld extends Problem {
  readonly kind = 'forbidden';
  readonly code = 'role-not-held';
  constructor(account: string, method: string) {
    super(`The account ${account} may not call ${method} on chain; ask a party that holds the role (onChain.roles).`, {
      account,
      method,
    });
  }
}
