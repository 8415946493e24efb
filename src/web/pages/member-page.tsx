import type { MemberProfile, Role } from '../../../libs/client/index.ts';
import { Document } from '../components/document.tsx';
import { type Frame, mayModerate } from '../components/frame.ts';
import { date } from '../i18n/moments.ts';
import type { MessageKey } from '../i18n/translate.ts';
import { drawerHref } from '../moderation/record.tsx';
import { Initials } from '../thread/initials.tsx';

const ROLE_NAMES: Readonly<Partial<Record<Role, MessageKey>>> = {
  editor: 'role.editor',
  moderator: 'role.moderator',
  auditor: 'role.auditor',
  admin: 'role.admin',
};

export function MemberPage({ frame, member }: { frame: Frame; member: MemberProfile }) {
  const { translator } = frame;
  const { t } = translator;
  const since = date(member.createdAt, { translator, isLocal: false });
  return (
    <Document frame={frame} title={member.displayName}>
      <div class="member-head">
        <Initials author={member} />
        <div>
          <h1 dir="auto">{member.displayName}</h1>
          <p class="post-meta">
            <span>@{member.handle}</span>
            {member.roles.map((role) => {
              const key = ROLE_NAMES[role];
              return (
                key && (
                  <span key={role} class="badge">
                    {t(key)}
                  </span>
                )
              );
            })}
          </p>
        </div>
      </div>
      <p>{t('member.since', { date: since })}</p>
      <p>{t('member.comments', { count: member.commentCount })}</p>
      {mayModerate(frame.member) && (
        <p class="aside">
          <a href={drawerHref(member.handle)}>{t('drawer.link')}</a>
        </p>
      )}
    </Document>
  );
}
