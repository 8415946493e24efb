import { threadHref, useThread } from '../parts/context.ts';
import type { ShownComment } from '../parts/shown-comment.ts';
import { signInPath } from './refusal.tsx';
import { Suspension } from './suspension.tsx';

interface DeliveryProps {
  readonly comment: ShownComment;
  /** Connects again, with the session that this browser has now. */
  readonly connectAnew: () => void;
}

/** Shown below one's own comment that is not stored yet: the reason, and what to do. */
export function DeliveryNotice({ comment: { id, parentId, delivery }, connectAnew }: DeliveryProps) {
  const { page, translator, actions } = useThread();
  if (!delivery || delivery.kind === 'sending') return null;
  if (delivery.kind === 'waiting') return <p class="delivery">{delivery.reason ?? translator.t('comment.unsent')}</p>;
  const place = threadHref(page, { hash: parentId === null ? 'comment-form' : `comment-${parentId}` });
  const retry = () => {
    if (delivery.isSignedOut) connectAnew();
    actions?.retry(id);
  };
  return (
    <div class="delivery refused" role="alert">
      <p>
        {translator.t('comment.refused')}{' '}
        {delivery.isSuspended ? <Suspension reason={delivery.reason} /> : delivery.reason}
      </p>
      <div class="actions">
        {delivery.isSignedOut && (
          <a class="action" href={signInPath(place)}>
            {translator.t('comment.signInAndSend')}
          </a>
        )}
        <button class="action" type="button" onClick={retry}>
          {translator.t('comment.tryAgain')}
        </button>
        <button class="action" type="button" onClick={() => actions?.discard(id)}>
          {translator.t('comment.discard')}
        </button>
      </div>
    </div>
  );
}
