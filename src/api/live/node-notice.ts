import { MOST_NOTICE_BYTES } from '../../../libs/event-store/notices.ts';
import { isRecord, type Json } from '../../../libs/kernel/index.ts';

/** The followers of one thread on one node. */
export interface FollowedThread {
  readonly postId: string;
  readonly readers: number;
  /** The ids of members who write; their names are personal and are not sent. */
  readonly typing: readonly string[];
}

/** A case that a moderator looks at on one node; milliseconds since 1970 by that node's clock. */
export interface Claimed {
  readonly commentId: string;
  readonly memberId: string;
  readonly since: number;
  readonly until: number;
}

/** A node's state of its own sockets, which the others cannot see. */
export interface NodeState {
  readonly threads: Iterable<FollowedThread>;
  readonly claims: Iterable<Claimed>;
}

export interface NodeNotice {
  readonly notice: Json;
  /** Threads that did not fit. */
  readonly left: number;
}

/** The most claims in a notice: about 22 KiB. */
const MOST_CLAIMS = 200;

/**
 * A node's notice to the others about its readers and moderators. A node with readers in more threads than fit (about
 * 1,400) names those with most readers.
 */
export function nodeNotice({ threads, claims }: NodeState): NodeNotice {
  const claimed = [...claims]
    .slice(0, MOST_CLAIMS)
    .map(({ commentId, memberId, since, until }) => [commentId, memberId, since, until]);
  const told = [...threads]
    .sort((a, b) => b.readers - a.readers)
    .map(({ postId, readers, typing }) => [postId, readers, ...typing]);
  let room = MOST_NOTICE_BYTES - Buffer.byteLength(JSON.stringify({ presence: [], claims: claimed }));
  const fitting = told.findIndex((thread) => {
    room -= Buffer.byteLength(JSON.stringify(thread)) + 1;
    return room < 0;
  });
  const presence = fitting === -1 ? told : told.slice(0, fitting);
  return { notice: { presence, claims: claimed }, left: told.length - presence.length };
}

/** Another node's followers, by thread; parts of another form (of another version) are left out. */
export function followedThreads(notice: Json): ReadonlyMap<string, FollowedThread> {
  const found = new Map<string, FollowedThread>();
  for (const [postId, readers, ...typing] of listsIn(notice, 'presence')) {
    if (typeof postId !== 'string' || !isCount(readers)) continue;
    found.set(postId, { postId, readers, typing: typing.filter((id) => typeof id === 'string') });
  }
  return found;
}

/** Another node's claims, by comment; parts of another form are left out. */
export function claimedCases(notice: Json): ReadonlyMap<string, Claimed> {
  const found = new Map<string, Claimed>();
  for (const [commentId, memberId, since, until] of listsIn(notice, 'claims')) {
    if (typeof commentId !== 'string' || typeof memberId !== 'string' || !isCount(since) || !isCount(until)) continue;
    found.set(commentId, { commentId, memberId, since, until });
  }
  return found;
}

function* listsIn(notice: Json, field: string): Iterable<readonly Json[]> {
  if (!isRecord(notice)) return;
  const lists = notice[field];
  for (const list of Array.isArray(lists) ? lists : []) if (Array.isArray(list)) yield list;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
