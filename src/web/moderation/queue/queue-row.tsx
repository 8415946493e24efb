import type { QueueItem } from '../../../../libs/client/moderation-shapes.ts';
import type { QueueListName } from '../../../../libs/words/index.ts';
import { languageOf } from '../../shell/i18n/language-of.ts';
import { TimeAgo } from '../../shell/time-ago.tsx';
import { claimText, type RowFrame, whyIn } from '../decision/queue-words.ts';
import { goneKey } from '../said.tsx';

/** Characters of a comment in the list. */
const EXCERPT = 140;

/** The list and its page; null for the first. */
export interface ListPlace {
  readonly list: QueueListName;
  readonly cursor: string | null;
  /** The site whose comments are shown; null for all. */
  readonly site: string | null;
}

interface RowProps {
  readonly item: QueueItem;
  readonly place: ListPlace;
  /** The comment whose case is open beside the list. */
  readonly current: string | null;
  readonly frame: RowFrame;
}

export function placeQuery({ list, cursor, site }: ListPlace): string {
  const further = { ...(cursor === null ? {} : { cursor }), ...(site === null ? {} : { site }) };
  return new URLSearchParams({ list, ...further }).toString();
}

export function caseHref(commentId: string, place: ListPlace): string {
  return `/moderation/cases/${commentId}?${placeQuery(place)}`;
}

/** One case of the list. Its height is always the same, so that a change moves nothing. */
export function QueueRow({ item, place, current, frame }: RowProps) {
  const { t } = frame.translator;
  const { comment } = item;
  const text = (comment.body ?? t(goneKey(comment))).replace(/\s+/g, ' ').slice(0, EXCERPT);
  const name = comment.author?.displayName ?? t('comment.nameless');
  const claim = claimText(item, frame);
  return (
    <li class={comment.id === current ? 'row current' : 'row'} data-row={comment.id} data-score={item.score}>
      <label class="pick">
        <input type="checkbox" name="item" value={`${comment.id}:${comment.revision}`} />
        <span class="visually-hidden">{t('queue.pick', { name })}</span>
      </label>
      <a href={caseHref(comment.id, place)} aria-current={comment.id === current ? 'true' : undefined}>
        <span class="row-head">
          <bdi>{name}</bdi>
          {item.post.site !== undefined && <bdi class="row-site">{item.post.site}</bdi>}
          <TimeAgo at={item.since} translator={frame.translator} now={frame.now} />
        </span>
        <span class="row-text" dir="auto" lang={comment.language ?? languageOf(text)}>
          {text}
        </span>
        <span class="row-why">
          {claim !== null && <span class="row-claim">{claim}</span>}
          {whyIn(item, frame.translator).join(' · ')}
        </span>
      </a>
    </li>
  );
}
