import { threadHref, useThread } from './context.ts';

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

/** New comments that belong on pages which are not shown: a way to see them. */
export function LaterPill({ later }: { later: number }) {
  const { page, translator } = useThread();
  if (later === 0) return null;
  const newest = threadHref({ post: page.post, sort: 'newest', cursor: null }, { hash: 'discussion' });
  return (
    <a class="pill" href={newest}>
      {translator.t('live.newLater', { count: later })}
    </a>
  );
}
