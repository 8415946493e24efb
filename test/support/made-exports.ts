import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

const HEAD =
  '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Large</title><link>https://large.example</link>\n';

/** Writes an export of WordPress whose parts are made one after the other, so that it may be of any length. */
export async function writeExport(file: string, parts: Iterable<string>): Promise<void> {
  const out = createWriteStream(file);
  out.write(HEAD);
  for (const part of parts) if (!out.write(part)) await once(out, 'drain');
  out.end('</channel></rss>');
  await finished(out);
}

/** The beginning of a post, to which comments may be added; `END` closes it. */
export function post(id: number, content = 'Text'): string {
  return `<item><title>Post ${id} of them</title><link>https://large.example/2015/10/post-${id}-of-them/</link><guid>https://large.example/?p=${id}</guid><content:encoded><![CDATA[${content}]]></content:encoded><wp:post_id>${id}</wp:post_id><wp:post_name>post-${id}-of-them</wp:post_name><wp:post_date_gmt>2015-10-05 08:00:00</wp:post_date_gmt><wp:post_type>post</wp:post_type><wp:status>publish</wp:status>`;
}

export const END = '</item>\n';

/** A file of a post. */
export function attachment(id: number, postId: number): string {
  return `<item><title>File ${id}</title><wp:post_id>${id}</wp:post_id><wp:post_parent>${postId}</wp:post_parent><wp:attachment_url>https://large.example/wp-content/uploads/2015/10/image-of-number-${id}.jpg</wp:attachment_url><wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status></item>\n`;
}

export interface CommentWish {
  readonly answers?: number;
  /** The number of its author. */
  readonly by?: number;
  /** HTML. */
  readonly text?: string;
}

export function comment(
  id: number,
  { answers = 0, by = id, text = `Words of ${id}. `.repeat(9) }: CommentWish = {},
): string {
  return `<wp:comment><wp:comment_id>${id}</wp:comment_id><wp:comment_author>Reader ${by}</wp:comment_author><wp:comment_author_email>r${by}@mail.example</wp:comment_author_email><wp:comment_date_gmt>2015-10-06 09:00:00</wp:comment_date_gmt><wp:comment_content><![CDATA[${text}]]></wp:comment_content><wp:comment_approved>1</wp:comment_approved><wp:comment_parent>${answers}</wp:comment_parent></wp:comment>\n`;
}
