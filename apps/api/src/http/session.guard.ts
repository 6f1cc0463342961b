import { Injectable, createParamDecorator, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { FastifyRequest } from 'fastify';
import type { Actor } from '@weir/persistence';
import { Forbidden, Services, SessionInvalid } from '@weir/services';
import { permissionOf } from './permission.js';
import { RouteWithoutPermission } from './problems.js';

type SignedRequest = FastifyRequest & { actor?: Actor };

const BEARER = /^Bearer +(\S+)$/i;

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
    const request = context.switchToHttp().getRequest<SignedRequest>();
    const permission = permissionOf(this.reflector, context.getHandler() as () => unknown);
    if (permission === null) throw new RouteWithoutPermission(request.method, request.url);
    if (permission === 'anyone') return true;
    const token = BEARER.exec(request.headers.authorization ?? '')?.[1];
    if (token === undefined) throw new SessionInvalid();
    const actor = await this.services.access.actorOf(token);
    if (permission !== 'signed-in' && !permission.some((role) => actor.roles.includes(role)))
      throw new Forbidden(`the role ${permission.join(' or ')}`);
    request.actor = actor;
    return true;
  }
}
