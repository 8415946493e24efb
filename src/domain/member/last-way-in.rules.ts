import { DomainError, isErased } from '../../../libs/kernel/index.ts';

/** The ways to sign in to an account. */
export interface AccountWays {
  /** Null without a password. */
  readonly passwordHash: unknown;
  readonly providers: ReadonlyMap<string, string | null>;
  readonly passkeys: ReadonlyMap<string, { readonly added: object; readonly removed: boolean }>;
  /** A link by mail leads to a confirmed address. */
  readonly addresses: { readonly isConfirmed: boolean };
}

/** The last way in stays, since nobody could sign in to the account any more. Throws DomainError last_way_in. */
export function requireOtherWay(
  { passwordHash, providers, passkeys, addresses }: AccountWays,
  without: { readonly provider?: string; readonly passkeyId?: string },
): void {
  if (passwordHash !== null || addresses.isConfirmed) return;
  const signsIn = [...passkeys].filter(([, { added, removed }]) => !removed && !isErased(added));
  if (signsIn.some(([id]) => id !== without.passkeyId)) return;
  if ([...providers.keys()].some((name) => name !== without.provider)) return;
  throw new DomainError(
    'last_way_in',
    'This is the only way to sign in to the account: choose a password, confirm the e-mail address, or add another way first.',
  );
}
