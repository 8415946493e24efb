import type { Page, PostDraftSummary } from '../../../libs/client/index.ts';
import type { Frame } from '../shell/frame.ts';
import { PostForm } from '../shell/post-form.tsx';
import { TimeAgo } from '../shell/time-ago.tsx';

export type ListedPosts = Page<PostDraftSummary>;

function PostItem({ draft, frame }: { draft: PostDraftSummary; frame: Frame }) {
  const { translator, now } = frame;
  const { t } = translator;
  const { postId, title, locale, position, keptAt, editor } = draft;
  const name = title === '' ? t('drafts.untitled') : title;
  const path = `/write/${postId}`;
  return (
    <li class="entry">
      <div>
        <h3 dir="auto" lang={title === '' ? undefined : locale}>
          <a href={path}>{name}</a>
        </h3>
        <p class="hint">
          {t('write.keptBy', { name: editor?.displayName ?? t('comment.nameless') })}{' '}
          <TimeAgo at={keptAt} translator={translator} now={now} />
        </p>
        <PostForm class="buttons" action={`${path}/drop`}>
          <input type="hidden" name="over" value={position} />
          <a class="button" href={path} aria-label={`${t('drafts.goOn')}: ${name}`}>
            {t('drafts.goOn')}
          </a>
          <button class="button quiet" type="submit" aria-label={`${t('drafts.drop')}: ${name}`}>
            {t('drafts.drop')}
          </button>
        </PostForm>
      </div>
    </li>
  );
}

/** What all editors write, newest first. */
export function PostDrafts({ posts, frame }: { posts: ListedPosts; frame: Frame }) {
  const { t } = frame.translator;
  return (
    <section aria-labelledby="post-drafts">
      <h2 id="post-drafts">{t('drafts.posts')}</h2>
      <p class="lead">{t('drafts.postsLead')}</p>
      <p class="buttons">
        <a class="button" href="/write">
          {t('write.title')}
        </a>
        <a class="button quiet" href="/write/from-month">
          {t('period.title')}
        </a>
      </p>
      <ul class="entries">
        {posts.items.map((draft) => (
          <PostItem key={draft.position} draft={draft} frame={frame} />
        ))}
      </ul>
      {posts.next !== null && (
        <p>
          <a href={`/drafts?cursor=${encodeURIComponent(posts.next)}`}>{t('posts.older')}</a>
        </p>
      )}
    </section>
  );
}
