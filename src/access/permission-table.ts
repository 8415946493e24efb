import { DomainError } from '../../libs/kernel/index.ts';
import { type Guarded, isAllowed, PERMISSIONS, type Permission } from '../permissions.ts';
import type { Principal } from './principal.ts';

/** The error for a route or live message that permissions.ts does not name; the start stops here. */
export class MissingPermission extends Error {
  override readonly name = 'MissingPermission';

  constructor(what: string) {
    super(`${what} has no entry in src/permissions.ts`);
  }
}

export function isGuarded(what: string): what is Guarded {
  return Object.hasOwn(PERMISSIONS, what);
}

/** The table's entry for a route (`GET /api/v1/posts`) or a live message (`live thread:join`). Throws MissingPermission. */
export function permissionOf(what: string): Permission {
  if (!isGuarded(what)) throw new MissingPermission(what);
  return PERMISSIONS[what];
}

/** Throws DomainError `unauthenticated` for a reader who would need an account, `forbidden` for a member without the role. */
export function requirePermission(permission: Permission, principal: Principal | null): void {
  if (isAllowed(permission, principal === null ? null : principal.roles)) return;
  if (principal === null) throw new DomainError('unauthenticated', 'Sign in to do this.');
  throw new DomainError(
    'forbidden',
    `Your account may not do this; it needs one of the roles ${neededRoles(permission)}.`,
  );
}

function neededRoles(permission: Permission): string {
  const roles = typeof permission === 'string' ? [permission] : permission;
  return [...new Set([...roles, 'admin'])].join(', ');
}
