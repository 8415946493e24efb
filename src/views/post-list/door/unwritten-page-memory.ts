import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { UnwrittenPage } from '../post-list.query-types.ts';

/** However many addresses somebody invents; a forgotten page is found again by its address. */
const MOST_PAGES = 10_000;
const MOST_BYTES = 8 * 1024 * 1024;

/** Pages of other sites that somebody has looked for and nobody has commented on: the log has nothing of them. */
@Injectable()
export class UnwrittenPageMemory {
  readonly #pages = new LRUCache<string, UnwrittenPage>({
    max: MOST_PAGES,
    maxSize: MOST_BYTES,
    sizeCalculation: ({ slug, url, title }) => 2 * (slug.length + url.length + title.length) + 500,
  });

  remember(page: UnwrittenPage): void {
    this.#pages.set(page.id, page);
  }

  /** What is remembered now. */
  get state(): { readonly pages: number; readonly bytes: number } {
    return { pages: this.#pages.size, bytes: this.#pages.calculatedSize };
  }

  of(postId: string): UnwrittenPage | undefined {
    return this.#pages.get(postId);
  }
}
