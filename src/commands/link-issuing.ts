import { type CommandMeta, deriveId } from '../../libs/kernel/index.ts';
import type { Commands } from '../../libs/nest-decider/index.ts';
import { IssueLink, RequestLink } from '../domain/link/link.commands.ts';
import { wayBackId } from '../domain/member/ways-back.rules.ts';
import type { LinkLookup } from './link-lookup.ts';
import { newLinkToken } from './link-token.ts';

/** Makes the secrets of links for the mails that carry them. */
export class LinkIssuing {
  readonly #commands: Commands;
  readonly #links: LinkLookup;

  constructor(commands: Commands, links: LinkLookup) {
    this.#commands = commands;
    this.#links = links;
  }

  /**
   * `<linkId>.<secret>`, once the log has its hash; null for a link that was used or has run out. Without a member the
   * same is recorded, so that the log's positions do not tell whose address has an account.
   */
  async issue(linkId: string, memberId: string | null, meta: CommandMeta): Promise<string | null> {
    if ((await this.#links.waiting(linkId, memberId, meta.now)) === null) return null;
    const { token, hash } = newLinkToken(linkId);
    const issued = { linkId, hash, memberId: memberId ?? deriveId(linkId, 'nobody') };
    await this.#commands.execute(new IssueLink(issued, { ...meta, commandId: deriveId(linkId, hash) }));
    return memberId === null ? null : token;
  }

  /** A link that undoes a change of a way to sign in, which `causeId` recorded at `since`; the same for each attempt. */
  async wayBack(
    change: { readonly causeId: string; readonly since: string; readonly memberId: string },
    meta: CommandMeta,
  ): Promise<string | null> {
    const { causeId, since, memberId } = change;
    const linkId = wayBackId(causeId, memberId);
    return this.#issueFor({ linkId, purpose: 'way-back', memberId, since }, meta);
  }

  /** A link that takes back the erasure which `causeId` asked for at `since`; the same for each attempt. */
  stay(
    asked: { readonly causeId: string; readonly since: string; readonly memberId: string },
    meta: CommandMeta,
  ): Promise<string | null> {
    const { causeId, since, memberId } = asked;
    return this.#issueFor({ linkId: deriveId(causeId, 'stay', memberId), purpose: 'stay', memberId, since }, meta);
  }

  async #issueFor(
    wish: Pick<RequestLink['data'], 'linkId' | 'purpose' | 'since'> & { readonly memberId: string },
    meta: CommandMeta,
  ): Promise<string | null> {
    const { linkId, memberId } = wish;
    await this.#commands.execute(new RequestLink({ ...wish, email: null, next: null }, { ...meta, commandId: linkId }));
    return this.issue(linkId, memberId, meta);
  }
}
