import type { Erasure, ListedMember, Page } from '../../../../libs/client/index.ts';
import { GIVEN_ROLES, MEMBER_STATES } from '../../../../libs/words/index.ts';
import type { MemberListWish } from '../../../acts/member-list.ts';
import { recordHref } from '../../shell/addresses.ts';
import { PendingErasure } from '../../shell/erasure-parts.tsx';
import { SelectField, TextField } from '../../shell/fields.tsx';
import type { Frame } from '../../shell/frame.ts';
import { date } from '../../shell/i18n/moments.ts';
import { PostForm } from '../../shell/post-form.tsx';
import { AdminPage } from '../admin-frame.tsx';
import { RoleMeanings } from '../role-meanings.tsx';

interface MembersProps {
  readonly frame: Frame;
  readonly wish: MemberListWish;
  readonly page: Page<ListedMember>;
  /** The erasures that wait or are being carried out, by member. */
  readonly erasures: ReadonlyMap<string, Erasure>;
  /** The member whose roles were just saved. */
  readonly saved: string | null;
}

function Search({ frame, wish }: Pick<MembersProps, 'frame' | 'wish'>) {
  const { t } = frame.translator;
  return (
    <form class="form member-search" method="get" action="/admin/members">
      <TextField
        name="q"
        label={t('members.find')}
        hint={t('members.findHint')}
        value={wish.q ?? ''}
        required={false}
        errors={{}}
      />
      <SelectField name="role" label={t('members.role')} errors={{}}>
        <option value="">{t('record.all')}</option>
        {GIVEN_ROLES.map((role) => (
          <option key={role} value={role} selected={role === wish.role}>
            {t(`role.${role}`)}
          </option>
        ))}
      </SelectField>
      <SelectField name="state" label={t('members.state')} errors={{}}>
        <option value="">{t('record.all')}</option>
        {MEMBER_STATES.map((state) => (
          <option key={state} value={state} selected={state === wish.state}>
            {t(`members.state.${state}`)}
          </option>
        ))}
      </SelectField>
      <button class="button" type="submit">
        {t('members.search')}
      </button>
    </form>
  );
}

interface MemberProps {
  readonly frame: Frame;
  readonly member: ListedMember;
  readonly erasure: Erasure | null;
  readonly saved: boolean;
}

function MemberErasing({ frame, member, erasure }: Omit<MemberProps, 'saved'>) {
  const path = `/admin/members/${member.id}/erasure`;
  if (erasure !== null) return <PendingErasure erasure={erasure} back={path} translator={frame.translator} />;
  return (
    <p>
      <a href={path}>{frame.translator.t('erase.member', { handle: member.handle })}</a>
    </p>
  );
}

/** Of whoever was not let in, roles can be taken away, and none given. */
function Roles({ frame, member }: { readonly frame: Frame; readonly member: ListedMember }) {
  const { t } = frame.translator;
  const isSelf = member.id === frame.member?.id;
  const isOutside = member.state === 'waiting' || member.state === 'refused';
  if (isOutside && member.roles.every((role) => role === 'member')) return <p class="hint">{t('error.not_let_in')}</p>;
  return (
    <PostForm class="roles-form" action={`/admin/members/${member.id}/roles`}>
      <input type="hidden" name="back" value={frame.here} />
      <fieldset>
        <legend>{t('members.roles', { name: member.displayName })}</legend>
        {GIVEN_ROLES.map((role) => (
          <label key={role} class="radio">
            <input
              type="checkbox"
              name={`role-${role}`}
              value="1"
              checked={member.roles.includes(role)}
              disabled={(isSelf && role === 'admin') || (isOutside && !member.roles.includes(role))}
            />
            {t(`role.${role}`)}
          </label>
        ))}
      </fieldset>
      {isOutside && <p class="hint">{t('error.not_let_in')}</p>}
      {isSelf && <input type="hidden" name="role-admin" value="1" />}
      <button class="button quiet" type="submit">
        {t('form.save')}
      </button>
    </PostForm>
  );
}

function Member({ frame, member, erasure, saved }: MemberProps) {
  const { translator } = frame;
  const { t } = translator;
  const day = (iso: string): string => date(iso, { translator, isLocal: false });
  const since = day(member.createdAt);
  return (
    <li id={`member-${member.id}`} class="member-row">
      <h2>
        <a href={recordHref(member.handle)}>
          <bdi>{member.displayName}</bdi>
        </a>{' '}
        <span class="quiet-text">@{member.handle}</span>
      </h2>
      {saved && (
        <p class="saved" role="status">
          {t('settings.saved')}
          {!member.emailConfirmed && ` ${t('members.rolesUntold', { name: member.displayName })}`}
        </p>
      )}
      <p class="hint">
        {member.state !== 'active' && <strong>{t(`members.state.${member.state}`)} · </strong>}
        {member.state === 'waiting' && (
          <>
            <a href="/moderation/newcomers">{t('newcomers.title')}</a> ·{' '}
          </>
        )}
        {t('member.since', { date: since })} ·{' '}
        {member.lastSeenOn === null
          ? t('members.notSeen')
          : t('members.seen', { date: day(`${member.lastSeenOn}T12:00:00.000Z`) })}
        {member.sanctions.length > 0 && <> · {member.sanctions.map((kind) => t(`sanction.${kind}`)).join(', ')}</>}
      </p>
      {member.email && (
        <p class="hint" dir="ltr">
          {member.email} {member.emailConfirmed === false && <span>({t('members.unconfirmed')})</span>}
        </p>
      )}
      <Roles frame={frame} member={member} />
      <MemberErasing frame={frame} member={member} erasure={erasure} />
    </li>
  );
}

/** Members, newest first, with their roles, state and sanctions. */
export function MembersPage({ frame, wish, page, erasures, saved }: MembersProps) {
  const { t } = frame.translator;
  const more = new URLSearchParams({ ...wish, ...(page.next === null ? {} : { cursor: page.next }) });
  return (
    <AdminPage frame={frame} title={t('admin.members')}>
      <h1>{t('admin.members')}</h1>
      <Search frame={frame} wish={wish} />
      <RoleMeanings frame={frame} />
      <p>
        <a href="/admin/erasures">{t('erase.others')}</a>
      </p>
      {page.items.length === 0 && <p class="empty">{page.next === null ? t('members.none') : t('members.noneHere')}</p>}
      <ol class="member-rows">
        {page.items.map((member) => (
          <Member
            key={member.id}
            frame={frame}
            member={member}
            erasure={erasures.get(member.id) ?? null}
            saved={member.id === saved}
          />
        ))}
      </ol>
      {page.next !== null && (
        <nav class="pages" aria-label={t('queue.more')}>
          <a rel="next" href={`/admin/members?${more}`}>
            {t('queue.more')}
          </a>
        </nav>
      )}
    </AdminPage>
  );
}
