import { useEffect, useRef, useState } from 'preact/hooks';
import { threadHref, useThread } from '../parts/context.ts';
import { formTarget } from '../parts/frame-field.tsx';
import type { ShownComment } from '../parts/shown-comment.ts';
import { useCurrent } from '../parts/use-current.ts';
import type { CommentChanges } from './own-changes.ts';
import { type Refusal, RefusalNotice } from './refusal.tsx';

interface OwnFormProps {
  readonly comment: ShownComment;
  readonly changes: CommentChanges;
}

interface CancelProps {
  readonly comment: ShownComment;
  readonly label: string;
  readonly onCancel?: () => void;
}

/** Moves the keyboard into a form that has just opened. */
export function useFocus<Element extends HTMLElement>(isReady = true) {
  const element = useRef<Element>(null);
  useEffect(() => {
    if (isReady) element.current?.focus();
  }, [isReady]);
  return element;
}

export function CancelLink({ comment, label, onCancel }: CancelProps) {
  const { page, actions } = useThread();
  return (
    <a
      class="button quiet"
      href={threadHref(page, { hash: `comment-${comment.id}` })}
      {...formTarget(page)}
      onClick={(event) => {
        if (!actions) return;
        event.preventDefault();
        onCancel?.();
        actions.open(null);
      }}
    >
      {label}
    </a>
  );
}

/** Asks for confirmation, in place. */
export function RemoveForm({ comment, changes }: OwnFormProps) {
  const { translator } = useThread();
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const button = useFocus<HTMLButtonElement>();
  return (
    <fieldset class="confirm">
      <legend>{translator.t('live.removeConfirm')}</legend>
      <RefusalNotice refusal={refusal} />
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

/** Shown below a comment: the reason why the viewer's reaction was refused. */
export function RefusedReaction({ comment, changes }: OwnFormProps) {
  return <RefusalNotice refusal={useCurrent(changes.refused)[comment.id] ?? null} />;
}
