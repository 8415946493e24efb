import { Inject, Injectable } from '@nestjs/common';
import type { Comment, ThreadDifference, Differing as ToldDiffering } from '../../../../libs/client/index.ts';
import { DomainError, formatPosition } from '../../../../libs/kernel/index.ts';
import { readNumberCursor, writeNumberCursor } from '../../cursor.ts';
import { idBytes } from '../../ids.ts';
import { diffKey, KeptDiffs } from '../../kept-diffs.ts';
import { moment } from '../../moment.ts';
import { fittingPage } from '../../page-bounds.ts';
import { CommentPresenter } from '../door/comment-presenter.ts';
import type { CommentRow } from '../thread.reads.ts';
import { PastComments } from './comments-history.ts';
import { type DifferingPlace, differences, type MomentSide } from './difference.ts';
import { unseenOf } from './history.ts';
import { KeptLives } from './kept-lives.ts';
import type { ThreadLife } from './life.ts';
import { mustHaveBeen, reachOf } from './moment.ts';
import { type GetThreadDifference, type Moment, momentKey, type Unseen } from './past.query-types.ts';
import { lookerOf, sightOf } from './sight.ts';
import type { ThreadState } from './state.ts';

type Asked = Pick<GetThreadDifference, 'postId' | 'between' | 'page' | 'viewer'>;
type Answer = { readonly difference: ThreadDifference } & Unseen;

interface ReadDifference extends Unseen {
  readonly life: ThreadLife;
  readonly before: ThreadState;
  readonly until: ThreadState;
  readonly position: bigint;
  readonly all: readonly DifferingPlace[];
  readonly listed: readonly DifferingPlace[];
  readonly isLast: boolean;
  /** As they are at the end, and of the edited ones how they were at the beginning, in the order of the list. */
  readonly rows: readonly CommentRow[];
  readonly formerRows: readonly CommentRow[];
}

/** The changes between two moments, with the words that changed in each comment. */
@Injectable()
export class ThreadDifferences {
  readonly #lives: KeptLives;
  readonly #comments: PastComments;
  readonly #presenter: CommentPresenter;
  readonly #diffs: KeptDiffs;

  constructor(
    @Inject(KeptLives) lives: KeptLives,
    @Inject(PastComments) comments: PastComments,
    @Inject(CommentPresenter) presenter: CommentPresenter,
    @Inject(KeptDiffs) diffs: KeptDiffs,
  ) {
    this.#lives = lives;
    this.#comments = comments;
    this.#presenter = presenter;
    this.#diffs = diffs;
  }

  /** Throws DomainError `post_not_found`, `invalid` (cursor, moments). */
  page(query: Asked): Promise<Answer> {
    return fittingPage(query.page.limit, {
      make: (limit) => this.#page({ ...query, page: { ...query.page, limit } }),
      htmlOf: ({ difference }) => difference.items.map(({ comment }) => comment.bodyHtml),
    });
  }

  async #page(query: Asked): Promise<Answer> {
    const looker = lookerOf(query.viewer);
    const read = await this.#read(query);
    const comments = await this.#presenter.present(read.rows, looker);
    const former = await this.#presenter.present(read.formerRows, looker);
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
      next: read.isLast || !last ? null : writeNumberCursor(last.position, listOf(query)),
    };
    return { difference, unseen: read.unseen };
  }

  async #told(
    comment: Comment,
    { kind, place }: DifferingPlace,
    { read, former }: { readonly read: ReadDifference; readonly former: string | null },
  ): Promise<ToldDiffering> {
    const key = diffKey(comment.id, read.before.text[place] ?? 0n, read.until.text[place] ?? 0n);
    const isCompared = kind === 'edited' && former !== null && comment.body !== null;
    const diff = isCompared ? await this.#diffs.of(key, former, comment.body) : null;
    return { kind, at: moment(read.until.changedAt[place] ?? 0), comment, diff };
  }

  async #read(query: Asked): Promise<ReadDifference> {
    const { postId, between, page, viewer } = query;
    const { life, now, position } = await this.#lives.of(postId, viewer);
    const reach = reachOf(life, position);
    mustHaveBeen(between.after, reach, { position: 'after', at: 'since' });
    if (between.until) mustHaveBeen(between.until, reach, { position: 'position', at: 'at' });
    const from = page.cursor === null ? -1n : readNumberCursor(page.cursor, listOf(query));
    const looker = lookerOf(viewer);
    const sideAt = async (moment: Moment | null): Promise<MomentSide> => {
      const state = moment === null ? now : await this.#lives.at(life, moment);
      return { state, sight: sightOf(life, { past: state, now }, looker) };
    };
    const [before, after] = [await sideAt(between.after), await sideAt(between.until)];
    mustBeInOrder(between, before.state, after.state);
    const left = new Set((page.notBy ?? []).map((id) => life.comments.authorOf(idBytes(id))));
    const all = differences(life, before, after).filter(({ place }) => !left.has(life.comments.authors[place] ?? null));
    const waiting = all.filter((differing) => differing.position > from);
    const rowsOf = ({ state, sight }: MomentSide, of: readonly DifferingPlace[]): Promise<readonly CommentRow[]> =>
      this.#comments.rows({ life, past: state, sight }, { places: of.map(({ place }) => place), now });
    const wished = waiting.slice(0, page.limit);
    const rows = await rowsOf(after, wished);
    const edited = wished.slice(0, rows.length).filter(({ kind }) => kind === 'edited');
    const formerRows = await rowsOf(before, edited);
    const firstWithout = edited[formerRows.length];
    const listed = wished.slice(0, firstWithout === undefined ? rows.length : wished.indexOf(firstWithout));
    const places = listed.map(({ place }) => place);
    return {
      life,
      before: before.state,
      until: after.state,
      position:
        between.until?.by === 'position' ? between.until.position : between.until ? after.state.position : position,
      all,
      listed,
      isLast: waiting.length <= listed.length,
      rows: rows.slice(0, listed.length),
      formerRows,
      unseen: [
        ...unseenOf({ life, past: after.state }, { places, now, looker }),
        ...unseenOf({ life, past: before.state }, { places: comparedOf(listed), now, looker }),
      ],
    };
  }
}

/** Places of those whose texts are compared. */
function comparedOf(listed: readonly DifferingPlace[]): readonly number[] {
  return listed.filter(({ kind }) => kind === 'edited').map(({ place }) => place);
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

function countsOf(all: readonly DifferingPlace[]): ThreadDifference['counts'] {
  const counts = { new: 0, edited: 0, removed: 0 };
  for (const { kind } of all) counts[kind] += 1;
  return counts;
}

function listOf({ postId, between }: Asked): string {
  return `${postId} ${momentKey(between.after)} ${between.until ? momentKey(between.until) : 'now'}`;
}
