import type { DefaultEventsMap, Namespace, Socket } from 'socket.io';
import type { ServerMessage, ServerMessages } from '../../../libs/client/index.ts';
import { DomainError } from '../../../libs/kernel/index.ts';

type Pushed = { [Message in ServerMessage]: (payload: ServerMessages[Message]) => void };

/** A connection's wish to get a thread's changes, from its first join of the thread until it leaves. */
export interface Following {
  /** Joins that are not answered yet. */
  joining: number;
  /** Whether a join was answered. */
  isJoined: boolean;
}

/** The state of a connection. */
export interface LiveData {
  /** The address, for the limits shared with HTTP. */
  readonly address: string;
  /** Checked again at each message that needs a member. */
  readonly token: string | null;
  readonly memberId: string | null;
  /** Why the session that came along does not count: whoever connects reads, and is told so at once. */
  readonly sessionRefusal: DomainError | null;
  /** The session behind the token; `expiresAt` is RFC 3339. */
  readonly session: { readonly id: string; readonly expiresAt: string } | null;
  /** The threads that it follows or is about to, by post; deleted when the thread is left. */
  readonly wishes: Map<string, Following>;
  /** Messages without an answer yet. */
  readonly open: Set<Promise<void>>;
}

export type ServerSocket = Socket<DefaultEventsMap, Pushed, DefaultEventsMap, LiveData>;
export type LiveNamespace = Namespace<DefaultEventsMap, Pushed, DefaultEventsMap, LiveData>;
export type LiveMiddleware = Parameters<LiveNamespace['use']>[0];

/** The Socket.IO room of a thread's readers. */
export function roomOf(postId: string): string {
  return `thread:${postId}`;
}

/** The refusal when the sender's session or role ended after its message was admitted. */
export function isOver(): DomainError {
  return new DomainError('unauthenticated', 'The session or its right to this is over. Connect again.');
}
