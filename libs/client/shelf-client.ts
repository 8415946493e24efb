import type { Http, RequestOptions } from './http.ts';
import type { ListOptions } from './requests.ts';
import type { DraftSpot, DraftWish, ReadTo } from './shelf-shapes.ts';

/**
 * What a member keeps for all its devices. Calls throw as ColloquyClient's do.
 *
 *     const shelf = new ShelfClient(forum.http);
 *     const draft = await shelf.keepDraft({ postId, body: 'Half a thou' });
 *     await shelf.keepDraft({ postId, body: 'Half a thought', over: draft.position });
 */
export class ShelfClient {
  readonly http: Http;

  constructor(http: Http) {
    this.http = http;
  }

  /** Newest first. */
  drafts(of: { readonly postId?: string } = {}, options?: RequestOptions) {
    return this.http.json('GET /api/v1/members/me/drafts', {}, { query: of, ...options });
  }

  /** Throws ColloquyProblem stale_revision where another device kept a text that this one has not seen. */
  keepDraft(wish: DraftWish, options?: RequestOptions) {
    return this.http.json('PUT /api/v1/members/me/drafts', {}, { body: wish, ...options });
  }

  async dropDraft({ postId, parentId, commentId }: DraftSpot, options?: RequestOptions): Promise<void> {
    const query = { postId, ...(parentId && { parentId }), ...(commentId && { commentId }) };
    await this.http.send({ method: 'DELETE', path: '/members/me/drafts', query, ...options });
  }

  /** Newest first. */
  bookmarks(list: ListOptions = {}, options?: RequestOptions) {
    return this.http.json('GET /api/v1/bookmarks', {}, { query: list, ...options });
  }

  bookmarkComment(commentId: string, options?: RequestOptions) {
    return this.http.json('PUT /api/v1/comments/:id/bookmark', { id: commentId }, options);
  }

  async unmarkComment(commentId: string, options?: RequestOptions): Promise<void> {
    await this.http.send({ method: 'DELETE', path: `/comments/${commentId}/bookmark`, ...options });
  }

  bookmarkPost(postId: string, options?: RequestOptions) {
    return this.http.json('PUT /api/v1/posts/:id/bookmark', { id: postId }, options);
  }

  /** Goes on with a visit that began when the member opened the discussion, or begins one; where none is kept, nothing happens. */
  async readOn(postId: string, readTo: ReadTo, options?: RequestOptions): Promise<void> {
    await this.http.send({ method: 'PUT', path: `/posts/${postId}/visit`, body: readTo, ...options });
  }

  async unmarkPost(postId: string, options?: RequestOptions): Promise<void> {
    await this.http.send({ method: 'DELETE', path: `/posts/${postId}/bookmark`, ...options });
  }
}
