import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Slices } from '../../../libs/kernel/index.ts';
import { renderComment } from '../../../libs/markdown/index.ts';
import { VIEWS, type Views } from '../../../libs/projections/index.ts';
import { VAULT, type Vault } from '../../../libs/vault/index.ts';
import { idText } from '../ids.ts';
import { openedText } from '../sealed-text.ts';
import { UntilErased } from '../until-erased.ts';

/** Characters of rendered translations in memory. */
const MOST_CHARACTERS = 2 * 1024 * 1024;

/** A text of a translation of a comment; `n` is its position. */
export interface SealedTranslation {
  readonly n: number;
  readonly id: Buffer;
  readonly sealed: Buffer;
}

/** Translations of comments, opened and rendered once, until an erasure goes on. */
@Injectable()
export class TranslationHtmls implements OnModuleDestroy {
  readonly #vault: Pick<Vault, 'open'>;
  readonly #slices = new Slices();
  readonly #kept = new LRUCache<number, string>({
    maxSize: MOST_CHARACTERS,
    sizeCalculation: (html) => html.length + 200,
  });
  readonly #erasing: UntilErased;

  constructor(@Inject(VAULT) vault: Pick<Vault, 'open'>, @Inject(VIEWS) views: Pick<Views, 'onProjected'>) {
    this.#vault = vault;
    this.#erasing = new UntilErased(views, { renewals: ['translations'], forget: () => this.#kept.clear() });
  }

  onModuleDestroy(): void {
    this.#erasing.close();
  }

  /** Null where the key was destroyed, and where nothing opens the text. */
  async of({ n, id, sealed }: SealedTranslation): Promise<string | null> {
    const known = this.#kept.get(n);
    if (known !== undefined) return known;
    const { times } = this.#erasing;
    const stream = `translation-${idText(id)}`;
    const personal = await this.#vault.open(sealed, { stream, type: 'TranslationWritten.v1' });
    const { text } = openedText(personal, 'body');
    if (text === null) return null;
    const html = await this.#slices.run(() => renderComment(text));
    if (times === this.#erasing.times) this.#kept.set(n, html);
    return html;
  }
}
