import { threadHref, useThread } from './context.ts';
import type { ShownComment } from './shown-comment.ts';

/**
 * Leads to where a reader says which languages it reads, where there is more than one. A frame on another site's page is not
 * given the choice of this browser, only that of a member.
 */
export function ReadingLink({ comments }: { comments: readonly ShownComment[] }) {
  const { page, translator } = useThread();
  const languages = new Set(comments.flatMap(({ language }) => language ?? []));
  if (page.reads === undefined && languages.size < 2) return null;
  if (page.post.frame !== undefined && page.viewer === null) return null;
  const next = page.post.frame === undefined ? threadHref(page, { hash: 'discussion' }) : '/settings';
  return (
    <p class="sort">
      <a class="reading-link" href={`/languages?next=${encodeURIComponent(next)}`}>
        {translator.t('thread.reads')}
      </a>
    </p>
  );
}
