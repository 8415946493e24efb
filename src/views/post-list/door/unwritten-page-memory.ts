import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { UnwrittenPage } from '../post-list.query-types.ts';

/** Some MiB at most, however many addresses somebody invents; a forgotten page is found again by its address. */
const MOST_PAGES = 10_000;

/** Pages of other sites that somebody has looked for and nobody has commented on: the log has nothing of them. */
@Injectable()
export class UnwrittenPageMemory {
  readonly #pages = new LRUCache<string, UnwrittenPage>({ max: MOST_PAGES });

  remember(page: UnwrittenPage): void {
    this.#pages.set(page.id, page);
  }

  of(postId: string): UnwrittenPage | undefined {
    return this.#pages.get(postId);
  }
}
