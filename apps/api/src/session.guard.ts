import { Injectable, SetMetadata, createParamDecorator, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Actor, Role } from '@weir/persistence';
import { Forbidden, Services, SessionInvalid } from '@weir/services';

const PERMISSION = 'weir:permission';

/** A route's permission: roles of which the caller must hold one; 'anyone' needs no session, 'signed-in' any role. */
export type Permission = readonly Role[] | 'anyone' | 'signed-in';

/** Declares a route's permission. A route without one is refused. */
export const Permit = (permission: Permission) => SetMetadata(PERMISSION, permission);

/** The permission that a route handler declares, or null. */
export function permissionOf(reflector: Reflector, handler: () => unknown): Permission | null {
  return reflector.get<Permission | undefined>(PERMISSION, handler) ?? null;
}

type SignedRequest = FastifyRequest & { actor?: Actor };

/** The signed-in actor of the request. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): Actor => {
  const { actor } = context.switchToHttp().getRequest<SignedRequest>();
  if (actor === undefined) throw new SessionInvalid();
  return actor;
});

/** Finds the actor of the bearer token and checks the route's permission; the service checks the object. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly services: Services,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const permission = permissionOf(this.reflector, context.getHandler() as () => unknown);
    if (permission === 'anyone') return true;
    if (permission === null) throw new Forbidden('a permission, which this route does not declare');
    const request = context.switchToHttp().getRequest<SignedRequest>();
    const [scheme, token] = (request.headers.authorization ?? '').split(' ');
    if (scheme !== 'Bearer' || token === undefined) throw new SessionInvalid();
    const actor = await this.services.access.actorOf(token);
    if (permission !== 'signed-in' && !permission.some((role) => actor.roles.includes(role)))
      throw new Forbidden(`the role ${permission.join(' or ')}`);
    request.actor = actor;
    return true;
  }
}
