import type { OwnMember } from '../../../../libs/client/index.ts';
import type { Role } from '../../../../libs/words/index.ts';
import { FormFrame, Submit } from '../../shell/form-frame.tsx';
import type { Frame } from '../../shell/frame.ts';
import { AdminPage } from '../admin-frame.tsx';

interface NewAdminProps {
  readonly frame: Frame;
  readonly member: Pick<OwnMember, 'id' | 'displayName'>;
  /** All roles that the form asked for. */
  readonly roles: readonly Role[];
  /** The list from which the admin came. */
  readonly back: string;
}

/** Asks once more before somebody becomes an admin. */
export function NewAdminPage({ frame, member, roles, back }: NewAdminProps) {
  const { translator } = frame;
  const { t } = translator;
  const title = t('members.makeAdmin', { name: member.displayName });
  const asked = Object.fromEntries(roles.map((role) => [`role-${role}`, '1']));
  return (
    <AdminPage frame={frame} title={title}>
      <h1>{title}</h1>
      <FormFrame
        action={`/admin/members/${member.id}/roles`}
        translator={translator}
        hidden={{ ...asked, back, sure: '1' }}
        buttons={
          <>
            <Submit label={title} />
            <a class="button quiet" href={back}>
              {t('form.cancel')}
            </a>
          </>
        }
      >
        <p>{t('members.makeAdminText')}</p>
      </FormFrame>
    </AdminPage>
  );
}
