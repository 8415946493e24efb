import type { Comment, MemberProfile, Page, Post, PostSummary } from '../../../libs/client/index.ts';
import type { Role } from '../../../libs/words/index.ts';
import { MOST_PUBLIC_COUNTED, type PublicComments } from '../../views/thread/thread.query-types.ts';
import { memberHref, postHref, recordHref } from '../shell/addresses.ts';
import { Data, Document } from '../shell/document.tsx';
import { Done, type DoneAct } from '../shell/done.tsx';
import { FormFrame } from '../shell/form-frame.tsx';
import { type Frame, mayModerate } from '../shell/frame.ts';
import { languageOf } from '../shell/i18n/language-of.ts';
import { date } from '../shell/i18n/moments.ts';
import type { MessageKey } from '../shell/i18n/translate.ts';
import { Initials } from '../shell/initials.tsx';
import { messagesOf } from '../shell/message-files.ts';
import { PostMeta } from '../shell/post-meta.tsx';
import { shownHtml } from '../shell/shown-html.ts';
import { TimeAgo } from '../shell/time-ago.tsx';

const ROLE_NAMES: Readonly<Partial<Record<Role, MessageKey>>> = {
  editor: 'role.editor',
  moderator: 'role.moderator',
  auditor: 'role.auditor',
  admin: 'role.admin',
};

interface MemberPageProps {
  readonly frame: Frame;
  readonly member: MemberProfile;
  /** The member's comments that everybody can read, whoever looks. */
  readonly comments: PublicComments;
  /** By their ids. */
  readonly posts: ReadonlyMap<string, Post>;
  readonly isFirst: boolean;
  /** The member's own posts, as whoever looks may see them. */
  readonly published: Page<PostSummary>;
  readonly isFirstOfPosts: boolean;
  /** Whether an admin looks at another member whose second factor is on. */
  readonly mayTurnFactorOff: boolean;
  /** Whether an admin looks at somebody else. */
  readonly mayEndSessions: boolean;
  /** Of the own page: whether only staff find it. Null for another's. */
  readonly page: { readonly isHidden: boolean } | null;
  /** Whether the reader ignores the member; null for readers who cannot. */
  readonly isIgnored: boolean | null;
  readonly done: DoneAct | null;
}

/** One comment with its time and place. */
export function Written({ comment, post, frame }: { comment: Comment; post: Post | undefined; frame: Frame }) {
  const { translator, now } = frame;
  const html = comment.bodyHtml ?? '';
  return (
    <li>
      <p class="post-meta">
        <a href={`/comments/${comment.id}`}>
          <TimeAgo at={comment.createdAt} translator={translator} now={now} />
        </a>
        {post && (
          <a href={postHref(post)} lang={post.locale} dir="auto">
            {post.title}
          </a>
        )}
      </p>
      <div
        class="text"
        dir="auto"
        lang={comment.language ?? languageOf(html, post?.locale)}
        dangerouslySetInnerHTML={shownHtml(html, { from: 3, translator })}
      />
    </li>
  );
}

function Posts({ frame, member, published: { items, next }, isFirstOfPosts }: MemberPageProps) {
  const { t } = frame.translator;
  const path = memberHref(member);
  if (items.length === 0 && isFirstOfPosts) return null;
  return (
    <section class="member-posts" aria-labelledby="posts-title">
      <h2 id="posts-title">{t('posts.title')}</h2>
      <ol class="written">
        {items.map((post) => (
          <li key={post.id}>
            <h3 lang={post.locale} dir="auto">
              <a href={postHref(post)}>{post.title}</a>
            </h3>
            <PostMeta post={{ ...post, author: null }} frame={frame} />
          </li>
        ))}
      </ol>
      {(next !== null || !isFirstOfPosts) && (
        <nav class="pages" aria-label={t('posts.pages')}>
          {!isFirstOfPosts && <a href={path}>{t('posts.newest')}</a>}
          {next !== null && (
            <a rel="next" href={`${path}?posts=${encodeURIComponent(next)}#posts-title`}>
              {t('posts.older')}
            </a>
          )}
        </nav>
      )}
    </section>
  );
}

function writtenWords({ translator }: Frame): object {
  const { 'member.comments': some, 'member.manyComments': many } = messagesOf(translator);
  return { 'member.comments': some, 'member.manyComments': many };
}

function Comments({ frame, member, comments, posts, isFirst }: MemberPageProps) {
  const { t } = frame.translator;
  const { items, next, count } = comments;
  const path = memberHref(member);
  return (
    <section class="member-comments" aria-labelledby="comments-title">
      <Data id="written-words" data={writtenWords(frame)} />
      <h2
        id="comments-title"
        data-writer={member.id}
        data-written={count}
        data-most={MOST_PUBLIC_COUNTED}
        data-late={frame.asset('written.js')}
      >
        {count > MOST_PUBLIC_COUNTED
          ? t('member.manyComments', { count: MOST_PUBLIC_COUNTED })
          : t('member.comments', { count })}
      </h2>
      <p data-written-new hidden>
        <a href={path}>{t('told.new')}</a>
      </p>
      {items.length === 0 && isFirst && <p class="empty">{t('member.noComments')}</p>}
      <ol class="written">
        {items.map((comment) => (
          <Written key={comment.id} comment={comment} post={posts.get(comment.postId)} frame={frame} />
        ))}
      </ol>
      {(next !== null || !isFirst) && (
        <nav class="pages" aria-label={t('thread.pages')}>
          {!isFirst && <a href={path}>{t('member.newest')}</a>}
          {next !== null && (
            <a rel="next" href={`${path}?cursor=${next}`}>
              {t('thread.nextPage')}
            </a>
          )}
        </nav>
      )}
    </section>
  );
}

/** For a member who lost the phone and the recovery codes. */
function LostFactor({ frame, member }: Pick<MemberPageProps, 'frame' | 'member'>) {
  const { translator, here } = frame;
  const { t } = translator;
  return (
    <section class="part" aria-labelledby="factor-title">
      <h2 id="factor-title">{t('factor.title')}</h2>
      <p>{t('member.factorLost')}</p>
      <FormFrame
        action={`/admin/members/${member.id}/second-factor`}
        translator={translator}
        hidden={{ back: here }}
        buttons={
          <button class="button quiet" type="submit">
            {t('factor.turnOff')}
          </button>
        }
      >
        {null}
      </FormFrame>
    </section>
  );
}

/** For a member who lost a device, or whose session somebody else has. */
function LostDevice({ frame, member }: Pick<MemberPageProps, 'frame' | 'member'>) {
  const { translator, here } = frame;
  const { t } = translator;
  return (
    <section class="part" aria-labelledby="devices-title">
      <h2 id="devices-title">{t('devices.title')}</h2>
      <p>{t('member.deviceLost')}</p>
      <FormFrame
        action={`/admin/members/${member.id}/sessions`}
        translator={translator}
        hidden={{ back: here }}
        buttons={
          <button class="button quiet" type="submit">
            {t('member.endSessions')}
          </button>
        }
      >
        {null}
      </FormFrame>
    </section>
  );
}

/** What is the member's own: answers, drafts, bookmarks, and who finds the page. */
function Own({ frame, page }: Pick<MemberPageProps, 'frame' | 'page'>) {
  const { translator } = frame;
  const { t } = translator;
  if (page === null) return null;
  return (
    <section class="part" aria-labelledby="own-title">
      <h2 id="own-title">{t('member.own')}</h2>
      <p class="aside links">
        <a href="/notifications">{t('member.answers')}</a>
        <a href="/drafts">{t('drafts.title')}</a>
        <a href="/bookmarks">{t('bookmarks.title')}</a>
      </p>
      <p class="hint" id="page-hint">
        {t(page.isHidden ? 'member.isHidden' : 'member.isShown')}
      </p>
      <FormFrame
        action="/settings/page"
        translator={translator}
        hidden={{ hidden: page.isHidden ? '' : '1' }}
        buttons={
          <button class="button quiet" type="submit" aria-describedby="page-hint">
            {t(page.isHidden ? 'member.show' : 'member.hide')}
          </button>
        }
      >
        {null}
      </FormFrame>
    </section>
  );
}

/** One is told nothing of whom one ignores. */
function Ignore({ frame, member, isIgnored }: Pick<MemberPageProps, 'frame' | 'member' | 'isIgnored'>) {
  const { translator, here } = frame;
  const { t } = translator;
  if (isIgnored === null) return null;
  return (
    <section class="part">
      <p class="hint" id="ignore-hint">
        {t('attention.ignoreHint')}
      </p>
      <FormFrame
        action="/settings/attention"
        translator={translator}
        hidden={{ back: here, id: member.id, act: isIgnored ? 'heed' : 'ignore' }}
        buttons={
          <button class="button quiet" type="submit" aria-describedby="ignore-hint">
            {t(isIgnored ? 'attention.heed' : 'attention.ignore')}
          </button>
        }
      >
        {null}
      </FormFrame>
    </section>
  );
}

export function MemberPage(props: MemberPageProps) {
  const { frame, member } = props;
  const { translator } = frame;
  const { t } = translator;
  const path = memberHref(member);
  const since = date(member.createdAt, { translator, isLocal: false });
  return (
    <Document
      frame={frame}
      title={member.displayName}
      known={props.page?.isHidden === true ? undefined : { path, type: 'profile', feed: path }}
    >
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
      <Done done={props.done} translator={translator} />
      <p>{t('member.since', { date: since })}</p>
      {mayModerate(frame.member) && (
        <p class="aside">
          <a href={recordHref(member.handle)}>{t('record.link')}</a>
        </p>
      )}
      {props.mayTurnFactorOff && <LostFactor frame={frame} member={member} />}
      {props.mayEndSessions && <LostDevice frame={frame} member={member} />}
      <Own {...props} />
      <Posts {...props} />
      <Comments {...props} />
      <Ignore {...props} />
    </Document>
  );
}
