import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type EventStore, type NewEvent, openSqliteEventStore } from '../../libs/event-store/index.ts';
import type { Json } from '../../libs/kernel/index.ts';
import type { ForumEvent } from '../../src/domain/event-types.ts';
import { newId } from './sample.ts';

const MEMBERS = 500;
const POSTS = 100;
const GROUP = 256;
/** Of every hundred events after members and posts: so many are these, the others are reactions. */
const COMMENTS_OF_100 = 60;
const EDITS_OF_100 = 5;
const REMOVALS_OF_100 = 2;

interface Commented {
  readonly commentId: string;
  readonly postId: string;
  readonly parentId: string | null;
  readonly rootId: string;
  readonly depth: number;
  revision: bigint;
}

/** An event to be written: what the domain says, and to which place. */
interface Write {
  readonly stream: string;
  readonly expected: 'no-stream' | bigint;
  readonly event: NewEvent;
}

const written = new Map<number, Promise<string>>();

/** A DATA_DIR with a log of so many events, written once for all rows of a run and deleted at its end. */
export function bigLogDir(count: number): Promise<string> {
  const known = written.get(count);
  if (known !== undefined) return known;
  const dir = mkdtempSync(join(tmpdir(), 'colloquy-bench-log-'));
  process.on('exit', () => rmSync(dir, { recursive: true, force: true }));
  const made = writeBigLog(join(dir, 'log.db'), count).then(() => dir);
  written.set(count, made);
  return made;
}

/**
 * A log as a busy forum leaves it: members, posts, threads up to ten deep, edits, removals, reactions. The same for
 * every run but for its ids. Sealed parts are random bytes, since a view never opens them.
 */
export async function writeBigLog(file: string, count: number): Promise<void> {
  const store = await openSqliteEventStore({ file });
  let waiting: Promise<unknown>[] = [];
  for (const write of writes(count)) {
    waiting.push(append(store, write));
    if (waiting.length < GROUP) continue;
    await Promise.all(waiting);
    waiting = [];
  }
  await Promise.all(waiting);
  await store.close();
}

function append(store: EventStore, { stream, expected, event }: Write): Promise<unknown> {
  return store.append(stream, [event], expected);
}

function* writes(count: number): Generator<Write> {
  const random = generator(7);
  const members = Array.from({ length: MEMBERS }, newId);
  const posts = Array.from({ length: POSTS }, newId);
  const comments: Commented[] = [];
  for (const [at, memberId] of members.entries()) yield registered(memberId, at);
  for (const [at, postId] of posts.entries()) yield published(postId, at, pick(members, random));
  for (let written = MEMBERS + POSTS; written < count; written += 1) {
    const dice = Math.floor(random() * 100);
    const actor = pick(members, random);
    if (comments.length === 0 || dice < COMMENTS_OF_100) {
      const comment = newComment(comments, pick(posts, random), random);
      comments.push(comment);
      yield posted(comment, actor);
      continue;
    }
    const comment = pick(comments, random);
    if (dice < COMMENTS_OF_100 + EDITS_OF_100) yield edited(comment, actor);
    else if (dice < COMMENTS_OF_100 + EDITS_OF_100 + REMOVALS_OF_100) yield removed(comment, actor);
    else yield reacted(comment, newId());
  }
}

/** Half of the comments answer one of the newest hundred of all threads, down to the tenth depth. */
function newComment(comments: readonly Commented[], postId: string, random: () => number): Commented {
  const commentId = newId();
  const parent = random() < 0.5 ? comments[comments.length - 1 - Math.floor(random() * 100)] : undefined;
  if (parent === undefined || parent.depth >= 10) {
    return { commentId, postId, parentId: null, rootId: commentId, depth: 0, revision: 0n };
  }
  const { rootId, depth } = parent;
  return { commentId, postId: parent.postId, parentId: parent.commentId, rootId, depth: depth + 1, revision: 0n };
}

function registered(memberId: string, at: number): Write {
  const who = { memberId, handle: `member-${at}`, locale: 'en', roles: ['member'] as const, emailReserved: true };
  const data = { ...who, membership: 'active' as const, invitationId: null };
  return {
    stream: `member-${memberId}`,
    expected: 'no-stream',
    event: event('MemberRegistered.v2', data, memberId, 300),
  };
}

function published(postId: string, at: number, authorId: string): Write {
  const content = {
    title: `Post ${at}`,
    slug: `post-${at}`,
    body: 'Text. '.repeat(400),
    excerpt: 'Text.',
    locale: 'en',
  };
  const origin = { publishAt: '2015-10-05T08:00:00.000Z', authorId, byline: null, source: null };
  const data = { postId, ...content, tags: ['labour', `tag-${at % 7}`], kind: 'article' as const, ...origin };
  return { stream: `post-${postId}`, expected: 'no-stream', event: event('PostPublished.v1', data, authorId, 0) };
}

function posted({ revision: _, ...comment }: Commented, authorId: string): Write {
  const stream = `comment-${comment.commentId}`;
  const data = { ...comment, authorId, source: null };
  return { stream, expected: 'no-stream', event: event('CommentPosted.v1', data, authorId, 350) };
}

function edited(comment: Commented, actor: string): Write {
  const { commentId, postId } = comment;
  return again(comment, event('CommentEdited.v1', { commentId, postId }, actor, 350));
}

function removed(comment: Commented, actor: string): Write {
  const { commentId, postId } = comment;
  return again(comment, event('CommentRemoved.v1', { commentId, postId, by: 'author', reason: null }, actor, 0));
}

function again(comment: Commented, next: NewEvent): Write {
  const expected = comment.revision;
  comment.revision += 1n;
  return { stream: `comment-${comment.commentId}`, expected, event: next };
}

function reacted({ commentId, postId }: Commented, memberId: string): Write {
  const data = { commentId, postId, memberId, kind: 'like' as const };
  return {
    stream: `reaction-${commentId}-${memberId}`,
    expected: 'no-stream',
    event: event('ReactionAdded.v1', data, memberId, 0),
  };
}

function event<Type extends ForumEvent['type']>(
  type: Type,
  data: Extract<ForumEvent, { type: Type }>['data'],
  actor: string,
  sealedBytes: number,
): NewEvent {
  const sealed = sealedBytes === 0 ? null : randomBytes(sealedBytes);
  const envelope = { occurredAt: new Date().toISOString(), actor, correlationId: newId(), causationId: null };
  const stored: Json = JSON.parse(JSON.stringify(data));
  return { id: newId(), type, data: stored, sealed, ...envelope };
}

function pick<Item>(items: readonly Item[], random: () => number): Item {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}

/** Numbers from 0 up to 1, the same for the same seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
