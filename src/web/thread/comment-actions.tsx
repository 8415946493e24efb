import { isReactionKind, mayWrite, type OpenForm, threadHref, useThread } from './context.ts';
import type { CommentMarks, CommentNode } from './tree.ts';

/** A link that works without the browser program, and opens its form in place with it. */
function Action({ form, marks, href, label }: { form: OpenForm; marks: CommentMarks; href: string; label: string }) {
  const { actions, own } = useThread();
  const opensHere = actions && (own || form.kind === 'answer' || form.kind === 'react');
  const isOpen = marks.form === form.kind;
  return (
    <a
      class="action"
      href={href}
      data-action={form.kind}
      aria-expanded={opensHere ? isOpen : undefined}
      onClick={(event) => {
        if (!opensHere || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        actions.open(isOpen ? null : form);
      }}
    >
      {label}
    </a>
  );
}

/** Who felt what, in words with a count; nothing where nobody did. */
function ReactionCounts({ node: { comment, marks } }: { node: CommentNode }) {
  const { t, number } = useThread().translator;
  return (
    <>
      {Object.entries(comment.reactions).map(([kind, count]) => {
        if (count === 0 || !isReactionKind(kind)) return null;
        const name = t(`reaction.${kind}`);
        return (
          <span
            key={kind}
            class={marks.own.includes(kind) ? 'reaction own' : 'reaction'}
            title={t('reaction.count', { kind: name, count })}
          >
            {name} {number(count)}
          </span>
        );
      })}
    </>
  );
}

/** Above all others, or no longer: a form, so that it works without the browser program. */
function Pin({ commentId }: { commentId: string }) {
  const { discussion, translator } = useThread();
  const isPinned = discussion.pinnedCommentId === commentId;
  return (
    <form class="inline" method="post" action={`/comments/${commentId}/pin`}>
      <button class="action" type="submit" name="pinned" value={isPinned ? '0' : '1'}>
        {translator.t(isPinned ? 'comment.unpin' : 'comment.pin')}
      </button>
    </form>
  );
}

/** What can be done with a comment: always there, for touch and keyboard, small and quiet. */
export function CommentActions({ node }: { node: CommentNode }) {
  const { comment, marks } = node;
  const thread = useThread();
  const { page, translator } = thread;
  const { t } = translator;
  const { id } = comment;
  const isOwn = page.viewer !== null && comment.author?.id === page.viewer.memberId;
  const isVisible = comment.status === 'visible';
  const mayChange = isOwn && (isVisible || comment.status === 'held');
  const mayJudge = page.viewer?.roles.some((role) => role === 'moderator' || role === 'admin');
  const inThread = (kind: OpenForm['kind'], hash: string) => threadHref(page, { form: { kind, commentId: id }, hash });
  const action = (kind: OpenForm['kind'], href: string) => (
    <Action form={{ kind, commentId: id }} marks={marks} href={href} label={t(`comment.${kind}`)} />
  );
  return (
    <div class="actions">
      {mayWrite(thread) && isVisible && comment.depth < page.deepest && action('answer', inThread('answer', 'answer'))}
      {page.viewer && isVisible && action('react', inThread('react', `comment-${id}`))}
      {mayChange && action('edit', `/comments/${id}/edit`)}
      {mayChange && action('remove', `/comments/${id}/remove`)}
      {page.viewer &&
        !isOwn &&
        (mayJudge
          ? action('moderate', `/moderation/cases/${id}`)
          : isVisible && (
              <a class="action" href={`/comments/${id}/report`}>
                {t('comment.report')}
              </a>
            ))}
      {mayJudge && isVisible && !comment.delivery && <Pin commentId={id} />}
      {isVisible && !comment.delivery && (
        <a class="action" href={`/receipts/${id}`}>
          {t('comment.verify')}
        </a>
      )}
      <ReactionCounts node={node} />
    </div>
  );
}
