import { GIVEN_ROLES } from '../../../libs/words/index.ts';
import type { Frame } from '../shell/frame.ts';

/** What each role may do, for those who give roles. */
export function RoleMeanings({ frame, open = false }: { readonly frame: Frame; readonly open?: boolean }) {
  const { t } = frame.translator;
  return (
    <details class="role-meanings" open={open}>
      <summary>{t('role.does')}</summary>
      <dl>
        {GIVEN_ROLES.map((role) => (
          <div key={role}>
            <dt>{t(`role.${role}`)}</dt>
            <dd>{t(`role.does.${role}`)}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
