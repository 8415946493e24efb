import { threadHref, useThread } from './context.ts';
import type { ShownComment } from './shown-comment.ts';

/**
 * Leads to where a reader says which languages it reads, where there is more than one. A frame on another site's page asks in
 * its own place, since it is not given the choice of this browser, and a member in its settings.
 */
export function ReadingLink({ comments }: { comments: readonly ShownComment[] }) {
  const { page, translator } = useThread();
  const languages = new Set(comments.flatMap(({ language }) => language ?? []));
  if (page.reads === undefined && languages.size < 2) return null;
  const { frame } = page.post;
  const isAskedHere = frame !== undefined && page.viewer === null;
  const next = frame === undefined ? threadHref(page, { hash: 'discussion' }) : '/settings';
  const href = isAskedHere
    ? `/embed/languages?frame=${encodeURIComponent(frame)}`
    : `/languages?next=${encodeURIComponent(next)}`;
  return (
    <p class="sort">
      <a class="reading-link" href={href} target={isAskedHere ? '_self' : undefined}>
        {translator.t('thread.reads')}
      </a>
    </p>
  );
}
