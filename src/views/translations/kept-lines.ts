import { Inject, Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { TranslationLine } from '../../../libs/client/index.ts';
import { VIEWS, type Views } from '../../../libs/projections/index.ts';
import { authorsShown, postShown } from '../shown.ts';
import { UntilChanged } from '../until-changed.ts';
import { TranslationLines } from './door/translation-lines.ts';

/** As `bytesOf` counts them. */
const MOST_BYTES = 1024 * 1024;
const LINE_BYTES = 500;

/** What is told of the translations of posts themselves, until something of that changes. */
@Injectable()
export class KeptLines implements OnModuleDestroy {
  readonly #lines: Pick<TranslationLines, 'ofPost'>;
  readonly #kept: UntilChanged<readonly TranslationLine[]>;

  constructor(
    @Inject(VIEWS) views: Pick<Views, 'onProjected'>,
    @Inject(TranslationLines) lines: Pick<TranslationLines, 'ofPost'>,
  ) {
    this.#lines = lines;
    this.#kept = new UntilChanged(views, { mostBytes: MOST_BYTES, bytesOf: (told) => LINE_BYTES * told.length });
  }

  async ofPost(postId: string): Promise<readonly TranslationLine[]> {
    const standing = this.#kept.standing(postId);
    if (standing !== undefined) return standing;
    return this.#kept.make(postId, async () => {
      const value = await this.#lines.ofPost(postId);
      return { value, shows: [postShown(postId), ...authorsShown([{ author: null, translations: value }])] };
    });
  }

  /** Forgets all of them. */
  clear(): void {
    this.#kept.clear();
  }

  onModuleDestroy(): void {
    this.#kept.close();
  }
}
