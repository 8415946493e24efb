import type { Role } from '../../../../libs/words/index.ts';
import type { Frame } from '../../shell/frame.ts';

interface HeldRolesProps {
  readonly frame: Frame;
  readonly roles: readonly Role[];
}

/** The roles that count once somebody is let in, and who may do that; nothing for somebody without a role. */
export function HeldRoles({ frame, roles }: HeldRolesProps) {
  const { t } = frame.translator;
  const named = roles.flatMap((role) => (role === 'member' ? [] : [t(`role.${role}`)]));
  if (named.length === 0) return null;
  return <p class="status held">{t('newcomers.holds', { roles: named.join(', ') })}</p>;
}

/** Whether the reader may let in somebody with these roles. */
export function mayLetIn({ frame, roles }: HeldRolesProps): boolean {
  return roles.every((role) => role === 'member') || frame.member?.roles.includes('admin') === true;
}
