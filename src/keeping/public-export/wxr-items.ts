import { imageFileNamed } from '../../../libs/kernel/index.ts';
import { numberedSlug, slugOf } from '../../domain/post/slug.ts';
import type { PublicAuthor, PublicComment, PublicForum, PublicPost } from './public-forum.ts';
import { type HtmlPlace, wordpressComment, wordpressPost } from './wordpress-html.ts';
import { cdata, htmlWords, xmlText } from './xml.ts';

/** WordPress gives this name to the category of posts that have none. */
const TAKEN = 'uncategorized';

/** The logins of writers and the names of tags in addresses, each for one alone. */
export class Terms {
  readonly authors: readonly { readonly login: string; readonly name: string }[];
  readonly #logins = new Map<string, string>();
  readonly #tags = new Map<string, string>();
  readonly #given = new Set<string>([TAKEN]);

  constructor(writers: readonly PublicAuthor[]) {
    const taken = new Set<string>();
    for (const writer of writers) {
      const wish = (writer.handle ?? writer.displayName).toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
      const base = wish.replace(/^-/, '').replace(/-$/, '') || 'author';
      let login = base;
      for (let n = 2; taken.has(login); n += 1) login = `${base}-${n}`;
      taken.add(login);
      this.#logins.set(keyOf(writer), login);
    }
    this.authors = writers.map((writer) => ({ login: this.loginOf(writer), name: htmlWords(writer.displayName) }));
  }

  /** Empty for a writer who was erased. */
  loginOf(writer: PublicAuthor | null): string {
    return writer === null ? '' : (this.#logins.get(keyOf(writer)) ?? '');
  }

  slugOf(tag: string): string {
    const known = this.#tags.get(tag);
    if (known !== undefined) return known;
    const base = slugOf(tag);
    let slug = base;
    for (let n = 2; this.#given.has(slug); n += 1) slug = numberedSlug(base, n);
    this.#given.add(slug);
    this.#tags.set(tag, slug);
    return slug;
  }
}

function keyOf({ handle, displayName }: PublicAuthor): string {
  return handle === null ? `name ${displayName}` : `member ${handle}`;
}

/** Posts as the items of a WordPress export. */
export class WxrItems implements HtmlPlace {
  readonly url: string;
  readonly commentNumber: HtmlPlace['commentNumber'];
  readonly #forum: PublicForum;
  readonly #terms: Terms;
  readonly #local: Intl.DateTimeFormat;
  readonly #attached = new Set<string>();

  constructor(forum: PublicForum, terms: Terms) {
    this.#forum = forum;
    this.#terms = terms;
    this.url = forum.site.url;
    this.commentNumber = (id) => forum.commentNumber(id);
    // Sweden writes dates as WordPress does.
    this.#local = new Intl.DateTimeFormat('sv-SE', {
      timeZone: forum.site.timeZone,
      dateStyle: 'short',
      timeStyle: 'medium',
    });
  }

  /** An item up to its comments, and from there on, with items for the pictures that it shows. */
  of(post: PublicPost): { readonly before: string; readonly after: string } {
    const content = wordpressPost(post.bodyHtml, this);
    const address = post.url ?? `${this.url}/posts/${encodeURIComponent(post.slug)}`;
    const before = `<item>
<title>${cdata(htmlWords(post.title))}</title>
<link>${xmlText(address)}</link>
<pubDate>${rssDate(post.publishedAt)}</pubDate>
<dc:creator>${cdata(this.#terms.loginOf(post.author))}</dc:creator>
<guid isPermaLink="false">${xmlText(`${this.url}/posts/${post.id}`)}</guid>
<description></description>
<content:encoded>${cdata(content)}</content:encoded>
<excerpt:encoded>${cdata(post.excerptHtml === null ? '' : wordpressPost(post.excerptHtml, this))}</excerpt:encoded>
<wp:post_id>${post.number}</wp:post_id>
${this.dates('post_date', post.publishedAt)}
${this.dates('post_modified', post.editedAt ?? post.publishedAt)}
<wp:comment_status>${post.isOpen ? 'open' : 'closed'}</wp:comment_status>
<wp:ping_status>closed</wp:ping_status>
<wp:post_name>${cdata(encodeURIComponent(post.slug).toLowerCase())}</wp:post_name>
<wp:status>publish</wp:status>
<wp:post_parent>0</wp:post_parent>
<wp:menu_order>0</wp:menu_order>
<wp:post_type>post</wp:post_type>
<wp:post_password></wp:post_password>
<wp:is_sticky>0</wp:is_sticky>
${post.tags.map((tag) => this.#tag(tag)).join('')}`;
    return { before, after: `</item>\n${this.#attachments(content, post)}` };
  }

  /** A moment in the time of the forum, and in that of Greenwich. */
  dates(name: string, at: string): string {
    const gmt = at.slice(0, 19).replace('T', ' ');
    return `<wp:${name}>${this.#local.format(Date.parse(at))}</wp:${name}>\n<wp:${name}_gmt>${gmt}</wp:${name}_gmt>`;
  }

  #tag(tag: string): string {
    const slug = encodeURIComponent(this.#terms.slugOf(tag)).toLowerCase();
    return `<category domain="post_tag" nicename="${xmlText(slug)}">${cdata(htmlWords(tag))}</category>\n`;
  }

  /** WordPress fetches pictures for which there is an item; each has one. */
  #attachments(content: string, post: PublicPost): string {
    const shown = content.matchAll(/<img src="([^"]+)"(?: alt="([^"]*)")?/g);
    return [...shown].map(([, address = '', alt = '']) => this.#attachment({ address, alt }, post)).join('');
  }

  #attachment({ address, alt }: { readonly address: string; readonly alt: string }, post: PublicPost): string {
    const own = `${this.url}/images/`;
    const image = address.startsWith(own) ? imageFileNamed(address.slice(own.length)) : null;
    if (image === null || this.#attached.has(image.imageId)) return '';
    const number = this.#forum.imageNumber(image.imageId);
    if (number === null) return '';
    this.#attached.add(image.imageId);
    return `<item>
<title>${cdata(alt)}</title>
<link>${xmlText(address)}</link>
<guid isPermaLink="false">${xmlText(address)}</guid>
<wp:post_id>${number}</wp:post_id>
${this.dates('post_date', post.publishedAt)}
<wp:post_name>${image.imageId}</wp:post_name>
<wp:status>inherit</wp:status>
<wp:post_parent>${post.number}</wp:post_parent>
<wp:post_type>attachment</wp:post_type>
<wp:attachment_url>${xmlText(address)}</wp:attachment_url>
</item>
`;
  }
}

/** A comment of an item. The place of a removed one stands in WordPress' trash, without a word. */
export function commentElement(comment: PublicComment, items: WxrItems): string {
  const { number, parentNumber, createdAt, said } = comment;
  return `<wp:comment>
<wp:comment_id>${number}</wp:comment_id>
<wp:comment_author>${cdata(htmlWords(said?.author?.displayName ?? ''))}</wp:comment_author>
<wp:comment_author_email></wp:comment_author_email>
<wp:comment_author_url>${xmlText(said?.author?.url ?? '')}</wp:comment_author_url>
<wp:comment_author_IP></wp:comment_author_IP>
${items.dates('comment_date', createdAt)}
<wp:comment_content>${cdata(said === null ? '' : wordpressComment(said.bodyHtml, items))}</wp:comment_content>
<wp:comment_approved>${said === null ? 'trash' : '1'}</wp:comment_approved>
<wp:comment_type>comment</wp:comment_type>
<wp:comment_parent>${parentNumber ?? '0'}</wp:comment_parent>
<wp:comment_user_id>0</wp:comment_user_id>
</wp:comment>
`;
}

/** As RSS writes it. */
export function rssDate(at: string): string {
  return new Date(at).toUTCString().replace('GMT', '+0000');
}
