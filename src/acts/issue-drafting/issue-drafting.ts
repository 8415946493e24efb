import type { QueryBus } from '@nestjs/cqrs';
import type { Comment } from '../../../libs/client/index.ts';
import { DomainError, deriveId, type Position } from '../../../libs/kernel/index.ts';
import type { Asking } from '../../access/asking.ts';
import type { Principal } from '../../access/principal.ts';
import type { RateLimits } from '../../access/rate-limits.ts';
import type { TakingPart } from '../../commands/taking-part.ts';
import { GetPost, ListPeriodPosts } from '../../views/post-list/post-list.query-types.ts';
import type { KeptPostDraft } from '../../views/shelf/post-drafts.query-types.ts';
import type { SiteInMemory } from '../../views/site/site.query-types.ts';
import { ListDiscussedComments } from '../../views/thread/thread.query-types.ts';
import type { PostDrafting } from '../post-drafting.ts';
import { unlessGone } from '../unless-gone.ts';
import { type IssueQuote, issueText } from './issue-text.ts';
import { MOST_PERIOD_DAYS, type Period, type PeriodSpan, spanOf } from './period.ts';
import { issueWordsIn } from './words.ts';

/** The posts and the quotes of a drafted issue at most. */
export const MOST_ISSUE_POSTS = 100;
export const MOST_ISSUE_QUOTES = 10;

export interface IssueDraftingParts {
  readonly limits: RateLimits;
  readonly takingPart: Pick<TakingPart, 'require'>;
  readonly queries: Pick<QueryBus, 'execute'>;
  readonly drafts: Pick<PostDrafting, 'keep'>;
  readonly site: Pick<SiteInMemory, 'now'>;
  /** A text as Markdown that shows it unchanged. */
  readonly asMarkdown: (text: string) => string;
  /** The beginning of a text in Markdown, in plain words. */
  readonly headOf: (markdown: string) => string;
}

/** Begins an issue of the newsletter with what a period has brought. */
export class IssueDrafting {
  readonly #parts: IssueDraftingParts;

  constructor(parts: IssueDraftingParts) {
    this.#parts = parts;
  }

  /**
   * A draft for all editors, in the language of the site; null where the period has nothing. Throws DomainError invalid for a
   * wrong period, and as `PostDrafting.keep`.
   */
  async begin(
    period: Period,
    by: Principal,
    asking: Asking,
  ): Promise<{ readonly draft: KeptPostDraft; readonly position: Position } | null> {
    const { limits, takingPart, queries, drafts, site, asMarkdown } = this.#parts;
    await limits.take('preview', by.memberId);
    await takingPart.require(by.memberId);
    const { timeZone: zone, defaultLocale: locale } = site.now();
    const span = spanOf(period, zone, Date.now());
    if (span === null) throw wrongPeriod();
    const posts = await queries.execute(new ListPeriodPosts(span.from, span.until, MOST_ISSUE_POSTS));
    const quotes = await this.#quotes(span);
    if (posts.length === 0 && quotes.length === 0) return null;
    const text = issueText({ period, posts, quotes }, { words: issueWordsIn(locale), zone, asMarkdown });
    return drafts.keep(deriveId(asking.commandId, 'issue'), { ...text, locale, kind: 'newsletter' }, by, asking);
  }

  async #quotes({ from, until }: PeriodSpan): Promise<readonly IssueQuote[]> {
    const comments = await this.#parts.queries.execute(new ListDiscussedComments(from, until, MOST_ISSUE_QUOTES));
    const quotes = await Promise.all(comments.map((comment) => this.#quote(comment)));
    return quotes.flatMap((quote) => quote ?? []);
  }

  /** Null for one whose text or author is gone meanwhile, and for one that says nothing in words. */
  async #quote({ id, body, author, postId }: Comment): Promise<IssueQuote | null> {
    const post = await unlessGone(this.#parts.queries.execute(new GetPost(postId, null, new Date().toISOString())));
    const head = body === null ? '' : this.#parts.headOf(body);
    if (post === null || author === null || head === '') return null;
    return { id, name: author.displayName, head, post };
  }
}

function wrongPeriod(): DomainError {
  const message = `must be two days such as 2026-10-01 and 2026-10-31, the first not after the last or in the future, and at most ${MOST_PERIOD_DAYS} days`;
  return new DomainError('invalid', `from and to ${message}.`, [
    { field: 'from', message },
    { field: 'to', message },
  ]);
}
