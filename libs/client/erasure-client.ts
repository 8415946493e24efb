import type { ImportedErasureWish, MemberErasureWish, OwnErasureWish, PurgeWish } from './erasure-shapes.ts';
import type { Http, RequestOptions } from './http.ts';

/**
 * The right to be forgotten. Calls throw as ColloquyClient's do.
 *
 *     const erasures = new ErasureClient(forum.http);
 *     const { erasureId } = await erasures.eraseMe({ comments: 'remove', password });
 */
export class ErasureClient {
  readonly http: Http;

  constructor(http: Http) {
    this.http = http;
  }

  /** Everything that the forum keeps of the member: a ZIP, which the response streams. */
  ownData(options?: RequestOptions): Promise<Response> {
    return this.http.send({ method: 'GET', path: '/members/me/data', ...options });
  }

  eraseMe(wish: OwnErasureWish, options?: RequestOptions) {
    return this.http.json('POST /api/v1/members/me/erasure', {}, { body: wish, ...options });
  }

  /** For admins. */
  eraseMember(memberId: string, wish: MemberErasureWish = {}, options?: RequestOptions) {
    return this.http.json('POST /api/v1/members/:id/erasure', { id: memberId }, { body: wish, ...options });
  }

  /** For admins: people that an import brought. */
  eraseImported(wish: ImportedErasureWish, options?: RequestOptions) {
    return this.http.json('POST /api/v1/erasures', {}, { body: wish, ...options });
  }

  /** How far it is, for whoever has the id. */
  erasure(id: string, options?: RequestOptions) {
    return this.http.json('GET /api/v1/erasures/:id', { id }, options);
  }

  /** By the member itself or an admin, until it begins. */
  async takeBackErasure(id: string, options?: RequestOptions): Promise<void> {
    await this.http.send({ method: 'DELETE', path: `/erasures/${id}`, ...options });
  }

  /** For moderators: the text of one comment, for good. */
  purgeComment(commentId: string, wish: PurgeWish, options?: RequestOptions) {
    return this.http.json('POST /api/v1/comments/:id/purge', { id: commentId }, { body: wish, ...options });
  }
}
