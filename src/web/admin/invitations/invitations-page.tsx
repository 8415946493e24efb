import type { Invitation, Page } from '../../../../libs/client/index.ts';
import { GIVEN_ROLES, INVITATION_DAYS } from '../../../../libs/words/index.ts';
import { DoneText } from '../../shell/done.tsx';
import { type FieldErrors, SelectField, TextField } from '../../shell/fields.tsx';
import { FormFrame, Submit } from '../../shell/form-frame.tsx';
import type { Frame } from '../../shell/frame.ts';
import { LocaleOptions } from '../../shell/language-form.tsx';
import { TABLE_ROLES, TableHead } from '../../shell/table-head.tsx';
import { TimeAgo } from '../../shell/time-ago.tsx';
import type { Typed } from '../../shell/typed.ts';
import { AdminPage } from '../admin-frame.tsx';
import { RoleMeanings } from '../role-meanings.tsx';

interface InvitationsProps {
  readonly frame: Frame;
  readonly invitations: Page<Invitation>;
  readonly typed: Typed;
  readonly roles: readonly string[];
  readonly errors: FieldErrors;
  /** The link of the invitation that was just made. */
  readonly link: string | null;
  /** The address to which it is sent too. */
  readonly mailedTo: string | null;
}

/** The invitations of the forum, and the form to make one. */
export function InvitationsPage(props: InvitationsProps) {
  const { frame, invitations, link, mailedTo } = props;
  const { t } = frame.translator;
  return (
    <AdminPage frame={frame} title={t('admin.invitations')} scripts={link === null ? [] : ['recovery.js']}>
      <h1>{t('admin.invitations')}</h1>
      <p class="lead">{t('invite.intro')}</p>
      {link !== null && (
        <div class="given">
          <DoneText text={t('invite.made')} />
          <p class="said">
            <code dir="ltr">{link}</code>
          </p>
          <p class="buttons" data-copy-key={link} data-copied={t('recovery.copied')} hidden>
            <button class="button quiet" type="button">
              {t('invite.copy')}
            </button>{' '}
            <span role="status" />
          </p>
          {mailedTo !== null && <p class="hint">{t('invite.mailed', { email: mailedTo })}</p>}
        </div>
      )}
      <InvitationForm {...props} />
      {invitations.items.length === 0 ? (
        <p class="hint">{t('invite.none')}</p>
      ) : (
        <InvitationTable frame={frame} items={invitations.items} />
      )}
      {invitations.next !== null && (
        <nav class="pages" aria-label={t('invite.more')}>
          <a href={`/admin/invitations?cursor=${invitations.next}`}>{t('invite.more')}</a>
        </nav>
      )}
    </AdminPage>
  );
}

function InvitationForm({ frame, typed, roles, errors }: InvitationsProps) {
  const { translator } = frame;
  const { t } = translator;
  return (
    <div class="narrow">
      <FormFrame
        action="/admin/invitations"
        translator={translator}
        errors={errors}
        buttons={<Submit label={t('invite.make')} />}
      >
        <TextField
          name="email"
          type="email"
          label={t('invite.email')}
          optional={t('form.optional')}
          hint={t('invite.emailHint')}
          value={typed['email'] ?? ''}
          required={false}
          errors={errors}
        />
        {frame.site.locales.length > 1 && (
          <SelectField name="locale" label={t('invite.locale')} errors={errors}>
            <LocaleOptions chosen={typed['locale'] ?? frame.site.defaultLocale} of={frame.site.locales} />
          </SelectField>
        )}
        <TextField
          name="note"
          label={t('invite.note')}
          optional={t('form.optional')}
          hint={t('invite.noteHint')}
          value={typed['note'] ?? ''}
          required={false}
          errors={errors}
        />
        <TextField
          name="days"
          label={t('invite.days')}
          value={typed['days'] ?? String(INVITATION_DAYS.usual)}
          errors={errors}
        />
        <fieldset class="radios">
          <legend>{t('invite.roles')}</legend>
          {GIVEN_ROLES.map((role) => (
            <label key={role} class="radio">
              <input type="checkbox" name="roles" value={role} checked={roles.includes(role)} /> {t(`role.${role}`)}
            </label>
          ))}
        </fieldset>
        <RoleMeanings frame={frame} open />
      </FormFrame>
    </div>
  );
}

function InvitationTable({ frame, items }: { readonly frame: Frame; readonly items: readonly Invitation[] }) {
  const { t } = frame.translator;
  const heads = [t('invite.for'), t('invite.roles'), t('invite.since'), t('invite.until'), t('invite.state')];
  return (
    <table {...TABLE_ROLES.table} class="dense log part in-lines">
      <TableHead names={heads} />
      <tbody {...TABLE_ROLES.rows}>
        {items.map((invitation) => (
          <InvitationRow key={invitation.id} frame={frame} invitation={invitation} />
        ))}
      </tbody>
    </table>
  );
}

function InvitationRow(props: { readonly frame: Frame; readonly invitation: Invitation }) {
  const { frame } = props;
  const { translator, now } = frame;
  const { id, email, note, roles, state, usedBy, createdAt, expiresAt } = props.invitation;
  const { t } = translator;
  const named = roles.flatMap((role) => (role === 'member' ? [] : [t(`role.${role}`)]));
  return (
    <tr {...TABLE_ROLES.row}>
      <td {...TABLE_ROLES.cell}>
        <bdi>{email ?? note}</bdi>
        {email !== null && note !== '' && <p class="hint">{note}</p>}
      </td>
      <td data-label={t('invite.roles')} {...TABLE_ROLES.cell}>
        {named.length === 0 ? '–' : named.join(', ')}
      </td>
      <td data-label={t('invite.since')} {...TABLE_ROLES.cell}>
        <TimeAgo at={createdAt} translator={translator} now={now} />
      </td>
      <td data-label={t('invite.until')} {...TABLE_ROLES.cell}>
        <TimeAgo at={expiresAt} translator={translator} now={now} />
      </td>
      <td data-label={t('invite.state')} {...TABLE_ROLES.cell}>
        {t(`invite.${state}`)}
        {usedBy !== null && (
          <>
            {' '}
            <a href={`/members/${encodeURIComponent(usedBy.handle)}`}>{usedBy.displayName}</a>
          </>
        )}
        {(state === 'open' || state === 'void') && (
          <FormFrame
            action={`/admin/invitations/${id}/withdraw`}
            translator={translator}
            buttons={
              <button class="button quiet" type="submit">
                {t('invite.withdraw')}
              </button>
            }
          >
            {null}
          </FormFrame>
        )}
      </td>
    </tr>
  );
}
