import { useEffect, useRef } from 'preact/hooks';
import { REACTION_KINDS } from '../../../../libs/words/index.ts';
import { PostForm } from '../../shell/post-form.tsx';
import type { CommentNode } from './comment-node.ts';
import { Composer } from './composer.tsx';
import { isGuest, shutBy, useThread } from './context.ts';
import { FrameField, formOf } from './frame-field.tsx';
import { GuestComposer } from './guest-composer.tsx';

/** The seven kinds as plain words; a pressed one is the viewer's own, and pressing it again takes it back. */
function ReactionForm({ node: { comment, marks } }: { node: CommentNode }) {
  const { page, translator, own, actions } = useThread();
  const pressed = marks.own;
  const first = useRef<HTMLFieldSetElement>(null);
  useEffect(() => {
    if (actions?.takesFocus()) first.current?.querySelector('button')?.focus();
  }, [actions]);
  return (
    <PostForm class="reaction-form" action={`/comments/${comment.id}/reactions`} {...formOf(page)}>
      <FrameField />
      <fieldset ref={first}>
        <legend>{translator.t('reaction.title')}</legend>
        <input type="hidden" name="own" value={pressed.join(' ')} />
        {REACTION_KINDS.map((kind) => (
          <button
            key={kind}
            class="chip"
            type="submit"
            name="kind"
            value={kind}
            aria-pressed={pressed.includes(kind)}
            onClick={(event) => {
              if (!own) return;
              event.preventDefault();
              own.react(comment.id, kind);
            }}
          >
            {translator.t(`reaction.${kind}`)}
          </button>
        ))}
      </fieldset>
    </PostForm>
  );
}

/** The form that is open at a comment, if one is. */
export function OpenFormAt({ node, newId }: { node: CommentNode; newId: string }) {
  const thread = useThread();
  const { own } = thread;
  const { comment, marks } = node;
  switch (marks.form) {
    case null:
      return null;
    case 'answer':
      return isGuest(thread) ? (
        <GuestComposer parentId={comment.id} shut={shutBy(thread, comment)} />
      ) : (
        <Composer parentId={comment.id} newId={newId} shut={shutBy(thread, comment)} />
      );
    case 'react':
      return <ReactionForm node={node} />;
    default: {
      // The remaining forms are the viewer's own; any other name is no key of them.
      const Form = own?.forms[marks.form];
      return Form && <Form comment={comment} />;
    }
  }
}
