import type { Post } from '../../../libs/client/index.ts';
import type { PostRevision, PostRevisions } from '../../views/post-list/post-revisions.query-types.ts';
import { postHref } from '../shell/addresses.ts';
import { Diff } from '../shell/diff.tsx';
import { Document } from '../shell/document.tsx';
import type { Frame } from '../shell/frame.ts';
import { PostForm } from '../shell/post-form.tsx';
import { TimeAgo } from '../shell/time-ago.tsx';

interface RevisionsProps {
  readonly frame: Frame;
  readonly post: Post;
  readonly revisions: PostRevisions;
}

/** A short text before and after, where it changed. */
function Changed({ label, before, after, frame }: { label: string; before: string; after: string; frame: Frame }) {
  if (before === after) return null;
  const parts = [
    { kind: 'removed', text: before },
    { kind: 'added', text: after },
  ] as const;
  return (
    <p>
      {label}:{' '}
      <bdi>
        <Diff parts={parts.filter(({ text }) => text !== '')} frame={frame} />
      </bdi>
    </p>
  );
}

function Entry({
  revision,
  frame,
  post,
  isNewest,
}: Omit<RevisionsProps, 'revisions'> & { revision: PostRevision; isNewest: boolean }) {
  const { translator, now } = frame;
  const { t } = translator;
  const { before, by, at, diff, locale, title, body, excerpt, tags, slug } = revision;
  const name = by?.displayName ?? t('comment.nameless');
  const was = before ?? { title: '', excerpt: null, tags: [], slug };
  return (
    <li>
      <p class="post-meta">
        <strong>{t('revisions.by', { name })}</strong>
        <TimeAgo at={at} translator={translator} now={now} />
        {isNewest && <span class="badge">{t('revisions.now')}</span>}
      </p>
      <Changed label={t('write.postTitle')} before={was.title} after={title} frame={frame} />
      <Changed label={t('write.slug')} before={was.slug} after={slug} frame={frame} />
      <Changed label={t('write.tags')} before={was.tags.join(', ')} after={tags.join(', ')} frame={frame} />
      <Changed label={t('write.excerpt')} before={was.excerpt ?? ''} after={excerpt ?? ''} frame={frame} />
      <details open={isNewest}>
        <summary>{t('write.body')}</summary>
        <div class="diff" dir="auto" lang={locale}>
          {diff === null ? body : <Diff parts={diff} frame={frame} />}
        </div>
      </details>
      {!isNewest && !isSameText(revision, post) && post.status !== 'withdrawn' && (
        <PostForm class="buttons" action={revisionsPath(post)}>
          <input type="hidden" name="revision" value={String(revision.revision)} />
          <input type="hidden" name="seen" value={String(post.revision)} />
          <button class="button quiet" type="submit">
            {t('revisions.restore')}
          </button>
        </PostForm>
      )}
    </li>
  );
}

/** Whether bringing it back would change nothing, as where the address alone is another. */
function isSameText(one: PostRevision, other: Post): boolean {
  const texts = [one, other].map(({ title, body, excerpt, tags, locale }) => [title, body, excerpt, tags, locale]);
  return new Set(texts.map((text) => JSON.stringify(text))).size === 1;
}

export function revisionsPath({ slug }: Pick<Post, 'slug'>): string {
  return `/posts/${encodeURIComponent(slug)}/revisions`;
}

/** The texts of a post, the newest first, each against the one before; an earlier one can be published again. */
export function RevisionsPage({ frame, post, revisions: { items, next } }: RevisionsProps) {
  const { t } = frame.translator;
  const path = revisionsPath(post);
  const newest = items.find(({ body, title }) => body === post.body && title === post.title)?.revision;
  return (
    <Document frame={frame} title={t('revisions.title')}>
      <h1>{t('revisions.title')}</h1>
      <p class="lead">
        <a href={postHref(post)}>{post.title}</a>
      </p>
      <p class="hint">{t('revisions.lead')}</p>
      <ol class="revisions" reversed>
        {items.map((revision) => (
          <Entry
            key={revision.revision}
            revision={revision}
            frame={frame}
            post={post}
            isNewest={revision.revision === newest}
          />
        ))}
      </ol>
      {next !== null && (
        <p>
          <a href={`${path}?before=${next}`}>{t('revisions.older')}</a>
        </p>
      )}
    </Document>
  );
}
