import { nameOf } from './comment-head.tsx';
import { mayAccept, threadLink, useThread } from './context.ts';
import { hasText, type ShownComment } from './shown-comment.ts';

/** Says who answered what the post asks, and leads there; those who may accept an answer are told so while there is none. */
export function AnswerLine({ comments }: { comments: readonly ShownComment[] }) {
  const thread = useThread();
  const { page, discussion, translator } = thread;
  const { t } = translator;
  const { acceptedCommentId: id } = discussion;
  if (id === undefined) return discussion.asks && mayAccept(thread) ? <p class="notice">{t('thread.asks')}</p> : null;
  const here = comments.find((comment) => comment.id === id);
  const isHere = here !== undefined && hasText(here);
  const name = isHere ? nameOf(here, translator) : page.answer?.id === id ? page.answer.name : null;
  const { frame } = page.post;
  const there = `/comments/${id}${frame === undefined ? '' : `?${new URLSearchParams({ frame })}`}`;
  const to = isHere ? threadLink(page, { hash: `comment-${id}` }).href : there;
  return (
    <p class="notice answered">
      <span dir="auto">{name === null ? t('thread.answered') : t('thread.answeredBy', { name })}</span>{' '}
      <a href={to} target={frame === undefined ? undefined : '_self'}>
        {t('thread.goToAnswer')}
      </a>
    </p>
  );
}

/** The choice between all comments and those that editors feature, where there are any. */
export function FilterLinks() {
  const { page, discussion, translator } = useThread();
  const { t, number } = translator;
  const { featuredCount: count = 0 } = discussion;
  if (count === 0 && page.only === undefined) return null;
  const { only: _, ...all } = { ...page, cursor: null };
  return (
    <nav class="sort" aria-label={t('thread.only')}>
      <a {...threadLink(all, { hash: 'discussion' })} aria-current={page.only === undefined ? 'true' : undefined}>
        {t('thread.all')}
      </a>
      <a
        {...threadLink({ ...all, only: 'featured' }, { hash: 'discussion' })}
        aria-current={page.only === 'featured' ? 'true' : undefined}
      >
        {t('thread.onlyFeatured')} {count > 0 && number(count)}
      </a>
    </nav>
  );
}
