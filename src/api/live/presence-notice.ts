import { MOST_NOTICE_BYTES } from '../../../libs/event-store/notices.ts';
import type { Json } from '../../../libs/kernel/index.ts';

/** How one thread is followed on one node. */
export interface Following {
  readonly postId: string;
  readonly readers: number;
  /** Ids of members who write: their names are personal and go nowhere. */
  readonly typing: readonly string[];
}

export interface PresenceNotice {
  readonly notice: Json;
  /** Threads for which there was no room. */
  readonly left: number;
}

/**
 * What a node tells the others of its readers. A node with readers in more threads than a notice has room for (about
 * 1,400) tells of those with most readers.
 */
export function presenceNotice(threads: Iterable<Following>): PresenceNotice {
  const told = [...threads]
    .sort((a, b) => b.readers - a.readers)
    .map(({ postId, readers, typing }) => [postId, readers, ...typing]);
  let room = MOST_NOTICE_BYTES - JSON.stringify({ presence: [] }).length;
  const fitting = told.findIndex((thread) => {
    room -= Buffer.byteLength(JSON.stringify(thread)) + 1;
    return room < 0;
  });
  const presence = fitting === -1 ? told : told.slice(0, fitting);
  return { notice: { presence }, left: told.length - presence.length };
}

/** What another node told, by thread; what has another form (of another version) is passed over. */
export function followedThreads(notice: Json): ReadonlyMap<string, Following> {
  const isObject = typeof notice === 'object' && notice !== null && !Array.isArray(notice);
  const presence = isObject && 'presence' in notice ? notice['presence'] : [];
  const found = new Map<string, Following>();
  for (const thread of Array.isArray(presence) ? presence : []) {
    if (!Array.isArray(thread)) continue;
    const [postId, readers, ...typing] = thread;
    if (typeof postId !== 'string' || !isCount(readers)) continue;
    found.set(postId, { postId, readers, typing: typing.filter((id) => typeof id === 'string') });
  }
  return found;
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}
