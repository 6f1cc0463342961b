import { Problem } from '@weir/services';

/** One thing wrong with a request, with the field it is about (dots for nested ones: users.0.email). */
export interface FieldFault {
  readonly field: string;
  readonly message: string;
}

/** Path, query or body do not have the form that the route takes; every fault of that part is listed. */
export class RequestInvalid extends Problem {
  readonly kind = 'invalid';
  readonly code = 'request-invalid';
  constructor(readonly faults: readonly FieldFault[]) {
    super(`The request is not valid: ${faults.map((fault) => fault.message).join('; ')}.`, { faults });
  }
}

/** A handler declares no permission; it stays closed to everybody until it does. */
export class RouteWithoutPermission extends Problem {
  readonly kind = 'forbidden';
  readonly code = 'route-without-permission';
  constructor(method: string, url: string) {
    super(`${method} ${url} declares no permission and is therefore closed; its handler needs @Permit(…).`);
  }
}
