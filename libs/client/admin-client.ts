import type { Http, RequestOptions } from './http.ts';
import type { InvitationWish, ListOptions, MemberListOptions, MembershipChange } from './requests.ts';
import type { PageRulesWish, SiteWish } from './site-shapes.ts';

/**
 * The settings of the forum, and who comes in: for admins, and in part for moderators. Calls throw as ColloquyClient's
 * do.
 *
 *     const admin = new AdminClient(forum.http);
 *     const { url } = await admin.invite({ roles: ['editor'] });
 */
export class AdminClient {
  readonly http: Http;

  constructor(http: Http) {
    this.http = http;
  }

  changeSite(wish: SiteWish, options?: RequestOptions) {
    return this.http.json('PATCH /api/v1/site', {}, { body: wish, ...options });
  }

  /** What other aliases and parameters would do to the pages of other sites; nothing is changed. */
  pageMoves(wish: PageRulesWish, options?: RequestOptions) {
    return this.http.json('POST /api/v1/site/page-moves', {}, { body: wish, ...options });
  }

  /** Newest first, for moderators too; addresses are for admins alone, whose look is recorded. */
  members(list: MemberListOptions = {}, options?: RequestOptions) {
    return this.http.json('GET /api/v1/members', {}, { query: list, ...options });
  }

  /** Lets in a member who waits, or refuses one; for moderators too. */
  setMembership(memberId: string, change: MembershipChange, options?: RequestOptions) {
    return this.http.json('PUT /api/v1/members/:id/membership', { id: memberId }, { body: change, ...options });
  }

  /** The answer is the only one that has the invitation's token. */
  invite(wish: InvitationWish = {}, options?: RequestOptions) {
    return this.http.json('POST /api/v1/invitations', {}, { body: wish, ...options });
  }

  invitations(list: ListOptions = {}, options?: RequestOptions) {
    return this.http.json('GET /api/v1/invitations', {}, { query: list, ...options });
  }

  async withdrawInvitation(id: string, options?: RequestOptions): Promise<void> {
    await this.http.send({ method: 'DELETE', path: `/invitations/${id}`, ...options });
  }
}
