import type { QueryBus } from '@nestjs/cqrs';
import { languagesAround, toldLanguage } from '../../libs/languages/index.ts';
import type { TextLanguage } from '../../libs/words/index.ts';
import { GetPostLocale } from '../views/post-list/post-list.query-types.ts';

export interface TellingLanguagesParts {
  readonly queries: Pick<QueryBus, 'execute'>;
  /** The languages that the site is read in. */
  readonly locales: () => readonly TextLanguage[];
}

/** The text of a comment or of a post, and the post that it is about: null for none yet. */
export interface ToldText {
  readonly body: string;
  readonly postId: string | null;
}

/**
 * Tells the language of what somebody writes: by its script, or by its words among the site's languages and the one of the
 * post. A text that does not tell has none.
 */
export class TellingLanguages {
  readonly #parts: TellingLanguagesParts;

  constructor(parts: TellingLanguagesParts) {
    this.#parts = parts;
  }

  /** As a part of a wish. */
  async of({ body, postId }: ToldText): Promise<{ readonly language?: TextLanguage }> {
    const locale = postId === null ? null : await this.#parts.queries.execute(new GetPostLocale(postId));
    const language = toldLanguage(body, languagesAround(this.#parts.locales(), locale));
    return language === null ? {} : { language };
  }
}
