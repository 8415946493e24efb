import type { Http, RequestOptions } from './http.ts';
import type {
  TranslationDismissalWish,
  TranslationRemovalWish,
  TranslationReportWish,
  TranslationSeen,
  TranslationsWish,
  TranslationWish,
} from './translation-shapes.ts';

/**
 * What others wrote, in other languages. Calls throw as ColloquyClient's do.
 *
 *     const translations = new TranslationsClient(forum.http);
 *     const { sourceRevision } = await translations.ofComment(commentId);
 *     await translations.translateComment(commentId, { language: 'th', body: 'สวัสดี', sourceRevision });
 */
export class TranslationsClient {
  readonly http: Http;

  constructor(http: Http) {
    this.http = http;
  }

  ofComment(commentId: string, wish: TranslationsWish = {}, options?: RequestOptions) {
    return this.http.json(
      'GET /api/v1/comments/:id/translations',
      { id: commentId },
      { query: { ...wish }, ...options },
    );
  }

  /** Throws ColloquyProblem stale_revision with both texts where the comment was changed meanwhile. */
  translateComment(commentId: string, wish: TranslationWish, options?: RequestOptions) {
    return this.http.json('POST /api/v1/comments/:id/translations', { id: commentId }, { body: wish, ...options });
  }

  ofPost(postId: string, wish: TranslationsWish = {}, options?: RequestOptions) {
    return this.http.json('GET /api/v1/posts/:id/translations', { id: postId }, { query: { ...wish }, ...options });
  }

  translatePost(postId: string, wish: TranslationWish, options?: RequestOptions) {
    return this.http.json('POST /api/v1/posts/:id/translations', { id: postId }, { body: wish, ...options });
  }

  /** Throws ColloquyProblem stale_revision where a revision is given and the text is another one by now. */
  async takeBack(translationId: string, seen: TranslationSeen = {}, options?: RequestOptions): Promise<void> {
    const path = `/translations/${translationId}`;
    await this.http.send({ method: 'DELETE', path, query: { ...seen }, ...options });
  }

  /** The same report again is answered as it was recorded; throws `conflict` for another one of the same text. */
  report(translationId: string, wish: TranslationReportWish, options?: RequestOptions) {
    return this.http.json('POST /api/v1/translations/:id/reports', { id: translationId }, { body: wish, ...options });
  }

  /** For moderators: what members reported. */
  reported(options?: RequestOptions) {
    return this.http.json('GET /api/v1/moderation/translations', {}, options);
  }

  /** By moderators: the translation stays, and its reports are dismissed. */
  async dismiss(translationId: string, wish: TranslationDismissalWish, options?: RequestOptions): Promise<void> {
    const path = `/moderation/translations/${translationId}/dismissal`;
    await this.http.send({ method: 'POST', path, body: wish, ...options });
  }

  /** By moderators. */
  async remove(translationId: string, wish: TranslationRemovalWish, options?: RequestOptions): Promise<void> {
    await this.http.send({ method: 'POST', path: `/translations/${translationId}/removal`, body: wish, ...options });
  }
}
