import { useEffect, useState } from 'preact/hooks';
import { Composer } from './composer.tsx';
import { REACTION_KINDS, threadHref, useThread } from './context.ts';
import type { ShownComment } from './tree.ts';

function CancelLink({ comment, label }: { comment: ShownComment; label: string }) {
  const { page, actions } = useThread();
  return (
    <a
      class="button quiet"
      href={threadHref(page, { hash: `comment-${comment.id}` })}
      onClick={(event) => {
        if (!actions) return;
        event.preventDefault();
        actions.open(null);
      }}
    >
      {label}
    </a>
  );
}

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

/** Edits in place; only in the browser, the server has a page of its own for it. */
function EditForm({ comment }: { comment: ShownComment }) {
  const { translator, actions } = useThread();
  const { t } = translator;
  const [text, setText] = useState<string | null>(comment.body);
  const [reason, setReason] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  useEffect(() => {
    if (text === null) void actions?.textOf(comment.id).then(setText);
  }, [actions, comment.id, text]);
  const save = async () => {
    if (!actions || busy || text === null) return;
    setBusy(true);
    setReason(await actions.edit(comment.id, text));
    setBusy(false);
  };
  const name = `edit-${comment.id}`;
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <label for={name}>{t('form.edit')}</label>
      {reason !== null && (
        <p class="field-error" role="alert">
          {reason}
        </p>
      )}
      <textarea
        id={name}
        rows={4}
        dir="auto"
        required
        autoFocus
        value={text ?? ''}
        disabled={text === null}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <div class="buttons">
        <CancelLink comment={comment} label={t('form.cancel')} />
        <button class="button" type="submit" disabled={busy}>
          {t('form.save')}
        </button>
      </div>
    </form>
  );
}

function RemoveForm({ comment }: { comment: ShownComment }) {
  const { translator, actions } = useThread();
  const [reason, setReason] = useState<string | null>(null);
  return (
    <div class="confirm" role="group" aria-labelledby={`remove-${comment.id}`}>
      <p id={`remove-${comment.id}`}>{translator.t('live.removeConfirm')}</p>
      {reason !== null && (
        <p class="field-error" role="alert">
          {reason}
        </p>
      )}
      <div class="buttons">
        <CancelLink comment={comment} label={translator.t('live.keep')} />
        <button
          class="button danger"
          type="button"
          autoFocus
          onClick={() => void actions?.remove(comment.id).then(setReason)}
        >
          {translator.t('comment.remove')}
        </button>
      </div>
    </div>
  );
}

/** The form that is open at a comment, if one is. */
export function OpenFormAt({ comment, newId }: { comment: ShownComment; newId: string }) {
  const { openForm } = useThread();
  if (openForm?.commentId !== comment.id) return null;
  switch (openForm.kind) {
    case 'answer':
      return <Composer parentId={comment.id} newId={newId} />;
    case 'react':
      return <ReactionForm comment={comment} />;
    case 'edit':
      return <EditForm comment={comment} />;
    case 'remove':
      return <RemoveForm comment={comment} />;
    default:
      return openForm.kind satisfies never;
  }
}
