import { SetMetadata, applyDecorators } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { ApiBearerAuth, ApiExtension } from '@nestjs/swagger';
import type { Role } from '@weir/persistence';

const PERMISSION = 'weir:permission';

/** Name under which the OpenAPI document tells a route's permission. */
export const PERMISSION_EXTENSION = 'x-permission';

/** A route's permission: roles of which the caller must hold one; 'anyone' needs no session, 'signed-in' any role. */
export type Permission = readonly Role[] | 'anyone' | 'signed-in';

/** Declares a route's permission, for the guard and in the OpenAPI document. A route without one is refused. */
export function Permit(permission: Permission): MethodDecorator {
  return applyDecorators(
    SetMetadata(PERMISSION, permission),
    ApiExtension(PERMISSION_EXTENSION, permission),
    ...(permission === 'anyone' ? [] : [ApiBearerAuth()]),
  );
}

/** The permission that a route handler declares, or null. */
export function permissionOf(reflector: Reflector, handler: () => unknown): Permission | null {
  return reflector.get<Permission | undefined>(PERMISSION, handler) ?? null;
}
