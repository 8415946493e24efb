import type { CommentEvent } from './comment/comment.events.ts';
import type { DiscussionEvent } from './discussion/discussion.events.ts';
import type { OldDiscussionEvent } from './discussion/discussion.upcasters.ts';
import type { MemberEvent } from './member/member.events.ts';
import type { PostEvent } from './post/post.events.ts';
import type { ReactionEvent } from './reaction/reaction.events.ts';
import type { ReservationEvent } from './reservation/reservation.events.ts';

/** What the forum records now, each type in its newest version. */
export type ForumEvent = PostEvent | DiscussionEvent | CommentEvent | ReactionEvent | MemberEvent | ReservationEvent;

/** What older versions of the forum have recorded, and the log still holds: read as its newest version, never written. */
export type OldEvent = OldDiscussionEvent;
