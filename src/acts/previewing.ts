import { inUnicode } from '../../libs/burmese/index.ts';
import type { Preview } from '../../libs/client/index.ts';
import { TEXT_LIMITS } from '../../libs/words/index.ts';
import { networkOf } from '../access/network.ts';
import type { Principal } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import type { TakingPart } from '../commands/taking-part.ts';
import { textOf } from '../domain/text.ts';

export interface PreviewingParts {
  readonly limits: RateLimits;
  readonly takingPart: Pick<TakingPart, 'require'>;
  /** A comment's Markdown as safe HTML. */
  readonly htmlOf: (markdown: string) => Promise<string>;
  /** That of a post, which may be long. */
  readonly postHtmlOf: (markdown: string) => Promise<string>;
}

/** Shows what a text would be as a comment or a post; nothing of it is kept. */
export class Previewing {
  readonly #parts: PreviewingParts;

  constructor(parts: PreviewingParts) {
    this.#parts = parts;
  }

  /** The HTML that readers of the posted text get. Throws DomainError invalid, rate_limited. */
  async preview(body: string, by: Principal | null, { address }: { readonly address: string }): Promise<Preview> {
    const { limits, htmlOf } = this.#parts;
    await (by === null ? limits.take('preview-guest', networkOf(address)) : limits.take('preview', by.memberId));
    return { bodyHtml: await htmlOf(textOf(inUnicode(body), 'body', TEXT_LIMITS.comment)) };
  }

  /** The same for the text of a post, which may still be empty, to whoever may publish it. */
  async previewPost(body: string, { memberId }: Principal): Promise<Preview> {
    await this.#parts.limits.take('preview', memberId);
    await this.#parts.takingPart.require(memberId);
    return {
      bodyHtml: await this.#parts.postHtmlOf(textOf(inUnicode(body), 'body', { ...TEXT_LIMITS.postBody, min: 0 })),
    };
  }
}
