import { Composer } from './composer.tsx';
import { REACTION_KINDS, useThread } from './context.ts';
import type { ShownComment } from './tree.ts';

/** The seven kinds as plain words; a pressed one is the viewer's own and is taken back by pressing it again. */
function ReactionForm({ comment }: { comment: ShownComment }) {
  const { translator, ownReactions, actions } = useThread();
  const own = ownReactions[comment.id] ?? [];
  return (
    <form class="reaction-form" method="post" action={`/comments/${comment.id}/reactions`}>
      <fieldset>
        <legend>{translator.t('reaction.title')}</legend>
        <input type="hidden" name="own" value={own.join(' ')} />
        {REACTION_KINDS.map((kind) => (
          <button
            key={kind}
            class="chip"
            type="submit"
            name="kind"
            value={kind}
            aria-pressed={own.includes(kind)}
            onClick={(event) => {
              if (!actions) return;
              event.preventDefault();
              actions.react(comment.id, kind);
            }}
          >
            {translator.t(`reaction.${kind}`)}
          </button>
        ))}
      </fieldset>
    </form>
  );
}

/** The form that is open at a comment, if one is. */
export function OpenFormAt({ comment, newId }: { comment: ShownComment; newId: string }) {
  const { openForm, ownForms } = useThread();
  if (openForm?.commentId !== comment.id) return null;
  switch (openForm.kind) {
    case 'answer':
      return <Composer parentId={comment.id} newId={newId} />;
    case 'react':
      return <ReactionForm comment={comment} />;
    case 'edit':
      return ownForms && <ownForms.Edit comment={comment} />;
    case 'remove':
      return ownForms && <ownForms.Remove comment={comment} />;
    default:
      return openForm.kind satisfies never;
  }
}
