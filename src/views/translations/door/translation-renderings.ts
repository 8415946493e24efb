import { hash } from 'node:crypto';
import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { renderTranslationAside } from '../../../../libs/markdown/index.ts';
import { VIEWS, type Views } from '../../../../libs/projections/index.ts';
import { UntilErased } from '../../until-erased.ts';

/** Characters of rendered translations in memory. */
const MOST_CHARACTERS = 8 * 1024 * 1024;

/** What a rendering is made from; the pictures of the original are shown in its translations too. */
export interface RenderedFrom {
  readonly body: string;
  readonly original: string;
}

/**
 * Translations of posts as pages show them, each rendered once for all who ask. Who asks has opened the text, so that none is given of
 * a text whose key is gone; all are forgotten as an erasure goes on.
 */
@Injectable()
export class TranslationRenderings implements OnModuleDestroy {
  readonly #known = new LRUCache<string, { readonly html: string }>({
    maxSize: MOST_CHARACTERS,
    sizeCalculation: ({ html }) => html.length + 200,
  });
  readonly #underWay = new Map<string, Promise<string>>();
  readonly #erasing: UntilErased;

  constructor(@Inject(VIEWS) views: Pick<Views, 'onProjected'>) {
    this.#erasing = new UntilErased(views, { forget: () => this.#known.clear() });
  }

  onModuleDestroy(): void {
    this.#erasing.close();
  }

  htmlOf(text: RenderedFrom): Promise<string> {
    const key = hash('sha256', JSON.stringify([text.body, text.original]));
    const known = this.#known.get(key);
    if (known !== undefined) return Promise.resolve(known.html);
    const running = this.#underWay.get(key);
    if (running !== undefined) return running;
    const rendering = this.#render(key, text).finally(() => this.#underWay.delete(key));
    this.#underWay.set(key, rendering);
    return rendering;
  }

  async #render(key: string, { body, original }: RenderedFrom): Promise<string> {
    const { times } = this.#erasing;
    const html = await renderTranslationAside(body, original);
    if (times === this.#erasing.times) this.#known.set(key, { html });
    return html;
  }
}
