import { useEffect, useRef, useState } from 'preact/hooks';
import { threadHref, useThread } from '../thread/context.ts';
import type { ShownComment } from '../thread/shown-comment.ts';
import type { CommentChanges } from './own-changes.ts';
import { type Refusal, Refused } from './refusal.tsx';

interface OwnFormProps {
  readonly comment: ShownComment;
  readonly changes: CommentChanges;
}

/** Moves the keyboard into a form that has just opened. */
function useFocus<Element extends HTMLElement>(isReady = true) {
  const element = useRef<Element>(null);
  useEffect(() => {
    if (isReady) element.current?.focus();
  }, [isReady]);
  return element;
}

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

/** Edits a comment in place; without this program the server has a page of its own for it. */
export function EditForm({ comment, changes }: OwnFormProps) {
  const { t } = useThread().translator;
  const [text, setText] = useState<string | null>(comment.body);
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const [busy, setBusy] = useState(false);
  const field = useFocus<HTMLTextAreaElement>(text !== null);
  useEffect(() => {
    if (text === null)
      changes
        .textOf(comment.id)
        .then(setText, () => setRefusal({ reason: t('error.unavailable'), isSignedOut: false }));
  }, [changes, comment.id, text, t]);
  const save = async () => {
    if (busy || text === null) return;
    setBusy(true);
    setRefusal(await changes.edit(comment.id, text));
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
      <Refused refusal={refusal} />
      <textarea
        id={name}
        rows={4}
        dir="auto"
        required
        ref={field}
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

/** Asks once more, in place. */
export function RemoveForm({ comment, changes }: OwnFormProps) {
  const { translator } = useThread();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const button = useFocus<HTMLButtonElement>();
  return (
    <fieldset class="confirm">
      <legend>{translator.t('live.removeConfirm')}</legend>
      <Refused refusal={refusal} />
      <div class="buttons">
        <CancelLink comment={comment} label={translator.t('live.keep')} />
        <button
          class="button danger"
          type="button"
          ref={button}
          onClick={() => void changes.remove(comment.id).then(setRefusal)}
        >
          {translator.t('comment.remove')}
        </button>
      </div>
    </fieldset>
  );
}
