import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import type { RecordedEvent } from '../../../libs/event-store/index.ts';
import { deriveId, type Json } from '../../../libs/kernel/index.ts';
import { SharedReading, ViewBuild } from '../../../libs/projections/build.ts';
import { digestOf } from '../../../libs/projections/digest.ts';
import { openViewForWriting } from '../../../libs/projections/view-file.ts';
import { ViewWriter } from '../../../libs/projections/view-writer.ts';
import { TELLING, USUAL_WAYS } from '../../../libs/words/index.ts';
import {
  commentEdited,
  commentHeld,
  commentPosted,
  commentRemoved,
  commentRestored,
  idOf,
} from '../../../test/views/small-forum.ts';
import type { ForumEvent } from '../../domain/event-types.ts';
import { notificationsView } from './notifications.view.ts';

let dir: string;
beforeAll(() => {
  dir = mkdtempSync(join(tmpdir(), 'colloquy-build-'));
});
afterAll(() => rmSync(dir, { recursive: true }));

const AT = '2015-10-01T00:00:00.000Z';

/** Events by hand, each an append of its own unless it goes on with the one before. */
class Log {
  readonly events: RecordedEvent[] = [];
  #append = 0;

  record(stream: string, { type, data }: ForumEvent, goesOn = false): void {
    if (!goesOn) this.#append += 1;
    const position = BigInt(this.events.length + 1);
    const envelope = { correlationId: deriveId('append', this.#append), causationId: null, actor: 'system' };
    const at = { recordedAt: AT, occurredAt: AT, position, revision: position };
    const stored: Json = JSON.parse(JSON.stringify(data));
    this.events.push({
      id: deriveId('event', String(position)),
      type,
      stream,
      ...at,
      ...envelope,
      data: stored,
      sealed: null,
    });
  }
}

const ACTS = [
  'post',
  'post',
  'post',
  'held-post',
  'mentioning-post',
  'mention',
  'edit',
  'hold',
  'remove',
  'restore',
  'claim',
  'accept',
  'choose',
  'unfollow',
  'erase',
  'lease',
] as const;
const steps = fc.array(
  fc.record({ act: fc.constantFrom(...ACTS), choice: fc.nat(1_000), member: fc.integer({ min: 1, max: 4 }) }),
  { maxLength: 80 },
);
type Step = Parameters<Parameters<typeof steps.map>[0]>[0][number];

/** What follows from a step; numbers choose among what is there. */
function play(log: Log, { act, choice, member }: Step, posted: { count: number }): void {
  const n = 1 + (choice % Math.max(1, posted.count));
  const memberId = idOf('member', member);
  const about = { commentId: idOf('comment', n), postId: idOf('post', 1) };
  const comment = (event: ForumEvent, goesOn = false, of = n): void => log.record(`comment-${of}`, event, goesOn);
  const mention = (of: number, goesOn: boolean): void => {
    const data = { ...about, commentId: idOf('comment', of), memberIds: [memberId] };
    comment({ type: 'MembersMentioned.v1', data, personal: null }, goesOn, of);
  };
  if (act === 'post' || act === 'held-post' || act === 'mentioning-post') {
    const parent = choice % (posted.count + 2) || null;
    const isThere = parent !== null && parent <= posted.count;
    posted.count += 1;
    comment(
      commentPosted(posted.count, { post: 1 + (choice % 3), parent: isThere ? parent : null, author: member }),
      false,
      posted.count,
    );
    if (act === 'mentioning-post') mention(posted.count, true);
    if (act === 'held-post') comment(commentHeld(posted.count), true, posted.count);
    return;
  }
  if (act === 'choose') {
    const followed = (['inbox', 'mail', 'push'] as const).filter((_, at) => (choice & (1 << at)) !== 0);
    const data = { memberId, ways: { ...USUAL_WAYS, followed }, followOwn: choice % 3 !== 0 };
    log.record(`inbox-${memberId}`, {
      type: 'NotificationsChosen.v1',
      data,
      personal: { quietHours: null, timeZone: null },
    });
  }
  if (act === 'unfollow') {
    const data = { memberId, postId: about.postId };
    log.record(`inbox-${memberId}`, { type: 'DiscussionUnfollowed.v1', data, personal: null });
  }
  if (act === 'erase')
    log.record(`member-${memberId}`, {
      type: 'MemberErased.v1',
      data: { memberId, erasureId: idOf('erasure', member) },
      personal: null,
    });
  if (act === 'lease') {
    const data = { reactor: TELLING, holder: 'node', until: AT, term: 1, begins: [] };
    log.record(`lease-${TELLING}`, { type: 'LeaseTaken.v1', data, personal: null });
  }
  if (posted.count === 0) return;
  if (act === 'mention') mention(n, false);
  if (act === 'edit') comment(commentEdited(n, 'Another'));
  if (act === 'hold') comment(commentHeld(n));
  if (act === 'remove') comment(commentRemoved(n));
  if (act === 'restore') comment(commentRestored(n));
  if (act === 'claim') comment({ type: 'CommentClaimed.v1', data: { ...about, memberId }, personal: null });
  if (act === 'accept') log.record('post', { type: 'AnswerAccepted.v1', data: about, personal: null });
}

function* pieces(events: readonly RecordedEvent[], size: number): Generator<readonly RecordedEvent[]> {
  for (let start = 0; start < events.length; ) {
    let end = Math.min(events.length, start + size);
    while (events[end] && events[end]?.correlationId === events[end - 1]?.correlationId) end += 1;
    yield events.slice(start, end);
    start = end;
  }
}

/** Opened anew for each piece, so that nothing is remembered from one to the next. */
function live(events: readonly RecordedEvent[], size: number): string {
  const db = openViewForWriting(':memory:', notificationsView);
  for (const piece of pieces(events, size)) {
    const writer = new ViewWriter(notificationsView, ':memory:', db);
    writer.fold(piece, piece.at(-1)?.position ?? 0n);
    if (writer.stopped) throw new Error(writer.stopped.reason);
  }
  return digestOf(db, notificationsView);
}

function built(events: readonly RecordedEvent[], size: number): string {
  const file = join(dir, 'built.db');
  const build = new ViewBuild(notificationsView, file);
  const reading = new SharedReading([build]);
  for (const piece of pieces(events, size)) reading.fold(piece, piece.at(-1)?.position ?? 0n);
  build.finish();
  if (build.stopped) throw new Error(build.stopped.reason);
  const db = new Database(file, { readonly: true });
  try {
    return digestOf(db, notificationsView);
  } finally {
    db.close();
  }
}

describe('the view of notifications as it is built from the start', () => {
  it('has the rows of the live one, whatever happens', () => {
    const property = fc.property(steps, (sequence) => {
      const log = new Log();
      const posted = { count: 0 };
      for (const step of sequence) play(log, step, posted);
      expect(built(log.events, 20)).toBe(live(log.events, 4));
    });
    fc.assert(property, { numRuns: 100 });
  });

  it('tells those who are answered, however many comments came before', () => {
    const log = new Log();
    for (let n = 1; n <= 8_400; n += 1) {
      log.record(`comment-${n}`, commentPosted(n, { parent: n === 1 ? null : n - 1, author: 1 + (n % 4) }));
      // What is asked for is written, so that other comments wait when the oldest are forgotten.
      if (n === 100) log.record(`comment-${n}`, commentEdited(n, 'Another'));
    }
    expect(built(log.events, 1_000)).toBe(live(log.events, 1_000));
  });
});
