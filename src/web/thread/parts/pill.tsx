import type { FoldedBranch } from './comment-node.ts';
import { threadLink, useThread } from './context.ts';

/** Answers are counted up to here. */
const MOST_TOLD = 500;

/** New comments that wait where they belong, so that what is being read does not move; a press shows them. */
export function Pill({ parentId, count }: { parentId: string | null; count: number }) {
  const { translator, actions } = useThread();
  const key = parentId === null ? 'live.newComments' : 'live.newAnswers';
  return (
    <button class="pill" type="button" data-pill={parentId ?? 'top'} onClick={() => actions?.reveal(parentId)}>
      {translator.t(key, { count })}
    </button>
  );
}

/** The further answers of a conversation: a page of its own, whose comments the program brings in place. */
export function MoreAnswers({ rootId, fold: { count, href } }: { rootId: string; fold: FoldedBranch }) {
  const { page, translator, actions } = useThread();
  return (
    <a
      class="more-answers"
      href={href}
      target={page.post.frame === undefined ? undefined : '_self'}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return;
        if (actions?.unfold(rootId)) event.preventDefault();
      }}
    >
      {count > MOST_TOLD
        ? translator.t('thread.manyMoreAnswers', { count: MOST_TOLD })
        : translator.t('thread.moreAnswers', { count })}
    </a>
  );
}

/** New comments that belong on pages which are not shown: a way to all of them, wherever they stand. */
export function LaterPill({ later, since }: { later: number; since: string }) {
  const { page, translator } = useThread();
  if (later === 0) return null;
  return (
    <a class="pill" {...threadLink({ ...page, cursor: null }, { since, hash: 'discussion' })}>
      {translator.t('live.newLater', { count: later })}
    </a>
  );
}
