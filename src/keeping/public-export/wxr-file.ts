import { BesideFile } from '../export/beside-file.ts';
import type { ExportRun, OpenForum, PublicCounts, PublicForum } from './public-forum.ts';
import { commentElement, rssDate, Terms, WxrItems } from './wxr-items.ts';
import { cdata, xmlText } from './xml.ts';

const READABLE = 0o600;
const FOOT = '</channel>\n</rss>\n';

/**
 * Writes WordPress eXtended RSS 1.2, as it goes: memory holds no more than one post and some comments. Throws
 * ExportRefused, the signal's reason, and the system's error; then there is no file.
 */
export async function exportWxr(path: string, open: OpenForum, run: ExportRun): Promise<PublicCounts> {
  const file = await BesideFile.create(path, READABLE);
  try {
    const exported = await write(file, await open(), run);
    await file.finish();
    await file.place();
    return exported;
  } finally {
    await file.discard();
  }
}

async function write(file: BesideFile, forum: PublicForum, { onProgress, signal }: ExportRun): Promise<PublicCounts> {
  const put = (text: string): Promise<void> => file.write(Buffer.from(text));
  const terms = new Terms(await forum.writers());
  const items = new WxrItems(forum, terms);
  await put(head(forum, terms));
  const done = { posts: 0, comments: 0, places: 0 };
  for await (const post of forum.posts()) {
    const { before, after } = items.of(post);
    await put(before);
    for await (const comment of forum.comments(post.id)) {
      await put(commentElement(comment, items));
      done[comment.said === null ? 'places' : 'comments'] += 1;
      onProgress(done.posts, done.comments);
      signal.throwIfAborted();
    }
    await put(after);
    done.posts += 1;
    onProgress(done.posts, done.comments);
    signal.throwIfAborted();
  }
  await put(FOOT);
  return done;
}

function head({ site, now }: PublicForum, terms: Terms): string {
  const authors = terms.authors.map(
    ({ login, name }, at) => `<wp:author><wp:author_id>${at + 1}</wp:author_id>
<wp:author_login>${cdata(login)}</wp:author_login>
<wp:author_email></wp:author_email>
<wp:author_display_name>${cdata(name)}</wp:author_display_name></wp:author>
`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"
 xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>${xmlText(site.name)}</title>
<link>${xmlText(site.url)}</link>
<description>${xmlText(site.description)}</description>
<pubDate>${rssDate(now)}</pubDate>
<language>${xmlText(site.locale)}</language>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>${xmlText(site.url)}</wp:base_site_url>
<wp:base_blog_url>${xmlText(site.url)}</wp:base_blog_url>
${authors.join('')}`;
}
