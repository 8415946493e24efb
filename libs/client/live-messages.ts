import type { QueueListName } from '../words/index.ts';
import type { LiveLogEvent } from './audit-shapes.ts';
import type { Claim, Decision, QueueItem } from './moderation-shapes.ts';
import type { NewComment } from './requests.ts';
import type { Comment, PostedComment, ThreadChange } from './shapes.ts';

/** A case as it stands now. */
export interface QueueChange {
  readonly commentId: string;
  /** Where it waits; null for nowhere. */
  readonly list: QueueListName | null;
  readonly item: QueueItem | null;
  readonly claim: Claim | null;
  /** The newest decision on it. */
  readonly decision: Decision | null;
}

/** Of what is done and has nothing to tell. */
export type Nothing = Readonly<Record<never, never>>;

/** Every message of the Socket.IO namespace /live, in one map: what it carries and what its acknowledgement holds. */
export interface ClientMessages {
  'thread:join': {
    payload: { postId: string; after?: string };
    ack: {
      position: string;
      changes: readonly ThreadChange[];
      reload: boolean;
      /** Items over all pages, as a page tells it to this reader. */
      total: number;
      /** How many of them readers without an account do not see. */
      hidden: number;
      /** Comments whose text everybody can read. */
      visible: number;
    };
  };
  'thread:leave': { payload: { postId: string }; ack: Nothing };
  'thread:typing': { payload: { postId: string; parentId?: string | null }; ack: Nothing };
  /** For moderators: what waits, and every change of it from then on; with how those stand that are `shown` already (100 at most). */
  'moderation:join': {
    payload: { list?: QueueListName; shown?: readonly string[] };
    ack: {
      position: string;
      counts: Readonly<Record<QueueListName, number>>;
      changes: readonly QueueChange[];
    };
  };
  /**
   * For moderators: this connection shows this case and no other (null for none); the answer says who looks at it. A claim
   * ends with its connection, with a look at something else, and two minutes after it was said last.
   */
  'moderation:claim': { payload: { commentId: string | null }; ack: { claim: Claim | null } };
  /** For auditors: every event after the position, as it comes, and first what came after the one last seen (50 at most). */
  'audit:join': { payload: { after?: string }; ack: { position: string; items: readonly LiveLogEvent[] } };
  'comment:post': {
    payload: NewComment & Pick<Comment, 'id' | 'postId'>;
    ack: PostedComment;
  };
}

export interface ServerMessages {
  /** `reload` (with no changes) tells a reader that could not keep up to read the thread anew. */
  'thread:changes': {
    postId: string;
    changes: readonly ThreadChange[];
    /** After the last of the changes: items over all pages, as readers without an account see them. */
    total?: number;
    /** Then: comments whose text everybody can read. */
    visible?: number;
    reload?: true;
    /** With `reload`: what is read anew must show this position at least; the changes after it follow. */
    position?: string;
  };
  /** For moderators who joined: cases that came, went or changed; `reload` tells to read the queue anew. */
  'moderation:changes': {
    position: string;
    counts: Readonly<Record<QueueListName, number>>;
    changes: readonly QueueChange[];
    reload?: true;
  };
  /** For auditors who joined: new events in the order of the log; `passedOver` when there were more than these. */
  'audit:events': { position: string; items: readonly LiveLogEvent[]; passedOver: boolean };
  'thread:presence': { postId: string; readers: number; typing: readonly string[] };
}

export type ClientMessage = keyof ClientMessages;
export type ServerMessage = keyof ServerMessages;

export interface LiveError {
  readonly code: string;
  readonly detail: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
  /** Seconds after which asking again makes sense. */
  readonly retryAfterSeconds?: number;
}
export type Ack<M extends ClientMessage> =
  | ({ readonly ok: true } & ClientMessages[M]['ack'])
  | { readonly ok: false; readonly error: LiveError };

/** More changes than this since `after` are not sent one by one: the ack says `reload`. */
export const MOST_CHANGES_ON_JOIN = 1_000;
/** Nor are changes that would take more bytes than this, about: a thousand with texts of some paragraphs stay below it. */
export const MOST_CATCH_UP_BYTES = 2 * 1024 * 1024;
