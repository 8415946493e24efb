import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { statement, VIEWS, type Views } from '../../../libs/projections/index.ts';
import { idBytes } from '../ids.ts';
import { UntilTold } from '../until-told.ts';
import { bookmarkChanges } from './shelf.query-types.ts';

/** Members who are remembered: those who were asked for last. */
const MOST_MEMBERS = 5_000;

const anyBookmark = statement<{ readonly n: bigint }>('SELECT n FROM bookmark WHERE member = ? LIMIT 1');

/** Who has bookmarks at all: each page of a discussion asks for its reader's, and most have none. */
@Injectable()
export class Bookmarkers implements OnModuleDestroy {
  readonly #views: Views;
  readonly #known: UntilTold<boolean>;

  constructor(@Inject(VIEWS) views: Views) {
    this.#views = views;
    this.#known = new UntilTold(views, {
      most: MOST_MEMBERS,
      toldOf: (projected) => bookmarkChanges(projected).map(({ markerId }) => markerId),
    });
  }

  has(memberId: string): boolean {
    return this.#known.of(memberId, () => anyBookmark(this.#views.db('shelf')).get(idBytes(memberId)) !== undefined);
  }

  /** Forgets all of them. */
  clear(): void {
    this.#known.clear();
  }

  onModuleDestroy(): void {
    this.#known.close();
  }
}
