import { Inject } from '@nestjs/common';
import { type IQueryHandler, QueryHandler } from '@nestjs/cqrs';
import type { Database } from 'better-sqlite3';
import type { Comment, ThreadDifference, Differing as ToldDiffering } from '../../../libs/client/index.ts';
import { DomainError, formatPosition } from '../../../libs/kernel/index.ts';
import { reading, VIEWS, type Views } from '../../../libs/projections/index.ts';
import { invalidCursor, readOpaque, writeOpaque } from '../cursor.ts';
import { idText } from '../ids.ts';
import { diffKey, KeptDiffs } from '../kept-diffs.ts';
import { moment } from '../moment.ts';
import { fitting } from '../thread/thread.page.ts';
import { visiblePost } from '../thread/thread.reads.ts';
import { KeptLives } from './kept-lives.ts';
import { mustHaveBeen, reachOf } from './moment.ts';
import { type PastRow, pastRows } from './past-comments.ts';
import { lookerOf, sightOf } from './past-sight.ts';
import { type Differing, differences, type Side } from './thread-difference.ts';
import { ThreadHistory, unseenOf } from './thread-history.ts';
import type { ThreadLife } from './thread-life.ts';
import { stateAt, type ThreadState } from './thread-state.ts';
import { GetThreadDifference, momentKey, type Unseen } from './time-machine.query-types.ts';

interface ReadDifference extends Unseen {
  readonly life: ThreadLife;
  readonly before: ThreadState;
  readonly until: ThreadState;
  readonly position: bigint;
  readonly all: readonly Differing[];
  readonly listed: readonly Differing[];
  readonly isLast: boolean;
  /** As they are at the end, and of the edited ones how they were at the beginning, in the order of the list. */
  readonly rows: readonly PastRow[];
  readonly formerRows: readonly PastRow[];
}

/** What changed between two moments, with the words that changed in each comment. */
@QueryHandler(GetThreadDifference)
export class GetThreadDifferenceHandler implements IQueryHandler<GetThreadDifference> {
  readonly #views: Views;
  readonly #lives: KeptLives;
  readonly #past: ThreadHistory;
  readonly #diffs: KeptDiffs;

  constructor(
    @Inject(VIEWS) views: Views,
    @Inject(KeptLives) lives: KeptLives,
    @Inject(ThreadHistory) past: ThreadHistory,
    @Inject(KeptDiffs) diffs: KeptDiffs,
  ) {
    this.#diffs = diffs;
    this.#views = views;
    this.#lives = lives;
    this.#past = past;
  }

  async execute(query: GetThreadDifference): Promise<{ readonly difference: ThreadDifference } & Unseen> {
    const looker = lookerOf(query.viewer);
    const read = reading(this.#views.db('thread'), (db, position) => this.#read(db, position, query));
    const comments = await this.#past.present(read.rows, looker);
    const former = await this.#past.present(read.formerRows, looker);
    const formerById = new Map(former.map((comment) => [comment.id, comment]));
    const last = read.listed.at(-1);
    const difference = {
      position: formatPosition(read.position),
      counts: countsOf(read.all),
      items: await Promise.all(
        read.listed.flatMap((differing, index) => {
          const comment = comments[index];
          return comment
            ? [this.#told(comment, differing, { read, former: formerById.get(comment.id)?.body ?? null })]
            : [];
        }),
      ),
      next: read.isLast || !last ? null : writePlace(last.position, listOf(query)),
    };
    return { difference, unseen: read.unseen };
  }

  async #told(
    comment: Comment,
    { kind, place }: Differing,
    { read, former }: { readonly read: ReadDifference; readonly former: string | null },
  ): Promise<ToldDiffering> {
    const key = diffKey(comment.id, read.before.text[place] ?? 0n, read.until.text[place] ?? 0n);
    const isCompared = kind === 'edited' && former !== null && comment.body !== null;
    const diff = isCompared ? await this.#diffs.of(key, former, comment.body) : null;
    return { kind, at: moment(read.until.changedAt[place] ?? 0), comment, diff };
  }

  #read(db: Database, position: bigint, query: GetThreadDifference): ReadDifference {
    const { postId, between, page, viewer } = query;
    const { life, now } = this.#lives.of(db, visiblePost(db, postId, viewer).n);
    const reach = reachOf(life, position);
    mustHaveBeen(between.after, reach, { position: 'after', at: 'since' });
    if (between.until) mustHaveBeen(between.until, reach, { position: 'position', at: 'at' });
    const from = page.cursor === null ? -1n : readPlace(page.cursor, listOf(query));
    const looker = lookerOf(viewer);
    const sideOf = (past: ThreadState): Side => ({ state: past, sight: sightOf(life, { past, now }, looker) });
    const before = sideOf(stateAt(life, between.after));
    const after = sideOf(between.until ? stateAt(life, between.until) : now);
    mustBeInOrder(between, before.state, after.state);
    const all = differences(life, before, after).filter(({ place }) => {
      const author = life.comments[place]?.author;
      return page.notBy === undefined || !author || idText(author) !== page.notBy;
    });
    const waiting = all.filter((differing) => differing.position > from);
    const rowsOf = (side: Side, places: readonly number[]): readonly PastRow[] =>
      pastRows(db, { life, past: side.state, sight: side.sight }, { places, now });
    const wished = waiting.slice(0, page.limit);
    const wishedRows = rowsOf(
      after,
      wished.map(({ place }) => place),
    );
    const listed = wished.slice(0, fitting(wishedRows.map(({ row }) => row)));
    const places = listed.map(({ place }) => place);
    const edited = listed.filter(({ kind }) => kind === 'edited').map(({ place }) => place);
    return {
      life,
      before: before.state,
      until: after.state,
      position:
        between.until?.by === 'position' ? between.until.position : between.until ? after.state.position : position,
      all,
      listed,
      isLast: waiting.length <= listed.length,
      rows: wishedRows.slice(0, listed.length),
      formerRows: rowsOf(before, edited),
      unseen: [
        ...unseenOf({ life, past: after.state }, { places, now, looker }),
        ...unseenOf({ life, past: before.state }, { places: edited, now, looker }),
      ],
    };
  }
}

/** The moments may be of two kinds, so their order is that of what they hold. */
function mustBeInOrder({ after, until }: GetThreadDifference['between'], before: ThreadState, end: ThreadState): void {
  const isKnown =
    until !== null &&
    ((after.by === 'time' && until.by === 'time' && after.at > until.at) ||
      (after.by === 'position' && until.by === 'position' && after.position > until.position) ||
      before.position > end.position);
  if (!isKnown) return;
  const field = after.by === 'time' ? 'since' : 'after';
  const message = 'comes after the moment that it is compared with';
  throw new DomainError('invalid', `${field} ${message}.`, [{ field, message }]);
}

function countsOf(all: readonly Differing[]): ThreadDifference['counts'] {
  const counts = { new: 0, edited: 0, removed: 0 };
  for (const { kind } of all) counts[kind] += 1;
  return counts;
}

function listOf({ postId, between }: GetThreadDifference): string {
  return `${postId} ${momentKey(between.after)} ${between.until ? momentKey(between.until) : 'now'}`;
}

function writePlace(position: bigint, list: string): string {
  const content = Buffer.alloc(8);
  content.writeBigInt64BE(position);
  return writeOpaque(content, list);
}

function readPlace(cursor: string, list: string): bigint {
  const content = readOpaque(cursor, list);
  if (content.length !== 8) throw invalidCursor();
  return content.readBigInt64BE(0);
}
