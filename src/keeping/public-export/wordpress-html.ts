/** The parts of HTML that the forum rendered: it leaves no `<` or `>` in texts and attributes. */
const TAGS = /(<[^<>]*>)/;
const ATTRIBUTE = / (href|src|alt|title|width|height)="([^"]*)"/g;

/** What stays of the attributes of an element; of all others everything does. */
const KEPT: ReadonlyMap<string, readonly string[]> = new Map([
  ['a', ['href', 'title']],
  ['img', ['src', 'alt', 'title', 'width', 'height']],
]);
/** The forum's own pictures come in several sizes and formats: the plain one stands for them. */
const LEFT_OUT = /^<(\/?picture|source)\b/;

export interface HtmlPlace {
  /** The forum's address, without a slash at its end. */
  readonly url: string;
  /** The number by which a comment is known in the file; null for an unknown one. */
  readonly commentNumber: (commentId: string) => string | null;
}

/** A post's HTML as a block of WordPress that is shown as it is: line ends mean nothing in it, and brackets are no shortcodes. */
export function wordpressPost(html: string, place: HtmlPlace): string {
  const parts = partsOf(html, place).map(({ text }) => text.replaceAll('[', '&#91;'));
  const content = parts.join('').trim();
  return content === '' ? '' : `<!-- wp:html -->\n${content}\n<!-- /wp:html -->`;
}

/** A comment's HTML as people write it in WordPress: an empty line between paragraphs, a line end for a break. */
export function wordpressComment(html: string, place: HtmlPlace): string {
  const written = new LinesOfComment();
  for (const part of partsOf(html, place)) written.add(part);
  return written.text();
}

interface Part {
  readonly text: string;
  readonly isTag: boolean;
}

function partsOf(html: string, place: HtmlPlace): readonly Part[] {
  const pieces = html.split(TAGS);
  const parts: Part[] = [];
  for (let at = 0; at < pieces.length; at += 1) {
    const piece = pieces[at] ?? '';
    const isTag = at % 2 === 1;
    if (piece === '' || (isTag && LEFT_OUT.test(piece))) continue;
    if (isTag && isMention(piece, pieces[at + 1] ?? '')) {
      parts.push({ text: pieces[at + 1] ?? '', isTag: false });
      at += 2;
    } else parts.push({ text: isTag ? leading(piece, place) : piece, isTag });
  }
  return parts;
}

/** `@handle` means its member here alone; where the text goes to it is a name. */
function isMention(tag: string, words: string): boolean {
  return words.startsWith('@') && tag.startsWith(`<a href="/members/${encodeURIComponent(words.slice(1))}"`);
}

/** The tag with whole addresses, and without what only the forum's own pages need. */
function leading(tag: string, place: HtmlPlace): string {
  const name = /^<([a-z]+)/.exec(tag)?.[1] ?? '';
  const kept = KEPT.get(name);
  if (kept === undefined) return tag;
  const attributes = [...tag.matchAll(ATTRIBUTE)].flatMap(([, key = '', value = '']) =>
    kept.includes(key) ? [` ${key}="${key === 'href' || key === 'src' ? wholeAddress(value, place) : value}"`] : [],
  );
  return `<${name}${attributes.join('')}>`;
}

const COMMENT_LINK = /#comment-([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})$/;

function wholeAddress(address: string, { url, commentNumber }: HtmlPlace): string {
  const whole = address.startsWith('/') && !address.startsWith('//') ? `${url}${address}` : address;
  const id = whole.startsWith(`${url}/posts/`) ? COMMENT_LINK.exec(whole)?.[1] : undefined;
  const number = id === undefined ? null : commentNumber(id);
  return number === null ? whole : whole.replace(COMMENT_LINK, `#comment-${number}`);
}

const OPENED = /^<(blockquote|ul|ol|li|table|thead|tbody|tr|td|th|pre|h[1-6]|p)\b/;
const CLOSED = /^<\/(blockquote|ul|ol|li|table|thead|tbody|tr|td|th|pre|h[1-6]|p)>/;

/** Takes away the tags of paragraphs where WordPress makes them by itself: at the top, and in quotes. */
class LinesOfComment {
  #text = '';
  readonly #open: string[] = [];

  add({ text, isTag }: Part): void {
    if (isTag) this.#tag(text);
    else this.#words(text);
  }

  text(): string {
    return this.#text.trim();
  }

  #tag(tag: string): void {
    const [opened, closed] = [OPENED.exec(tag)?.[1], CLOSED.exec(tag)?.[1]];
    if (opened !== undefined) {
      if (opened === 'p' && this.#isFree()) this.#open.push('free');
      else {
        this.#open.push(opened);
        this.#text += tag;
      }
      return;
    }
    if (closed !== undefined) {
      const name = this.#open.pop();
      if (closed === 'blockquote') this.#text = this.#text.trimEnd();
      this.#text += name === 'free' ? '\n\n' : `${tag}${this.#isFree() ? '\n\n' : ''}`;
      return;
    }
    if (tag === '<br>' && this.#open.at(-1) === 'free') this.#text += '\n';
    else if (tag === '<hr>') this.#text += `${tag}\n\n`;
    else this.#text += tag;
  }

  #words(text: string): void {
    if (this.#open.includes('pre')) this.#text += text;
    else if (text.trim() !== '' || this.#isInLine()) this.#text += this.#afterBreak(text).replaceAll('\n', ' ');
  }

  /** A break has its own line end behind it. */
  #afterBreak(text: string): string {
    return /(\n|<br>)$/.test(this.#text) ? text.replace(/^\n/, '') : text;
  }

  #isFree(): boolean {
    return this.#open.every((name) => name === 'blockquote');
  }

  /** Where space between two elements is seen. */
  #isInLine(): boolean {
    return /^(free|p|li|td|th|h[1-6])$/.test(this.#open.at(-1) ?? '');
  }
}
