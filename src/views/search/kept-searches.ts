import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FoundText, Page } from '../../../libs/client/index.ts';
import { VIEWS, type Views } from '../../../libs/projections/index.ts';
import { ALL_COMMENTS, authorsShown, FOUND_WORDS, LIST_OF_POSTS } from '../shown.ts';
import { type Made, UntilChanged } from '../until-changed.ts';
import { AskedBefore } from './asked-before.ts';

const MOST_BYTES = 8 * 1024 * 1024;
/** A handle may change. */
const MOST_MS = 10_000;

interface Kept {
  readonly page: Page<FoundText>;
  /** Milliseconds since 1970. */
  readonly until: number;
  readonly bytes: number;
}

/**
 * What was found, the same for everybody who asks, until any post, comment or author of it changes. It is kept when it is asked for the second
 * time: most searches come once, and what is kept of them is old to the collector when it goes, which then holds up all others.
 */
@Injectable()
export class KeptSearches implements OnModuleDestroy {
  readonly #kept: UntilChanged<Kept>;
  readonly #asked = new AskedBefore();

  constructor(@Inject(VIEWS) views: Pick<Views, 'onProjected'>) {
    this.#kept = new UntilChanged(views, { mostBytes: MOST_BYTES, bytesOf: ({ bytes }) => bytes });
  }

  /** As UntilChanged has it. */
  get state(): { readonly made: number; readonly bytes: number } {
    return this.#kept.state;
  }

  /** `now`, and when the next post appears by the clock, in milliseconds since 1970. Rejects like `make`. */
  async page(
    key: string,
    now: number,
    { make, nextOut }: { readonly make: () => Promise<Page<FoundText>>; readonly nextOut: () => number | null },
  ): Promise<Page<FoundText>> {
    const standing = this.#kept.standing(key);
    if (standing !== undefined && now < standing.until) return standing.page;
    const isKept = this.#asked.ask(key);
    const making = async (): Promise<Made<Kept>> => {
      const until = Math.min(now + MOST_MS, nextOut() ?? Number.POSITIVE_INFINITY);
      const page = await make();
      const value = { page, until, bytes: bytesOf(page) };
      return { value, shows: [FOUND_WORDS, ALL_COMMENTS, LIST_OF_POSTS, ...authorsShown(page.items)] };
    };
    const made = await this.#kept.make(key, making, { isKept });
    return made.page;
  }

  onModuleDestroy(): void {
    this.#kept.close();
  }
}

/** UTF-16 units of what is found beside its texts, about. */
const BESIDE = 600;

/** About: to write a page down for its length takes as long as to answer with it. */
function bytesOf({ items }: Page<FoundText>): number {
  return items.reduce(
    (sum, { post, titleHtml, highlightHtml }) =>
      sum + 2 * (BESIDE + post.title.length + titleHtml.length + highlightHtml.length),
    0,
  );
}
