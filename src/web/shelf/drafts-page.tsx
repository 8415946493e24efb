import type { Draft } from '../../../libs/client/index.ts';
import { DRAFT_DAYS } from '../../../libs/words/index.ts';
import { postHref } from '../shell/addresses.ts';
import { Document } from '../shell/document.tsx';
import type { Frame } from '../shell/frame.ts';
import { languageOf } from '../shell/i18n/language-of.ts';
import { PostForm } from '../shell/post-form.tsx';
import { TimeAgo } from '../shell/time-ago.tsx';
import { WithTitle } from '../shell/with-title.tsx';
import { type ListedPosts, PostDrafts } from './post-drafts.tsx';

/** Where the text can be gone on with: at the form that it was begun in. */
export function writingPath({ post, parentId, commentId }: Pick<Draft, 'post' | 'parentId' | 'commentId'>): string {
  if (commentId !== null) return `/comments/${commentId}/edit?draft=1`;
  const place = post === null ? '/' : postHref(post);
  return parentId === null
    ? `${place}?draft=1#comment-form`
    : `${place}?answer=${encodeURIComponent(parentId)}&draft=1#answer`;
}

function Item({ draft, frame }: { draft: Draft; frame: Frame }) {
  const { translator, now } = frame;
  const { t } = translator;
  const { postId, parentId, commentId, post, state, body } = draft;
  const kind = commentId !== null ? 'edit' : parentId !== null ? 'answer' : 'comment';
  const around = (title: string): string => t(`drafts.kind.${kind}`, { title });
  const title = post?.title ?? t('drafts.somewhere');
  const [name, named] = [around(title), <WithTitle around={around} title={title} lang={post?.locale} />];
  return (
    <li class="entry">
      <div>
        <h2 dir="auto">{state === 'open' ? <a href={writingPath(draft)}>{named}</a> : named}</h2>
        <p class="hint">
          <TimeAgo at={draft.keptAt} translator={translator} now={now} />
        </p>
        {state !== 'open' && <p class="status held">{t(`drafts.${state}`)}</p>}
        <p class="draft-text" dir="auto" lang={languageOf(body, post?.locale)}>
          {body}
        </p>
        <PostForm class="buttons" action="/drafts/drop">
          <input type="hidden" name="postId" value={postId} />
          {parentId !== null && <input type="hidden" name="parentId" value={parentId} />}
          {commentId !== null && <input type="hidden" name="commentId" value={commentId} />}
          {state === 'open' && (
            <a class="button" href={writingPath(draft)} aria-label={`${t('drafts.goOn')}: ${name}`}>
              {t('drafts.goOn')}
            </a>
          )}
          <button class="button quiet" type="submit" aria-label={`${t('drafts.drop')}: ${name}`}>
            {t('drafts.drop')}
          </button>
        </PostForm>
      </div>
    </li>
  );
}

interface DraftsPageProps {
  readonly frame: Frame;
  readonly drafts: readonly Draft[];
  /** Whether the site lets the member translate, which the browser alone keeps. */
  readonly mayTranslate: boolean;
  /** Null for who writes no posts. */
  readonly posts: ListedPosts | null;
}

/** The member's unsent texts, newest first; before them the posts that editors write. */
export function DraftsPage({ frame, drafts, mayTranslate, posts }: DraftsPageProps) {
  const { t } = frame.translator;
  const own = (
    <>
      <p class="lead">{drafts.length === 0 ? t('drafts.none') : t('drafts.lead', { days: DRAFT_DAYS })}</p>
      {mayTranslate && <p class="hint">{t('drafts.translations')}</p>}
      <ul class="entries">
        {drafts.map((draft) => (
          <Item key={draft.position} draft={draft} frame={frame} />
        ))}
      </ul>
    </>
  );
  return (
    <Document
      frame={frame}
      title={t('drafts.title')}
      styles={['account.css']}
      scripts={['drafts.js']}
      data={frame.member ? { memberId: frame.member.id, shown: drafts.map(({ position }) => position) } : undefined}
    >
      <h1>{t('drafts.title')}</h1>
      {posts === null ? (
        own
      ) : (
        <>
          <PostDrafts posts={posts} frame={frame} />
          <section aria-labelledby="comment-drafts">
            <h2 id="comment-drafts">{t('drafts.comments')}</h2>
            {own}
          </section>
        </>
      )}
    </Document>
  );
}
