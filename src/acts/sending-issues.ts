import type { QueryBus } from '@nestjs/cqrs';
import type { IssueProgress, Post } from '../../libs/client/index.ts';
import { type Command, DomainError, type Position } from '../../libs/kernel/index.ts';
import type { IssueAct } from '../../libs/words/index.ts';
import type { Asking } from '../access/asking.ts';
import { commandMeta, type Principal } from '../access/principal.ts';
import type { RateLimits } from '../access/rate-limits.ts';
import type { TakingPart } from '../commands/taking-part.ts';
import { BeginIssue, ResumeIssue, StopIssue, TestIssue } from '../domain/newsletter/issue.commands.ts';
import { GetOwnMember } from '../views/members/members.query-types.ts';
import { GetPost } from '../views/post-list/post-list.query-types.ts';
import { GetIssueProgress } from '../views/publishing/publishing.query-types.ts';
import { FindUnsendableQuotes, type UnsendableQuote } from '../views/thread/thread.query-types.ts';
import type { ForumWrites } from './forum-writes.ts';
import { requireSendable } from './issue-quotes.ts';
import { unlessGone } from './unless-gone.ts';

export interface SendingIssuesParts {
  readonly writes: ForumWrites;
  readonly limits: RateLimits;
  readonly takingPart: Pick<TakingPart, 'require'>;
  readonly queries: Pick<QueryBus, 'execute'>;
}

export interface DoneAboutIssue {
  readonly position: Position;
  readonly changed: boolean;
}

/** How editors send issues of the newsletter: a test to themselves, then once to all, stopped and resumed. */
export class SendingIssues {
  readonly #parts: SendingIssuesParts;

  constructor(parts: SendingIssuesParts) {
    this.#parts = parts;
  }

  /** Throws DomainError post_not_found for what is no issue. */
  async issue(idOrSlug: string, by: Principal): Promise<Post> {
    const post = await this.#parts.queries.execute(new GetPost(idOrSlug, by, new Date().toISOString()));
    if (post.kind !== 'newsletter') throw new DomainError('post_not_found', 'There is no such issue.');
    return post;
  }

  progress(postId: string): Promise<IssueProgress> {
    return this.#parts.queries.execute(new GetIssueProgress(postId));
  }

  /** The quotes of comments because of which an issue is not sent, and which are to be taken out of one that readers see. */
  unsendable(body: string): Promise<readonly UnsendableQuote[]> {
    return this.#parts.queries.execute(new FindUnsendableQuotes(body));
  }

  /** Who asks, where nobody has shown that the address is theirs: no test goes there. Null for all others. */
  async unconfirmed({ memberId }: Principal): Promise<{ readonly email: string | null } | null> {
    const { email, emailConfirmed } = await this.#parts.queries.execute(new GetOwnMember(memberId));
    return emailConfirmed ? null : { email };
  }

  /**
   * `changed` is false where it was so already, as when another editor was faster. Throws DomainError conflict for a post that readers do not see or that is no newsletter, and for
   * a test to an address that is not confirmed, conflict for an issue with unsendable quotes, rate_limited, and as `TakingPart`.
   */
  async act(act: IssueAct, postId: string, by: Principal, asking: Asking): Promise<DoneAboutIssue> {
    await this.#parts.limits.take(act === 'test' ? 'test-mail' : 'publish', by.memberId);
    await this.#parts.takingPart.require(by.memberId);
    if (act === 'test' && (await this.unconfirmed(by)) !== null) {
      throw new DomainError('conflict', 'A test goes to a confirmed address alone: confirm yours first.');
    }
    const post = await unlessGone(this.#parts.queries.execute(new GetPost(postId, null, new Date().toISOString())));
    if (act !== 'stop' && post !== null) await requireSendable(this.#parts.queries, post.body);
    const isOut = post?.kind === 'newsletter';
    const { position, repeated } = await this.#parts.writes.send(wishOf(act, { postId, isOut }, { by, asking }));
    return { position, changed: !repeated };
  }
}

function wishOf(
  act: IssueAct,
  { postId, isOut }: { readonly postId: string; readonly isOut: boolean },
  { by, asking }: { readonly by: Principal; readonly asking: Asking },
): Command {
  const meta = commandMeta(by, asking.commandId, asking.correlationId);
  switch (act) {
    case 'test':
      return new TestIssue({ postId, memberId: by.memberId, isOut }, meta);
    case 'send':
      return new BeginIssue({ postId, isOut }, meta);
    case 'stop':
      return new StopIssue({ postId }, meta);
    case 'resume':
      return new ResumeIssue({ postId, isOut }, meta);
    default:
      throw new DomainError('invalid', `${String(act satisfies never)} is nothing to do about an issue.`);
  }
}
