import type { Http, RequestOptions } from './http.ts';

/** What makes comments stand out: the accepted answer of a post that asks, and what editors feature. */
export class MarksClient {
  readonly http: Http;

  constructor(http: Http) {
    this.http = http;
  }

  /** By editors: one comment may then be accepted as the answer. */
  ask(postId: string, options?: RequestOptions) {
    return this.http.json('PUT /api/v1/posts/:id/asking', { id: postId }, options);
  }

  askNoMore(postId: string, options?: RequestOptions) {
    return this.http.json('DELETE /api/v1/posts/:id/asking', { id: postId }, options);
  }

  /** By the author of the post or an editor; it takes the place of another answer. */
  accept(commentId: string, options?: RequestOptions) {
    return this.http.json('PUT /api/v1/comments/:id/accepted', { id: commentId }, options);
  }

  takeBackAcceptance(commentId: string, options?: RequestOptions) {
    return this.http.json('DELETE /api/v1/comments/:id/accepted', { id: commentId }, options);
  }

  /** By editors. */
  feature(commentId: string, options?: RequestOptions) {
    return this.http.json('PUT /api/v1/comments/:id/featured', { id: commentId }, options);
  }

  unfeature(commentId: string, options?: RequestOptions) {
    return this.http.json('DELETE /api/v1/comments/:id/featured', { id: commentId }, options);
  }
}
