import { Inject, Injectable } from '@nestjs/common';
import type { Comment } from '../../../../libs/client/index.ts';
import { EVENT_STORE, type EventStore } from '../../../../libs/event-store/index.ts';
import { formatPosition } from '../../../../libs/kernel/index.ts';
import { idBytes, idText } from '../../ids.ts';
import { fittingPage } from '../../page-bounds.ts';
import { seesUnpublished, type Viewer } from '../../viewer.ts';
import { CommentPresenter } from '../door/comment-presenter.ts';
import { END } from '../roots.ts';
import { readCursor, type ThreadCursor, writeCursor } from '../thread.cursor.ts';
import { MOST_COMMENTS } from '../thread.page.ts';
import { PastComments } from './comments-history.ts';
import { KeptLives } from './kept-lives.ts';
import { marksAt } from './marks-history.ts';
import { mustHaveBeen, reachOf } from './moment.ts';
import { type PastPlaces, pastPage, type ThreadAtMoment } from './page.ts';
import type { GetThreadAt, MarksThen, PastAnswer, Unseen } from './past.query-types.ts';
import { momentKey } from './past.query-types.ts';
import { isHiddenFromReaders, type Looker, lookerOf, sightOf } from './sight.ts';
import type { ThreadState } from './state.ts';

export type PastQuery = Pick<GetThreadAt, 'postId' | 'options' | 'viewer'>;

/** Pages of threads as they stood, folded from all steps of the threads. */
@Injectable()
export class ThreadHistory {
  readonly #lives: KeptLives;
  readonly #comments: PastComments;
  readonly #presenter: CommentPresenter;
  readonly #store: EventStore;

  constructor(
    @Inject(KeptLives) lives: KeptLives,
    @Inject(PastComments) comments: PastComments,
    @Inject(CommentPresenter) presenter: CommentPresenter,
    @Inject(EVENT_STORE) store: EventStore,
  ) {
    this.#lives = lives;
    this.#comments = comments;
    this.#presenter = presenter;
    this.#store = store;
  }

  page(query: PastQuery): Promise<PastAnswer> {
    return fittingPage(query.options.most ?? MOST_COMMENTS, {
      make: (most) => this.#page(query, most),
      htmlOf: ({ page }) => page.items.map(({ bodyHtml }) => bodyHtml),
    });
  }

  async #page({ postId, options, viewer }: PastQuery, room: number): Promise<PastAnswer> {
    const { sort, moment, cursor: _at, ...others } = options;
    const list = options.anyMoment ? postId : `${postId} ${momentKey(moment)}`;
    const cursor = options.cursor === null ? null : readCursor(options.cursor, list, sort);
    const looker = lookerOf(viewer);
    const { life, now, position } = await this.#lives.of(postId, viewer);
    mustHaveBeen(moment, reachOf(life, position), { position: 'position', at: 'at' });
    const past = await this.#lives.at(life, moment);
    const sight = sightOf(life, { past, now }, looker);
    const thread = { life, past, sight };
    const of = (most: number): PastPlaces => pastPage(thread, { ...others, sort, cursor, most });
    const wished = of(room);
    const rows = await this.#comments.rows(thread, { places: wished.places, now, least: 1 + wished.above });
    const fitting = rows.length < wished.places.length ? of(rows.length) : wished;
    const { places, previous, next, answers, span } = fitting;
    // A page that ends before a comment begins elsewhere when it is shorter.
    if (!places.every((place, n) => place === wished.places[n]))
      return this.#page({ postId, options, viewer }, rows.length);
    const written = (place: ThreadCursor | null): string | null => place && writeCursor(place, list, sort);
    const marks = await marksAt(this.#store, postId, moment);
    const page = {
      position: formatPosition(moment.by === 'position' ? moment.position : past.position),
      total: sight.total,
      items: (await this.#presenter.present(rows, looker)).map((comment) => marked(comment, marks)),
      next: written(next),
    };
    const unseen = unseenOf(thread, { places, now, looker });
    return {
      page,
      previous: written(previous),
      last: written(next && END[sort]),
      answers: Object.fromEntries([...answers].map(([place, below]) => [idText(life.comments.idOf(place)), below])),
      place: span,
      unseen,
      count: sight.visible,
    };
  }

  /** True when this viewer sees no more of a thread's past than anybody, and the thread is public. */
  async isPlainReader(postId: string, viewer: Viewer): Promise<boolean> {
    if (seesUnpublished(viewer)) return false;
    const looker = lookerOf(viewer);
    if (looker.sees !== 'own') return looker.sees === 'reader';
    const { life } = await this.#lives.of(postId, viewer);
    return life.comments.authorOf(idBytes(looker.memberId)) === null;
  }
}

/** As it was marked then, where it could be read. */
function marked(comment: Comment, { asks, acceptedId, featured }: MarksThen): Comment {
  if (comment.status !== 'visible') return comment;
  return {
    ...comment,
    ...(asks && acceptedId === comment.id && { accepted: true as const }),
    ...(featured.has(comment.id) && { featured: true as const }),
  };
}

/** The parts of an answer for viewers who see everything that readers do not see. */
export function unseenOf(
  { life, past }: Pick<ThreadAtMoment, 'life' | 'past'>,
  { places, now, looker }: { readonly places: readonly number[]; readonly now: ThreadState; readonly looker: Looker },
): Unseen['unseen'] {
  if (looker.sees !== 'all') return [];
  const unseen = places.filter((place) => isHiddenFromReaders(life, { past, now }, place));
  return unseen.map((place) => ({
    commentId: idText(life.comments.idOf(place)),
    revision: past.revision[place] ?? 0,
  }));
}
