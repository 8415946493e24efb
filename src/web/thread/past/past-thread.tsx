import { COMMENT_SORTS } from '../../../../libs/words/index.ts';
import { CommentItem } from '../parts/comment-item.tsx';
import { useThread } from '../parts/context.ts';
import { PlaceOnPages, type ThreadProps } from '../parts/thread.tsx';
import { NO_TREE, treeOf } from '../parts/tree.ts';
import { type PastWish, pastHref } from './time-machine.tsx';

/** A discussion as it stood, for reading only; new comments do not come into it. */
export function PastThread({
  comments,
  state,
  total,
  place,
  wish,
}: Omit<ThreadProps, 'count' | 'newId'> & {
  readonly total: number;
  readonly wish: PastWish;
}) {
  const { page, translator } = useThread();
  const { t } = translator;
  const { top } = treeOf(comments, state, NO_TREE);
  const address = { slug: page.post.slug, sort: page.sort, ...wish };
  return (
    <>
      <div class="thread-head">
        <h2 id="discussion-title">{total === 0 ? t('thread.noComments') : t('thread.title', { count: total })}</h2>
        {(total > 1 || top.length > 1) && (
          <nav class="sort" aria-label={t('thread.sort')}>
            {COMMENT_SORTS.map((sort) => (
              <a
                key={sort}
                href={pastHref({ ...address, sort })}
                aria-current={sort === page.sort ? 'true' : undefined}
              >
                {t(`thread.${sort}`)}
              </a>
            ))}
          </nav>
        )}
      </div>
      {top.length === 0 && <p class="empty">{t('past.empty')}</p>}
      {top.length > 0 && (
        <ol class="comments">
          {top.map((node) => (
            <CommentItem key={node.comment.id} node={node} parent={null} newId="" />
          ))}
        </ol>
      )}
      {(page.cursor !== null || page.next !== null) && (
        <nav class="pages" aria-label={t('thread.pages')}>
          <PlaceOnPages place={place} count={total} />
          {page.cursor !== null && <a href={pastHref(address)}>{t('thread.firstPage')}</a>}
          {page.previous !== null && (
            <a rel="prev" href={pastHref(address, { cursor: page.previous })}>
              {t('thread.previousPage')}
            </a>
          )}
          {page.next !== null && (
            <a rel="next" href={pastHref(address, { cursor: page.next })}>
              {t('thread.nextPage')}
            </a>
          )}
          {page.last !== null && <a href={pastHref(address, { cursor: page.last })}>{t('thread.lastPage')}</a>}
        </nav>
      )}
    </>
  );
}
