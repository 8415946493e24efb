import type { Http, RequestOptions } from './http.ts';
import type { IssuePeriod, PostDraftWish } from './post-draft-shapes.ts';
import type { ListOptions } from './requests.ts';

/**
 * What editors write before readers see it. Calls throw as ColloquyClient's do.
 *
 *     const drafts = new PostDraftsClient(forum.http);
 *     const draft = await drafts.keep(postId, { title: 'Half a thou' });
 *     await drafts.keep(postId, { title: 'Half a thought', over: draft.position });
 */
export class PostDraftsClient {
  readonly http: Http;

  constructor(http: Http) {
    this.http = http;
  }

  /** Those of all editors, newest first. */
  list(list: ListOptions = {}, options?: RequestOptions) {
    return this.http.json('GET /api/v1/post-drafts', {}, { query: list, ...options });
  }

  get(postId: string, options?: RequestOptions) {
    return this.http.json('GET /api/v1/post-drafts/:id', { id: postId }, options);
  }

  /** `postId` is that of a post, or of one that is to come. Throws ColloquyProblem stale_revision where somebody kept a newer text. */
  keep(postId: string, wish: PostDraftWish, options?: RequestOptions) {
    return this.http.json('PUT /api/v1/post-drafts/:id', { id: postId }, { body: wish, ...options });
  }

  /**
   * Begins a newsletter with the posts of a period and its most discussed comments, by members who allow that. Throws
   * ColloquyProblem conflict where the period has neither.
   */
  fromPeriod(period: IssuePeriod, options?: RequestOptions) {
    return this.http.json('POST /api/v1/post-drafts/from-period', {}, { body: period, ...options });
  }

  /** The text as readers of the post would get it; nothing is kept. */
  preview(body: string, options?: RequestOptions) {
    return this.http.json('POST /api/v1/post-previews', {}, { body: { body }, ...options });
  }

  /** The links by which people without an account read the post now, newest first. */
  previewLinks(postId: string, options?: RequestOptions) {
    return this.http.json('GET /api/v1/posts/:id/preview-links', { id: postId }, options);
  }

  /** Ends after 30 days unless told. Throws ColloquyProblem conflict for what is published, and for too many. */
  share(postId: string, wish: { readonly days?: number } = {}, options?: RequestOptions) {
    return this.http.json('POST /api/v1/posts/:id/preview-links', { id: postId }, { body: wish, ...options });
  }

  async unshare(linkId: string, options?: RequestOptions): Promise<void> {
    await this.http.send({ method: 'DELETE', path: `/preview-links/${linkId}`, ...options });
  }

  /** `over` is the position of the text that is thrown away. Throws ColloquyProblem stale_revision where there is a newer one. */
  async drop(postId: string, over: string, options?: RequestOptions): Promise<void> {
    await this.http.send({ method: 'DELETE', path: `/post-drafts/${postId}`, query: { over }, ...options });
  }
}
