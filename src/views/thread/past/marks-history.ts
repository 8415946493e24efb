import { EVENT_STORE, type EventStore } from '../../../../libs/event-store/index.ts';
import { answering } from '../../answering.ts';
import { newest } from '../../newest.ts';
import { isOneOf, type StoredOf } from '../../stored.ts';
import { GetMarksAt, type MarksThen, type Moment } from './past.query-types.ts';

const MARK_TYPES = [
  'DiscussionChanged.v2',
  'AskingChanged.v1',
  'AnswerAccepted.v1',
  'AcceptanceTakenBack.v1',
  'CommentFeatured.v1',
  'CommentUnfeatured.v1',
] as const;

export const marksAtQuery = answering(GetMarksAt, { store: EVENT_STORE }, ({ postId, moment }, { store }) =>
  marksAt(store, postId, moment),
);

/** Read from the discussion's own stream, which has an event for each change of its settings and marks. */
export async function marksAt(
  store: Pick<EventStore, 'readStream'>,
  postId: string,
  moment: Moment,
): Promise<MarksThen> {
  const marks: MarksThen = { pinnedCommentId: null, asks: false, acceptedId: null, featured: new Set() };
  for await (const recorded of store.readStream(`discussion-${postId}`)) {
    const isPast =
      moment.by === 'position' ? recorded.position <= moment.position : Date.parse(recorded.occurredAt) <= moment.at;
    const event = isPast ? newest(recorded) : null;
    if (event !== null && isOneOf(event, MARK_TYPES)) take(marks, event);
  }
  return marks;
}

function take(marks: MarksThen, event: StoredOf<(typeof MARK_TYPES)[number]>): void {
  switch (event.type) {
    case 'DiscussionChanged.v2':
      if (event.data.pinnedCommentId !== undefined) marks.pinnedCommentId = event.data.pinnedCommentId;
      break;
    case 'AskingChanged.v1':
      marks.asks = event.data.asks;
      break;
    case 'AnswerAccepted.v1':
      marks.acceptedId = event.data.commentId;
      break;
    case 'AcceptanceTakenBack.v1':
      if (marks.acceptedId === event.data.commentId) marks.acceptedId = null;
      break;
    case 'CommentFeatured.v1':
      marks.featured.add(event.data.commentId);
      break;
    case 'CommentUnfeatured.v1':
      marks.featured.delete(event.data.commentId);
      break;
    default:
      event satisfies never;
  }
}
