import { Http, type HttpOptions, type RequestOptions } from './http.ts';
import type { ThreadOptions } from './requests.ts';

/** The part of the REST API that readers of a thread need, apart from the rest so that they load no more. */
export class ThreadClient {
  readonly http: Http;

  constructor(options: HttpOptions = {}) {
    this.http = new Http(options);
  }

  comments(postId: string, thread: ThreadOptions = {}, options?: RequestOptions) {
    return this.http.json('GET /api/v1/posts/:id/comments', { id: postId }, { query: thread, ...options });
  }

  /** What a text would look like as a comment. */
  preview(body: string, options?: RequestOptions) {
    return this.http.json('POST /api/v1/previews', {}, { body: { body }, ...options });
  }
}
