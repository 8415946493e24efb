import fc from 'fast-check';
import type { RecordedEvent } from '../../libs/event-store/index.ts';
import { deriveId, type Json } from '../../libs/kernel/index.ts';
import type { ForumEvent } from '../../src/domain/event-types.ts';
import {
  commentEdited,
  commentHeld,
  commentPosted,
  commentRemoved,
  commentRestored,
  idOf,
  postPublished,
} from './small-forum.ts';

const ACTS = [
  'comment',
  'comment',
  'comment',
  'comment',
  'guest',
  'edit',
  'edit',
  'hold',
  'remove',
  'restore',
  'erase',
  'claim',
  'title',
  'excerpt',
  'body',
  'name',
  'forget',
] as const;
/** Few words, so that several texts have the same. */
const TEXTS = ['green honeycomb', 'honeycomb tea', 'ที่พักพิง honeycomb', 'Đà Nẵng danang', 'green tea', ''];

/** What happens next; numbers choose among what is there, so that every sequence can be played. */
export interface SearchStep {
  readonly act: (typeof ACTS)[number];
  readonly choice: number;
  readonly second: number;
  readonly text: string;
}

export const searchSteps: fc.Arbitrary<SearchStep[]> = fc.array(
  fc.record({
    act: fc.constantFrom(...ACTS),
    choice: fc.nat(1_000),
    // More than have room in one second, which go on in the next ones.
    second: fc.nat(2),
    text: fc.constantFrom(...TEXTS),
  }),
  { maxLength: 160, size: 'max' },
);

/** A log of what was done, sealed by no vault, and the streams whose keys were destroyed in the end. */
export function searchedLog(steps: readonly SearchStep[]): {
  readonly events: readonly RecordedEvent[];
  readonly erased: ReadonlySet<string>;
} {
  const log = new SearchedLog();
  for (const step of steps) log.play(step);
  return log;
}

class SearchedLog {
  readonly events: RecordedEvent[] = [];
  readonly erased = new Set<string>();
  #comments = 0;
  readonly #members = new Set<number>();

  constructor() {
    this.#record(`post-${idOf('post', 1)}`, postPublished(1), 0);
  }

  play({ act, choice, second, text }: SearchStep): void {
    if (act === 'comment' || act === 'guest') return this.#comment(act, text, second);
    if (act === 'title' || act === 'excerpt' || act === 'body') {
      return this.#record(`post-${idOf('post', 1)}`, edited(act, text), second);
    }
    if (act === 'name' || act === 'forget') return this.#member(act, 1 + (choice % 3), text);
    const number = 1 + (choice % Math.max(1, this.#comments));
    const stream = `comment-${idOf('comment', number)}`;
    if (number > this.#comments || this.erased.has(stream)) return;
    this.#record(stream, changed(act, number, text), second);
    if (act === 'erase') this.erased.add(stream);
  }

  #comment(act: 'comment' | 'guest', body: string, second: number): void {
    const number = (this.#comments += 1);
    const posted = commentPosted(number, { body });
    const guest = { displayName: 'Sokha honeycomb', email: null };
    const byGuest = { ...posted, data: { ...posted.data, authorId: null }, personal: { body, author: guest } };
    this.#record(`comment-${idOf('comment', number)}`, act === 'guest' ? byGuest : posted, second);
  }

  #member(act: 'name' | 'forget', number: number, displayName: string): void {
    const memberId = idOf('member', number);
    const stream = `member-${memberId}`;
    if (this.erased.has(stream)) return;
    if (act === 'forget') {
      if (!this.#members.delete(number)) return;
      this.#record(stream, { type: 'MemberErased.v1', data: { memberId, erasureId: 'e' }, personal: null }, 0);
      this.erased.add(stream);
      return;
    }
    this.#members.add(number);
    this.#record(stream, { type: 'MemberRenamed.v1', data: { memberId }, personal: { displayName } }, 0);
  }

  #record(
    stream: string,
    { type, data, personal }: { readonly type: string; readonly data: object; readonly personal: object | null },
    second: number,
  ): void {
    const position = BigInt(this.events.length + 1);
    const at = new Date(Date.UTC(2015, 9, 1, 0, 0, second)).toISOString();
    const id = deriveId('event', String(position));
    const envelope = { actor: 'system', correlationId: id, causationId: null, recordedAt: at, occurredAt: at };
    const sealed = personal === null ? null : Buffer.from(JSON.stringify(personal));
    const place = { stream, revision: position, position };
    this.events.push({ id, type, ...place, ...envelope, data: jsonOf(data), sealed });
  }
}

/** An empty excerpt is none. */
function edited(part: 'title' | 'excerpt' | 'body', text: string): ForumEvent {
  const now = { [part]: part === 'excerpt' ? text || null : text };
  return { type: 'PostEdited.v1', data: { postId: idOf('post', 1), ...now }, personal: null };
}

function changed(act: 'edit' | 'hold' | 'remove' | 'restore' | 'erase' | 'claim', n: number, text: string): ForumEvent {
  const about = { commentId: idOf('comment', n), postId: idOf('post', 1) };
  switch (act) {
    case 'edit':
      return commentEdited(n, text);
    case 'hold':
      return commentHeld(n);
    case 'remove':
      return commentRemoved(n);
    case 'restore':
      return commentRestored(n);
    case 'erase':
      return { type: 'CommentErased.v1', data: { ...about, erasureId: 'e' }, personal: null };
    case 'claim':
      return { type: 'CommentClaimed.v1', data: { ...about, memberId: idOf('member', 2) }, personal: null };
    default:
      return act satisfies never;
  }
}

function jsonOf(data: object): Json {
  return JSON.parse(JSON.stringify(data));
}
