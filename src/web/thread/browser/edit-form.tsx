import { useEffect, useState } from 'preact/hooks';
import { Body } from '../parts/comment-item.tsx';
import { submitsWithKeys } from '../parts/composer.tsx';
import { useThread } from '../parts/context.ts';
import { hasText, type ShownComment } from '../parts/shown-comment.ts';
import { useCurrent } from '../parts/use-current.ts';
import type { Edits } from './edits.ts';
import { CancelLink, useFocus } from './own-forms.tsx';
import { RefusalNotice } from './refusal.tsx';

interface EditFormProps {
  readonly comment: ShownComment;
  readonly edits: Edits;
}

/**
 * The text in the field, null until it is known, with the revision that it began from; an unsaved draft replaces the
 * comment's own text.
 */
function useText({ comment: { id, body, revision }, edits }: EditFormProps) {
  const [began, setBegan] = useState({ text: edits.draft(id)?.body ?? body, revision });
  const [isMissing, setMissing] = useState(false);
  const isUnknown = began.text === null;
  useEffect(() => {
    if (isUnknown)
      edits.newest(id).then(
        (newest) => setBegan({ text: newest.body ?? '', revision: newest.revision }),
        () => setMissing(true),
      );
  }, [edits, id, isUnknown]);
  const from = edits.draft(id)?.revision ?? began.revision;
  const type = (text: string) => {
    setBegan({ text, revision: from });
    edits.type(id, text, from);
  };
  return { text: began.text, from, type, isMissing };
}

/** Edits a comment in place; without this program the server has a page for it. */
export function EditForm({ comment, edits }: EditFormProps) {
  const { translator, actions } = useThread();
  const { t } = translator;
  const { text, from, type, isMissing } = useText({ comment, edits });
  const { isBusy = false, refusal = null } = useCurrent(edits.fares)[comment.id] ?? {};
  const field = useFocus<HTMLTextAreaElement>(text !== null && actions?.takesFocus());
  // A change by the reader's own request is no change by others.
  const isStale = !isBusy && comment.revision > from;
  const isGone = !hasText(comment) || comment.status === 'removed' || comment.status === 'erased';
  const why = isGone
    ? 'error.comment_removed'
    : isStale
      ? 'error.stale_revision'
      : isMissing
        ? 'error.unavailable'
        : null;
  const reason = why && t(why);
  const name = `edit-${comment.id}`;
  return (
    <form
      class="composer"
      onSubmit={(event) => {
        event.preventDefault();
        if (text !== null) void edits.save(comment.id, text, comment.revision);
      }}
    >
      <RefusalNotice refusal={refusal ?? (reason === null ? null : { reason, isSignedOut: false })} />
      {isStale && !isGone && <Body comment={comment} />}
      <label for={name}>{t('form.edit')}</label>
      <textarea
        id={name}
        rows={4}
        dir="auto"
        required
        readOnly={isGone}
        ref={field}
        value={text ?? ''}
        disabled={text === null}
        onInput={(event) => type(event.currentTarget.value)}
        onKeyDown={isGone ? undefined : submitsWithKeys}
      />
      <div class="buttons">
        <CancelLink comment={comment} label={t('form.cancel')} onCancel={() => edits.cancel(comment.id)} />
        {!isGone && (
          <button class="button" type="submit" aria-disabled={isBusy}>
            {t('form.save')}
          </button>
        )}
      </div>
    </form>
  );
}
