const HEAD =
  '<?xml version="1.0" encoding="utf-8"?>\n<disqus xmlns="http://disqus.com" xmlns:dsq="http://disqus.com/disqus-internals">\n';

export interface ThreadWish {
  readonly link?: string;
  readonly title?: string;
  readonly identifier?: string;
  readonly deleted?: boolean;
  readonly closed?: boolean;
}

export interface DisqusPostWish {
  readonly thread: number;
  readonly parent?: number;
  /** HTML. */
  readonly text?: string;
  readonly deleted?: boolean;
  readonly spam?: boolean;
  /** The comment's id in WordPress. */
  readonly wordpress?: number;
  readonly email?: string;
}

/** An export of Disqus: `threads` and `posts` as the functions below make them. */
export function disqusExport(...parts: readonly string[]): string {
  return `${HEAD}${parts.join('')}</disqus>\n`;
}

export const DISQUS_HEAD = HEAD;

export function thread(
  id: number,
  { link = `https://blog.example/${id}/`, title = `Page ${id}`, ...more }: ThreadWish = {},
): string {
  const { identifier = '', deleted = false, closed = false } = more;
  return `<thread dsq:id="${id}"><id>${identifier}</id><forum>blog</forum><link>${link}</link><title>${title}</title><message/><createdAt>2012-01-02T03:04:05Z</createdAt><isClosed>${closed}</isClosed><isDeleted>${deleted}</isDeleted></thread>\n`;
}

export function disqusPost(
  id: number,
  { thread: under, parent, text = `<p>Words of ${id}</p>`, ...more }: DisqusPostWish,
): string {
  const { deleted = false, spam = false, wordpress, email = '' } = more;
  const from = wordpress === undefined ? '<id/>' : `<id>wp_id=${wordpress}</id>`;
  const answers = parent === undefined ? '' : `<parent dsq:id="${parent}"/>`;
  return `<post dsq:id="${id}">${from}<message><![CDATA[${text}]]></message><createdAt>2012-02-03T04:05:06Z</createdAt><isDeleted>${deleted}</isDeleted><isSpam>${spam}</isSpam><author><email>${email}</email><name>Reader ${id}</name><isAnonymous>true</isAnonymous></author><thread dsq:id="${under}"/>${answers}</post>\n`;
}
