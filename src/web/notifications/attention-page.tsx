import type { AttendedDiscussion, IgnoredMember, Page } from '../../../libs/client/index.ts';
import { postHref } from '../shell/addresses.ts';
import { Document } from '../shell/document.tsx';
import { Done, type DoneAct } from '../shell/done.tsx';
import type { Frame } from '../shell/frame.ts';
import { PostForm } from '../shell/post-form.tsx';

/** The three lists; each is paged by a parameter of its name. */
export const ATTENTION_LISTS = ['follows', 'mutes', 'ignores'] as const;
type AttentionList = (typeof ATTENTION_LISTS)[number];

interface AttentionPageProps {
  readonly frame: Frame;
  readonly follows: Page<AttendedDiscussion>;
  readonly mutes: Page<AttendedDiscussion>;
  readonly ignores: Page<IgnoredMember>;
  readonly done: DoneAct | null;
}

/** What one entry shows, and what its button ends. */
interface Entry {
  readonly id: string;
  /** Null for what readers do not find any more. */
  readonly shown: { readonly name: string; readonly href: string } | null;
}

const HOW = {
  follows: { none: 'attention.noFollows', gone: 'attention.gonePost', act: 'unfollow' },
  mutes: { none: 'attention.noMutes', gone: 'attention.gonePost', act: 'unmute' },
  ignores: { none: 'attention.noIgnores', gone: 'attention.goneMember', act: 'heed' },
} as const;

function List({ list, of, frame }: { list: AttentionList; of: Page<Entry>; frame: Frame }) {
  const { t } = frame.translator;
  const { none, gone, act } = HOW[list];
  return (
    <section aria-labelledby={list}>
      <h2 id={list}>{t(`attention.${list}`)}</h2>
      {of.items.length === 0 && <p class="empty">{t(none)}</p>}
      <ul class="entries">
        {of.items.map(({ id, shown }) => (
          <li key={id} class="entry">
            <div>
              <h3 dir="auto">{shown === null ? t(gone) : <a href={shown.href}>{shown.name}</a>}</h3>
            </div>
            <PostForm action="/settings/attention">
              <input type="hidden" name="act" value={act} />
              <input type="hidden" name="id" value={id} />
              <button
                class="button quiet"
                type="submit"
                aria-label={`${t(`attention.${act}`)}: ${shown?.name ?? t(gone)}`}
              >
                {t(`attention.${act}`)}
              </button>
            </PostForm>
          </li>
        ))}
      </ul>
      {of.next !== null && (
        <p>
          <a
            href={`/settings/attention?${list}=${encodeURIComponent(of.next)}#${list}`}
            aria-label={`${t('attention.older')}: ${t(`attention.${list}`)}`}
          >
            {t('attention.older')}
          </a>
        </p>
      )}
    </section>
  );
}

/** What the member follows and mutes, and whom it ignores, with a button to end each. */
export function AttentionPage({ frame, follows, mutes, ignores, done }: AttentionPageProps) {
  const { translator } = frame;
  const { t } = translator;
  return (
    <Document frame={frame} title={t('attention.title')} styles={['account.css']}>
      <h1>{t('attention.title')}</h1>
      <p class="lead">{t('attention.lead')}</p>
      <Done done={done} translator={translator} />
      <List list="follows" of={discussions(follows)} frame={frame} />
      <List list="mutes" of={discussions(mutes)} frame={frame} />
      <List list="ignores" of={members(ignores)} frame={frame} />
      <p class="aside links">
        <a href="/notifications">{t('nav.notifications')}</a>
        <a href="/settings/notifications">{t('told.choose')}</a>
        <a href="/settings">{t('nav.settings')}</a>
      </p>
    </Document>
  );
}

function discussions({ items, next }: Page<AttendedDiscussion>): Page<Entry> {
  const shownOf = (post: AttendedDiscussion['post']) => post && { name: post.title, href: postHref(post) };
  return { items: items.map(({ postId, post }) => ({ id: postId, shown: shownOf(post) })), next };
}

function members({ items, next }: Page<IgnoredMember>): Page<Entry> {
  const shownOf = (member: IgnoredMember['member']) =>
    member && { name: member.displayName, href: `/members/${encodeURIComponent(member.handle)}` };
  return { items: items.map(({ memberId, member }) => ({ id: memberId, shown: shownOf(member) })), next };
}
