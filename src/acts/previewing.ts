import type { Preview } from '../../libs/client/index.ts';
import { TEXT_LIMITS } from '../../libs/words/index.ts';
import { networkOf } from '../access/network.ts';
import type { Principal } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import { textOf } from '../domain/text.ts';

export interface PreviewingParts {
  readonly limits: RateLimits;
  /** A comment's Markdown as safe HTML. */
  readonly htmlOf: (markdown: string) => string;
}

/** Shows what a text would be as a comment; nothing of it is kept. */
export class Previewing {
  readonly #parts: PreviewingParts;

  constructor(parts: PreviewingParts) {
    this.#parts = parts;
  }

  /** The HTML that readers of the posted text get. Throws DomainError invalid, rate_limited. */
  async preview(body: string, by: Principal | null, { address }: { readonly address: string }): Promise<Preview> {
    const { limits, htmlOf } = this.#parts;
    await (by === null ? limits.take('preview-guest', networkOf(address)) : limits.take('preview', by.memberId));
    return { bodyHtml: htmlOf(textOf(body, 'body', TEXT_LIMITS.comment)) };
  }
}
