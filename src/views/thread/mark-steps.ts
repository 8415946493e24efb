import type { Revision, RevisionKind } from '../../../libs/client/index.ts';
import type { EventStore } from '../../../libs/event-store/index.ts';
import type { MemberDirectory } from '../members/door/member-directory.ts';
import { newest } from '../newest.ts';
import { isOneOf, type StoredOf } from '../stored.ts';
import { seesHidden, type Viewer } from '../viewer.ts';

const MARK_TYPES = [
  'AnswerAccepted.v1',
  'AcceptanceTakenBack.v1',
  'CommentFeatured.v1',
  'CommentUnfeatured.v1',
] as const;
type MarkType = (typeof MARK_TYPES)[number];
type MarkEvent = StoredOf<MarkType>;

const KINDS = {
  'AnswerAccepted.v1': 'accepted',
  'AcceptanceTakenBack.v1': 'unaccepted',
  'CommentFeatured.v1': 'featured',
  'CommentUnfeatured.v1': 'unfeatured',
} as const satisfies Readonly<Record<MarkType, RevisionKind>>;

/** The most marks in one answer, the newest: whoever marks may change their mind without end. */
const MOST_MARKS = 100;

type Store = Pick<EventStore, 'readStream'>;

/** The part of a comment's life that is asked for, between two positions. */
export interface MarkedSpan {
  readonly postId: string;
  readonly commentId: string;
  readonly after: bigint;
  /** Null for everything since. */
  readonly before: bigint | null;
}

/** When the comment was accepted, featured, or no longer was, as steps of its history; `position` is the mark's own. */
export async function markSteps(
  span: MarkedSpan,
  viewer: Viewer,
  { store, members }: { readonly store: Store; readonly members: MemberDirectory },
): Promise<readonly { readonly position: bigint; readonly step: Omit<Revision, 'revision'> }[]> {
  const marks = await marksWithin(store, span);
  if (marks.length === 0) return [];
  const askerId = await askerOf(store, span.postId);
  const named = marks.filter((mark) => seesHidden(viewer) || !isByStaff(mark, askerId));
  const authors = await members.authors(named.map(({ actor }) => actor));
  return marks.map((mark) => {
    const by = named.includes(mark) ? (authors.get(mark.actor) ?? null) : null;
    const staff = isByStaff(mark, askerId) ? { byStaff: true as const } : {};
    const step = { kind: KINDS[mark.type], at: mark.occurredAt, by, body: null, diff: null, ...staff };
    return { position: mark.position, step };
  });
}

/** Whoever asked accepts an answer as the author of the post; everything else editors do. */
function isByStaff({ type, actor }: MarkEvent, askerId: string | null): boolean {
  return actor !== askerId || type === 'CommentFeatured.v1' || type === 'CommentUnfeatured.v1';
}

/** Read from the discussion's own stream, oldest first. */
async function marksWithin(store: Store, { postId, commentId, after, before }: MarkedSpan): Promise<MarkEvent[]> {
  const marks: MarkEvent[] = [];
  for await (const recorded of store.readStream(`discussion-${postId}`)) {
    if (before !== null && recorded.position >= before) break;
    const event = recorded.position > after ? newest(recorded) : null;
    if (event !== null && isOneOf(event, MARK_TYPES) && event.data.commentId === commentId) marks.push(event);
    if (marks.length > MOST_MARKS) marks.shift();
  }
  return marks;
}

/** The member who wrote the post; null for an imported author. */
async function askerOf(store: Store, postId: string): Promise<string | null> {
  for await (const recorded of store.readStream(`post-${postId}`)) {
    const event = newest(recorded);
    if (isOneOf(event, ['PostPublished.v1'])) return event.data.authorId;
  }
  return null;
}
