import { describe, expect, it } from '@jest/globals';
import type { Database } from 'better-sqlite3';
import fc from 'fast-check';
import type { RecordedEvent } from '../../../../libs/event-store/index.ts';
import { atOnce } from '../../../../libs/kernel/index.ts';
import { openViewForWriting } from '../../../../libs/projections/view-file.ts';
import { ViewWriter } from '../../../../libs/projections/view-writer.ts';
import type { CommentSort } from '../../../../libs/words/index.ts';
import { idOf } from '../../../../test/views/small-forum.ts';
import { isInTheOpen, steps, ThreadModel } from '../../../../test/views/thread-model.ts';
import { idText } from '../../ids.ts';
import type { Viewer } from '../../viewer.ts';
import { readCursor, type ThreadCursor, writeCursor } from '../thread.cursor.ts';
import { threadPage } from '../thread.page.ts';
import { type CommentRow, scopeOf, totalOf, visiblePost } from '../thread.reads.ts';
import { PATH, STATUS } from '../thread.schema.ts';
import { threadView } from '../thread.view.ts';
import { countSteps } from '../thread-steps.ts';
import { withheldOfThread } from '../withheld-texts.ts';
import { activityOf, activityOfSteps } from './activity.ts';
import { pastRow } from './comments-history.ts';
import { differences } from './difference.ts';
import { GrowingLife, type LivedThread } from './growing-life.ts';
import type { ThreadLife } from './life.ts';
import { type PastPlaces, pastPage } from './page.ts';
import type { Moment } from './past.query-types.ts';
import { lookerOf, sightOf } from './sight.ts';
import { foldingTo, type ThreadState } from './state.ts';
import { StepColumns } from './step-columns.ts';

const POST = idOf('post', 1);
const MODERATOR: Viewer = { memberId: idOf('member', 9), roles: ['moderator'] };
const MEMBER_1: Viewer = { memberId: idOf('member', 1), roles: ['member'] };
const VIEWERS: readonly Viewer[] = [null, MEMBER_1, MODERATOR];

interface PageSize {
  readonly sort: CommentSort;
  readonly limit: number;
  readonly most: number;
}
const sizes = fc.record({
  sort: fc.constantFrom<CommentSort>('oldest', 'newest', 'best'),
  limit: fc.integer({ min: 1, max: 5 }),
  most: fc.integer({ min: 1, max: 6 }),
});
/** How much of the log had been written, as a share. */
const share = fc.integer({ min: 1, max: 100 }).map((part) => part / 100);

function folded(events: readonly RecordedEvent[]): Database {
  const db = openViewForWriting(':memory:', threadView);
  const writer = new ViewWriter(threadView, ':memory:', db);
  writer.fold(events, events.at(-1)?.position ?? 0n);
  if (writer.stopped) throw new Error(writer.stopped.reason);
  return db;
}

/** An append is read as a whole, since nobody ever looked between its events. */
function wholeUpTo(events: readonly RecordedEvent[], count: number): readonly RecordedEvent[] {
  let end = count;
  while (events[end] && events[end]?.correlationId === events[end - 1]?.correlationId) end += 1;
  return events.slice(0, end);
}

function livePages(db: Database, viewer: Viewer, size: PageSize): readonly CommentRow[] {
  const post = visiblePost(db, POST, viewer);
  const scope = scopeOf(db, post, viewer);
  const rows: CommentRow[] = [];
  let cursor = null;
  do {
    const page = threadPage(db, { post, scope }, { ...size, cursor });
    rows.push(...page.rows);
    cursor = page.next;
  } while (cursor !== null);
  expect(totalOf(db, post, scope)).toBe(rows.length);
  return rows;
}

function lifeIn(db: Database, viewer: Viewer): ThreadLife {
  return grownIn(new GrowingLife(), db, viewer).life;
}

function grownIn(growing: GrowingLife, db: Database, viewer: Viewer = null): LivedThread {
  const { n } = visiblePost(db, POST, viewer);
  return atOnce(growing.growing(db, n, countSteps(db, n)));
}

function stateAt(life: ThreadLife, moment: Moment | null): ThreadState {
  return atOnce(foldingTo(life, moment));
}

function pastPages(db: Database, { viewer, moment }: { viewer: Viewer; moment: Moment }, size: PageSize) {
  const life = lifeIn(db, viewer);
  const [past, now] = [stateAt(life, moment), stateAt(life, null)];
  const sight = sightOf(life, { past, now }, lookerOf(viewer));
  const thread = { life, past, sight };
  const rows: CommentRow[] = [];
  let cursor = null;
  do {
    const { places, next } = pastPage(thread, { ...size, cursor });
    expect(places.length).toBeLessThanOrEqual(size.most);
    rows.push(...places.map((place) => pastRow(db, thread, { place, now }).row));
    cursor = next;
    if (rows.length > 1_000) throw new Error('the pages have no end');
  } while (cursor !== null);
  expect(sight.total).toBe(rows.length);
  return rows;
}

/** All that is told of a comment, but for its text, and for its language, which is told as it is now. */
function told(rows: readonly CommentRow[]) {
  return rows.map(({ sealed: _text, byline: _by, hidden: _hidden, shadow: _shadow, language: _language, ...row }) => ({
    ...row,
    id: idText(row.id),
  }));
}

/** How the live thread read then, without what the viewer may not see any more. */
function expectedFrom(
  then: readonly CommentRow[],
  now: readonly CommentRow[],
  {
    readable,
    isWithheld,
  }: { readonly readable: (row: CommentRow) => boolean; readonly isWithheld: (row: CommentRow) => boolean },
): readonly CommentRow[] {
  const nowById = new Map(now.map((row) => [idText(row.id), row]));
  const left = then.flatMap((row) => {
    const today = nowById.get(idText(row.id));
    if (!today) return [];
    const status = isWithheld(row) ? STATUS.removed : row.status;
    return [{ ...row, status: readable(today) ? status : today.status }];
  });
  const visibleBelow = (id: Buffer): number =>
    left.filter(({ parent, status }) => parent?.equals(id) && status === STATUS.visible).length;
  return left.map((row) => ({ ...row, replies: visibleBelow(row.id) }));
}

/** The position of the text that a comment had. */
function textOf(events: readonly RecordedEvent[], { id }: CommentRow): bigint {
  const texts = events.filter(({ type }) => type === 'CommentPosted.v1' || type === 'CommentEdited.v1');
  return texts.findLast(({ data }) => Object(data).commentId === idText(id))?.position ?? 0n;
}

const WAITING: readonly number[] = [STATUS.held, STATUS.rejected];

describe('a thread at any position of its past', () => {
  it('reads as it was read when the log ended there, for each kind of viewer, without what is hidden since', () => {
    const property = fc.property(steps, share, sizes, (sequence, part, size) => {
      const model = new ThreadModel();
      for (const step of sequence) model.play(step);
      const before = wholeUpTo(model.events, Math.max(1, Math.floor(part * model.events.length)));
      const position = before.at(-1)?.position ?? 0n;
      const [then, now] = [folded(before), folded(model.events)];
      const withheld = withheldOfThread(now, visiblePost(now, POST, null).n);

      for (const viewer of VIEWERS) {
        const isOwn = ({ author }: CommentRow): boolean => author !== null && idText(author) === viewer?.memberId;
        const readable = (row: CommentRow): boolean =>
          viewer === MODERATOR || row.status === STATUS.visible || (isOwn(row) && WAITING.includes(row.status));
        const [was, is] = [livePages(then, viewer, size), livePages(now, viewer, size)];
        const isWithheld = (row: CommentRow): boolean => !isOwn(row) && withheld.has(textOf(before, row));
        const expected = viewer === MODERATOR ? was : expectedFrom(was, is, { readable, isWithheld });
        const read = pastPages(now, { viewer, moment: { by: 'position', position } }, size);
        expect(told(read)).toEqual(told(expected));
      }
    });
    // A text that was taken away, and another one in its place.
    const acts = ['post', 'hold', 'edit', 'restore'] as const;
    const taken = acts.map((act) => ({ act, choice: 0, author: 2, minute: 0, kind: 'like' as const }));
    const examples: [typeof taken, number, PageSize][] = [[taken, 0.4, { sort: 'oldest', limit: 5, most: 6 }]];
    fc.assert(property, { numRuns: 120, examples });
  });

  it('leads back as it leads on, and with the comments above an answer when they are asked for', () => {
    const property = fc.property(steps, share, sizes, fc.boolean(), (sequence, part, size, withAbove) => {
      const model = new ThreadModel();
      for (const step of sequence) model.play(step);
      const position = model.events[Math.floor(part * (model.events.length - 1))]?.position ?? 0n;
      const life = lifeIn(folded(model.events), null);
      const [past, now] = [stateAt(life, { by: 'position', position }), stateAt(life, null)];
      const thread = { life, past, sight: sightOf(life, { past, now }, { sees: 'reader' }) };
      const page = (cursor: ThreadCursor | null): PastPlaces => {
        const read = cursor && readCursor(writeCursor(cursor, POST, size.sort), POST, size.sort);
        return pastPage(thread, { ...size, cursor: read, withAbove });
      };
      const all = pastPage(thread, { ...size, limit: 1_000, most: 1_000, cursor: null }).places;

      let one = page(null);
      expect(one.previous).toBe(null);
      for (let began = 0; one.next !== null; ) {
        const before = one;
        one = page(one.next);
        began += before.places.length - before.above;
        const places = one.places.slice(one.above);
        const back = one.previous && page(one.previous);
        const there = back?.places.slice(back.above) ?? [];
        expect(places).toEqual(all.slice(began, began + places.length));
        // The page before ends where this one begins, or is the first page and reaches into this one.
        const isFirst = there[0] === all[0];
        expect(there).toContain(all[began - 1]);
        expect(isFirst || there.at(-1) === all[began - 1]).toBe(true);
        for (const shown of withAbove ? [one, back] : []) {
          const parents = shown?.places.map((place) => life.comments.parents[place] ?? -1) ?? [];
          expect(parents.every((parent) => parent === -1 || shown?.places.includes(parent))).toBe(true);
        }
      }
    });
    fc.assert(property, { numRuns: 150 });
  });

  it('by its time, holds whatever had happened by then, and nothing before what it answers', () => {
    const property = fc.property(steps, fc.integer({ min: -1, max: 6 }), sizes, (sequence, minute, size) => {
      const model = new ThreadModel();
      for (const step of sequence) model.play(step);
      const at = Date.UTC(2015, 9, 1, 0, minute);
      const came = (comment: (typeof model.comments)[number]): boolean =>
        comment.at <= minute && (comment.parent === null || came(comment.parent));

      const rows = pastPages(folded(model.events), { viewer: MODERATOR, moment: { by: 'time', at } }, size);
      const ids = rows.map(({ id }) => idText(id)).sort();
      expect(ids).toEqual(
        model.comments
          .filter(came)
          .map(({ number }) => idOf('comment', number))
          .sort(),
      );
    });
    fc.assert(property, { numRuns: 120 });
  });
});

/** All of a life that answers are made of. */
function wholeOf({ life, now }: LivedThread) {
  const { comments, steps: columns, commentCount, count } = life;
  const places = Array.from({ length: commentCount }, (_, place) => place);
  return structuredClone({
    now,
    order: life.order,
    byTime: life.byTime,
    latest: life.latest,
    about: life.about.subarray(0, count),
    happened: life.happened.subarray(0, count),
    steps: [columns.positions, columns.comments, columns.times, columns.codes].map((column) => [
      ...column.subarray(0, count),
    ]),
    comments: places.map((place) => [
      comments.idOf(place),
      comments.pathOf(place),
      comments.depths[place],
      comments.authors[place],
    ]),
  });
}

describe('a life that grows', () => {
  it('is the one that is read anew, however it came to be; and who looks at an earlier one finds it as it was', () => {
    const property = fc.property(steps, fc.array(fc.nat(8), { minLength: 1 }), (sequence, sizes) => {
      const model = new ThreadModel();
      for (const step of sequence) model.play(step);
      const db = openViewForWriting(':memory:', threadView);
      const writer = new ViewWriter(threadView, ':memory:', db);
      const growing = new GrowingLife();
      const earlier: { readonly lived: LivedThread; readonly whole: object }[] = [];
      for (let [from, turn] = [0, 0]; from < model.events.length; turn += 1) {
        const events = wholeUpTo(model.events, from + 1 + (sizes[turn % sizes.length] ?? 0)).slice(from);
        writer.fold(events, events.at(-1)?.position ?? 0n);
        from += events.length;

        const lived = grownIn(growing, db);
        const anew = grownIn(new GrowingLife(), db);
        expect(wholeOf(lived)).toEqual(wholeOf(anew));
        expect(lived.now).toEqual(stateAt(anew.life, null));
        const withheld = [...lived.life.withheld.values()].flatMap((positions) => [...positions]);
        expect(new Set(withheld)).toEqual(withheldOfThread(db, visiblePost(db, POST, null).n));
        const inTree = db.prepare(`SELECT id FROM comment ORDER BY ${PATH}`).pluck().all();
        expect([...lived.life.order].map((place) => lived.life.comments.idOf(place))).toEqual(inTree);
        earlier.push({ lived, whole: wholeOf(lived) });
      }
      for (const { lived, whole } of earlier) expect(wholeOf(lived)).toEqual(whole);
      db.close();
    });
    fc.assert(property, { numRuns: 100 });
  });
});

describe('the activity of a thread', () => {
  it('is told from its steps alone as from its whole life, however they were read, for readers and for those who see all', () => {
    const inOrder = steps.map((sequence) => sequence.map((step, n) => ({ ...step, minute: n })));
    const property = fc.property(fc.oneof(steps, inOrder), share, (sequence, part) => {
      const model = new ThreadModel();
      for (const step of sequence) model.play(step);
      const before = wholeUpTo(model.events, Math.max(1, Math.floor(part * model.events.length)));
      const [early, db] = [folded(before), folded(model.events)];
      const { n } = visiblePost(db, POST, null);
      const kept = new StepColumns();
      kept.readOn(early, n);
      kept.readOn(db, n);
      const { life, now } = grownIn(new GrowingLife(), db);

      const numbers = life.comments.numbers.subarray(0, life.commentCount);
      const hidden = new Set(numbers.filter((_, place) => now.shadow[place] !== 0));
      expect(kept.positions.subarray(0, kept.count)).toEqual(life.steps.positions.subarray(0, life.count));
      if (!kept.isInOrder) return;
      expect(activityOfSteps(kept, hidden)).toEqual(activityOf({ life, now }, { sees: 'reader' }));
      expect(activityOfSteps(kept, new Set())).toEqual(activityOf({ life, now }, { sees: 'all' }));
    });
    fc.assert(property, { numRuns: 120 });
  });
});

describe('what differs between a moment and now', () => {
  it('is, for readers, what is read now and was not, and what was read and is not, of that whose place is left', () => {
    const property = fc.property(steps, share, (sequence, part) => {
      const model = new ThreadModel();
      for (const step of sequence) model.play(step);
      const before = wholeUpTo(model.events, Math.max(1, Math.floor(part * model.events.length)));
      const db = folded(model.events);
      const readAt = (upTo: Database): ReadonlySet<string> =>
        new Set(
          livePages(upTo, null, { sort: 'oldest', limit: 5, most: 100 })
            .filter(({ status }) => status === STATUS.visible)
            .map(({ id }) => idText(id)),
        );
      const [was, is] = [readAt(folded(before)), readAt(db)];
      const places = new Set(model.comments.filter(isInTheOpen).map(({ number }) => idOf('comment', number)));
      const editedSince = new Set(
        model.events.slice(before.length).flatMap(({ type, stream }) => (type === 'CommentEdited.v1' ? [stream] : [])),
      );
      const numberOf = (id: string): number =>
        model.comments.find(({ number }) => idOf('comment', number) === id)?.number ?? 0;

      const life = lifeIn(db, null);
      const now = stateAt(life, null);
      const side = (state: typeof now) => ({ state, sight: sightOf(life, { past: state, now }, { sees: 'reader' }) });
      const past = stateAt(life, { by: 'position', position: before.at(-1)?.position ?? 0n });
      const found = differences(life, side(past), side(now)).map(({ kind, place }) => [
        kind,
        idText(life.comments.idOf(place)),
      ]);
      const expected = [
        ...[...is].filter((id) => !was.has(id)).map((id) => ['new', id]),
        ...[...is]
          .filter((id) => was.has(id) && editedSince.has(`comment-${numberOf(id)}`))
          .map((id) => ['edited', id]),
        ...[...was].filter((id) => !is.has(id) && places.has(id)).map((id) => ['removed', id]),
      ];
      expect(new Set(found.map(String))).toEqual(new Set(expected.map(String)));
    });
    fc.assert(property, { numRuns: 120 });
  });
});
