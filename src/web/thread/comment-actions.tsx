import { isReactionKind, mayWrite, type OpenForm, threadHref, useThread } from './context.ts';
import type { ShownComment } from './shown-comment.ts';
import type { CommentMarks, CommentNode } from './tree.ts';

/** A link that works without the browser program, and opens its form in place with it. */
function Action({ form, marks, href, label }: { form: OpenForm; marks: CommentMarks; href: string; label: string }) {
  const { actions, own } = useThread();
  const opensHere = actions !== null && (own !== null || form.kind === 'answer' || form.kind === 'react');
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

/** What can be done with a comment: always there, for touch and keyboard, small and quiet. */
export function CommentActions({ node }: { node: CommentNode }) {
  const { comment, marks } = node;
  const thread = useThread();
  const { page, translator } = thread;
  const { t } = translator;
  const { id } = comment;
  const isOwn = page.viewer !== null && comment.author?.id === page.viewer.memberId;
  const isVisible = comment.status === 'visible';
  const writes = mayWrite(thread);
  const mayJudge = page.viewer?.roles.some((role) => role === 'moderator' || role === 'admin') ?? false;
  const at = (kind: OpenForm['kind'], hash: string) => threadHref(page, { form: { kind, commentId: id }, hash });
  return (
    <div class="actions">
      {writes && isVisible && comment.depth < page.deepest && (
        <Action
          form={{ kind: 'answer', commentId: id }}
          marks={marks}
          href={at('answer', 'answer')}
          label={t('comment.answer')}
        />
      )}
      {page.viewer && isVisible && (
        <Action
          form={{ kind: 'react', commentId: id }}
          marks={marks}
          href={at('react', `comment-${id}`)}
          label={t('comment.react')}
        />
      )}
      {isOwn && (isVisible || comment.status === 'held') && (
        <>
          <Action
            form={{ kind: 'edit', commentId: id }}
            marks={marks}
            href={`/comments/${id}/edit`}
            label={t('comment.edit')}
          />
          <Action
            form={{ kind: 'remove', commentId: id }}
            marks={marks}
            href={`/comments/${id}/remove`}
            label={t('comment.remove')}
          />
        </>
      )}
      {page.viewer && !isOwn && (mayJudge || isVisible) && (
        <a class="action" href={mayJudge ? `/moderation/cases/${id}` : `/comments/${id}/report`}>
          {t(mayJudge ? 'comment.moderate' : 'comment.report')}
        </a>
      )}
      {isVisible && !comment.delivery && (
        <a class="action" href={`/receipts/${id}`}>
          {t('comment.verify')}
        </a>
      )}
      <ReactionCounts node={node} />
    </div>
  );
}

/** Below one's own comment that is not stored yet: why, and what to do. */
export function DeliveryState({ comment }: { comment: ShownComment }) {
  const { translator, actions } = useThread();
  const { delivery } = comment;
  if (!delivery || delivery.kind === 'sending') return null;
  if (delivery.kind === 'waiting') return <p class="delivery">{delivery.reason ?? translator.t('comment.unsent')}</p>;
  return (
    <div class="delivery refused" role="alert">
      <p>
        {translator.t('comment.refused')} {delivery.reason}
      </p>
      <button class="action" type="button" onClick={() => actions?.retry(comment.id)}>
        {translator.t('comment.tryAgain')}
      </button>
      <button class="action" type="button" onClick={() => actions?.discard(comment.id)}>
        {translator.t('comment.discard')}
      </button>
    </div>
  );
}
