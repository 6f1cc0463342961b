import { SignJWT, errors, jwtVerify } from 'jose';
import type { Actor, Role } from '@weir/persistence';
import { SessionInvalid } from './errors.js';

/** How long a session lasts. */
const SESSION_HOURS = 8;
const ISSUER = 'weir';

/** A signed token that names the actor; HS256 with the platform's session key. */
export function issueSession(key: Uint8Array, actor: Actor): Promise<string> {
  return new SignJWT({ person: actor.personId, organisation: actor.organisationId, roles: actor.roles })
    .setProtectedHeader({ alg: 'HS256' })
    .setIssuer(ISSUER)
    .setSubject(actor.userId)
    .setIssuedAt()
    .setExpirationTime(`${SESSION_HOURS}h`)
    .sign(key);
}

/** The actor a token names. @throws SessionInvalid */
export async function actorOfSession(key: Uint8Array, token: string): Promise<Actor> {
  try {
    const { payload } = await jwtVerify(token, key, { issuer: ISSUER, algorithms: ['HS256'] });
    return {
      userId: String(payload.sub),
      personId: String(payload['person']),
      organisationId: String(payload['organisation']),
      roles: payload['roles'] as Role[],
    };
  } catch (error) {
    if (error instanceof errors.JOSEError) throw new SessionInvalid();
    throw error;
  }
}
