import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Slices } from '../../../libs/kernel/index.ts';
import { postExcerptOf } from '../../../libs/markdown/index.ts';
import { VIEWS, type Views } from '../../../libs/projections/index.ts';
import { VAULT, type Vault } from '../../../libs/vault/index.ts';
import { commentHtml } from '../comment-html.ts';
import { idText } from '../ids.ts';
import { openedText } from '../sealed-text.ts';
import { UntilErased } from '../until-erased.ts';
import type { TranslatedHead } from './translations.query-types.ts';

/** Characters of rendered translations in memory, and of their beginnings. */
const MOST_CHARACTERS = 2 * 1024 * 1024;

/** A text of a translation; `n` is its position. */
export interface SealedTranslation {
  readonly n: number;
  readonly id: Buffer;
  readonly sealed: Buffer;
}

/** Translations of comments, and the beginnings of those of posts, opened and rendered once, until an erasure goes on. */
@Injectable()
export class TranslationHtmls implements OnModuleDestroy {
  readonly #vault: Pick<Vault, 'open'>;
  readonly #slices = new Slices();
  readonly #kept = new LRUCache<number, string>({
    maxSize: MOST_CHARACTERS,
    sizeCalculation: (html) => html.length + 200,
  });
  readonly #heads = new LRUCache<number, TranslatedHead>({
    maxSize: MOST_CHARACTERS,
    sizeCalculation: ({ title, excerptHtml }) => title.length + excerptHtml.length + 200,
  });
  readonly #erasing: UntilErased;

  constructor(@Inject(VAULT) vault: Pick<Vault, 'open'>, @Inject(VIEWS) views: Pick<Views, 'onProjected'>) {
    this.#vault = vault;
    this.#erasing = new UntilErased(views, {
      renewals: ['translations'],
      forget: () => {
        this.#kept.clear();
        this.#heads.clear();
      },
    });
  }

  onModuleDestroy(): void {
    this.#erasing.close();
  }

  /** Null where the key was destroyed, and where nothing opens the text. */
  async of(of: SealedTranslation): Promise<string | null> {
    const known = this.#kept.get(of.n);
    if (known !== undefined) return known;
    const { times } = this.#erasing;
    const { text } = openedText(await this.#opened(of), 'body');
    if (text === null) return null;
    const html = await commentHtml(text, this.#slices);
    if (times === this.#erasing.times) this.#kept.set(of.n, html);
    return html;
  }

  /** Null as there, and for one without a title. */
  async headOf(of: SealedTranslation): Promise<TranslatedHead | null> {
    const known = this.#heads.get(of.n);
    if (known !== undefined) return known;
    const { times } = this.#erasing;
    const personal = await this.#opened(of);
    const [title, body] = [openedText(personal, 'title').text, openedText(personal, 'body').text];
    if (title === null || title === '' || body === null) return null;
    const head = { title, excerptHtml: await this.#slices.run(() => postExcerptOf(body)) };
    if (times === this.#erasing.times) this.#heads.set(of.n, head);
    return head;
  }

  #opened({ id, sealed }: SealedTranslation) {
    return this.#vault.open(sealed, { stream: `translation-${idText(id)}`, type: 'TranslationWritten.v1' });
  }
}
