import type { Http, RequestOptions } from './http.ts';

export interface ImageWish {
  /** JPEG, PNG, GIF, WebP or AVIF; MOST_IMAGE_UPLOAD_BYTES at most. */
  readonly file: Blob;
  /** What it shows, in words. */
  readonly alt?: string;
  /** A UUID: sent again with the same one, it is stored once. */
  readonly key?: string;
}

/**
 * The images that a member brings for what it writes. Calls throw as ColloquyClient's do.
 *
 *     const { address } = await new ImagesClient(forum.http).bring({ file, alt: 'A house by the river' });
 *     await forum.postComment(post.id, { body: `![A house by the river](${address})` });
 */
export class ImagesClient {
  readonly http: Http;

  constructor(http: Http) {
    this.http = http;
  }

  async bring({ file, alt, key }: ImageWish, options?: RequestOptions) {
    const body = new FormData();
    if (alt !== undefined) body.set('alt', alt);
    body.set('file', file);
    const headers = key === undefined ? {} : { 'idempotency-key': key };
    return (await this.http.json('POST /api/v1/images', {}, { raw: { body, headers }, ...options })).image;
  }

  /** For good, wherever a text shows it. */
  async remove(id: string, options?: RequestOptions): Promise<void> {
    await this.http.send({ method: 'DELETE', path: `/images/${id}`, ...options });
  }
}
