import type { QueueListName } from '../words/index.ts';
import type { LiveLogEvent } from './audit-shapes.ts';
import type { Claim, Decision, QueueItem } from './moderation-shapes.ts';
import type { NotificationChanges } from './notification-shapes.ts';
import type { NewComment } from './requests.ts';
import type { Comment, PostedComment, ThreadChange } from './shapes.ts';

/** The present state of a case. */
export interface QueueChange {
  readonly commentId: string;
  /** The list where it waits; null for nowhere. */
  readonly list: QueueListName | null;
  readonly item: QueueItem | null;
  readonly claim: Claim | null;
  /** The newest decision on it. */
  readonly decision: Decision | null;
}

/** Numbers of comments that everybody can read, by their posts. */
export interface CommentCounts {
  readonly counts: Readonly<Record<string, number>>;
  /** How many the member wrote whose page is read; 1,001 means more than 1,000. */
  readonly written?: number;
}

/** The answer of an action that has nothing to tell. */
export type Nothing = Readonly<Record<never, never>>;

/** Every message of the Socket.IO namespace /live, in one map, with its contents and its acknowledgement. */
export interface ClientMessages {
  'thread:join': {
    payload: { postId: string; after?: string };
    ack: {
      position: string;
      changes: readonly ThreadChange[];
      reload: boolean;
      /** Items on all pages, as a page tells this reader. */
      total: number;
      /** How many of them readers without an account do not see. */
      hidden: number;
      /** Comments whose text everybody can read. */
      visible: number;
    };
  };
  'thread:leave': { payload: { postId: string }; ack: Nothing };
  'thread:typing': { payload: { postId: string; parentId?: string | null }; ack: Nothing };
  /**
   * For moderators: the waiting comments, and every change from then on, with the present state of the cases already
   * `shown` (100 at most).
   */
  'moderation:join': {
    payload: { list?: QueueListName; shown?: readonly string[] };
    ack: {
      position: string;
      counts: Readonly<Record<QueueListName, number>>;
      /** How many translations wait that members reported. */
      translations: number;
      changes: readonly QueueChange[];
    };
  };
  /**
   * For moderators: this connection shows this case and no other (null for none); the answer says who looks at it. A
   * claim ends with its connection, with another claim, and two minutes after its last renewal.
   */
  'moderation:claim': { payload: { commentId: string | null }; ack: { claim: Claim | null } };
  /** For auditors: every event after the position as it comes, and first those after the one last seen (50 at most). */
  'audit:join': { payload: { after?: string }; ack: { position: string; items: readonly LiveLogEvent[] } };
  /** For members: what is new for them since the position, the newest first, and everything new from then on. */
  'notifications:join': { payload: { after?: string }; ack: NotificationChanges & { position: string } };
  /**
   * For everybody, with or without an account: how many comments of these posts (10 at most) everybody can read, and
   * each new number from then on; the same of the comments of a member (`writer`). A later join replaces it. Posts that readers
   * may not see are left out.
   */
  'counts:join': { payload: { postIds: readonly string[]; writer?: string }; ack: CommentCounts };
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
    /** After the last of the changes: items on all pages, as readers without an account see them. */
    total?: number;
    /** After the last of the changes: comments whose text everybody can read. */
    visible?: number;
    reload?: true;
    /** With `reload`: the next read must show this position at least; later changes follow. */
    position?: string;
  };
  /** For moderators who joined: cases that came, went or changed; `reload` tells to read the queue anew. Without changes where the counts alone are others. */
  'moderation:changes': {
    position: string;
    counts: Readonly<Record<QueueListName, number>>;
    translations: number;
    changes: readonly QueueChange[];
    reload?: true;
  };
  /** For auditors who joined: new events in the order of the log; `passedOver` when there were more than these. */
  'audit:events': { position: string; items: readonly LiveLogEvent[]; passedOver: boolean };
  /** For members who joined: what is new; without changes where something was read or chosen. */
  'notifications:changes': NotificationChanges & { position: string };
  /** For whoever joined: the posts whose numbers changed; each is told of twice a second at most; or the number of the member, once a second at most. */
  'counts:changes': CommentCounts;
  'thread:presence': { postId: string; readers: number; typing: readonly string[] };
  /** First of all, where the session that came along does not count (`banned`, `someone_else`): whoever connected reads only. */
  'session:refused': LiveError;
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

/** When there are more changes than this since `after`, none is sent and the ack says `reload`. */
export const MOST_CHANGES_ON_JOIN = 1_000;
/** The same holds for changes of more bytes than this; a thousand with texts of some paragraphs stay below it. */
export const MOST_CATCH_UP_BYTES = 2 * 1024 * 1024;
