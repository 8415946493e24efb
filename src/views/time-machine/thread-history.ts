import { Inject, Injectable } from '@nestjs/common';
import type { Comment } from '../../../libs/client/index.ts';
import { EVENT_STORE, type EventStore } from '../../../libs/event-store/index.ts';
import { formatPosition } from '../../../libs/kernel/index.ts';
import { reading, VIEWS, type Views } from '../../../libs/projections/index.ts';
import { idText } from '../ids.ts';
import { CommentPresenter } from '../thread/comment-presenter.ts';
import { readCursor, writeCursor } from '../thread/thread.cursor.ts';
import { fitting } from '../thread/thread.page.ts';
import { visiblePost } from '../thread/thread.reads.ts';
import type { Viewer } from '../viewer.ts';
import { KeptLives } from './kept-lives.ts';
import { mustHaveBeen, reachOf } from './moment.ts';
import { type PastRow, pastRows, withPastTexts } from './past-comments.ts';
import { type PastThread, pastPage } from './past-page.ts';
import { isHiddenFromReaders, type Looker, lookerOf, sightOf } from './past-sight.ts';
import { stateAt, type ThreadState } from './thread-state.ts';
import type { GetThreadAt, PastAnswer, Unseen } from './time-machine.query-types.ts';
import { momentKey } from './time-machine.query-types.ts';

export type PastQuery = Pick<GetThreadAt, 'postId' | 'options' | 'viewer'>;

/** Pages of threads as they stood, folded from all that ever befell them. */
@Injectable()
export class ThreadHistory {
  readonly #views: Views;
  readonly #store: EventStore;
  readonly #lives: KeptLives;
  readonly #presenter: CommentPresenter;

  constructor(
    @Inject(VIEWS) views: Views,
    @Inject(EVENT_STORE) store: EventStore,
    @Inject(KeptLives) lives: KeptLives,
    @Inject(CommentPresenter) presenter: CommentPresenter,
  ) {
    this.#views = views;
    this.#store = store;
    this.#lives = lives;
    this.#presenter = presenter;
  }

  async page({ postId, options, viewer }: PastQuery): Promise<PastAnswer> {
    const { sort, moment, cursor: _at, ...others } = options;
    const list = `${postId} ${momentKey(moment)}`;
    const cursor = options.cursor === null ? null : readCursor(options.cursor, list, sort);
    const looker = lookerOf(viewer);
    const read = reading(this.#views.db('thread'), (db, position) => {
      const { life, now } = this.#lives.of(db, visiblePost(db, postId, viewer).n);
      mustHaveBeen(moment, reachOf(life, position), { position: 'position', at: 'at' });
      const past = stateAt(life, moment);
      const thread = { life, past, sight: sightOf(life, { past, now }, looker) };
      const wish = { ...others, sort, cursor };
      const rows = pastRows(db, thread, { places: pastPage(thread, wish).places, now });
      const most = fitting(rows.map(({ row }) => row));
      const { places, next } = pastPage(thread, most < rows.length ? { ...wish, most } : wish);
      const unseen = unseenOf(thread, { places, now, looker });
      return { rows: rows.slice(0, places.length), next, unseen, sight: thread.sight, past };
    });
    const page = {
      position: formatPosition(moment.by === 'position' ? moment.position : read.past.position),
      total: read.sight.total,
      items: await this.present(read.rows, looker),
      next: read.next && writeCursor(read.next, list, sort),
    };
    return { page, unseen: read.unseen, count: read.sight.visible };
  }

  async present(rows: readonly PastRow[], looker: Looker): Promise<readonly Comment[]> {
    return this.#presenter.present(await withPastTexts(this.#store, rows), looker);
  }

  /** True when this viewer sees no more of a thread's past than anybody. */
  isPlainReader(postId: string, viewer: Viewer): boolean {
    const looker = lookerOf(viewer);
    if (looker.sees !== 'own') return looker.sees === 'reader';
    return reading(this.#views.db('thread'), (db) => {
      const { life } = this.#lives.of(db, visiblePost(db, postId, viewer).n);
      return !life.comments.some(({ author }) => author !== null && idText(author) === looker.memberId);
    });
  }
}

/** Of what is shown to those who see all, what readers are not shown. */
export function unseenOf(
  { life, past }: Pick<PastThread, 'life' | 'past'>,
  { places, now, looker }: { readonly places: readonly number[]; readonly now: ThreadState; readonly looker: Looker },
): Unseen['unseen'] {
  if (looker.sees !== 'all') return [];
  const unseen = places.filter((place) => isHiddenFromReaders(life, { past, now }, place));
  return unseen.map((place) => ({
    commentId: idText(life.comments[place]?.id ?? Buffer.alloc(16)),
    revision: past.revision[place] ?? 0,
  }));
}
