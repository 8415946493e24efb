import { SaxesParser } from 'saxes';
import type { ImportSaying } from '../../../libs/words/index.ts';
import { SourceError, type SourcePlace, type Warn } from '../source/source.ts';
import { CommentSpool } from './comment-spool.ts';
import { ALT, THUMBNAIL } from './featured.ts';
import { type WxrCategory, type WxrComment, type WxrItem, type WxrSite } from './wxr.ts';
import { TEXT_OUTSIDE, TOLERATED } from './wxr-faults.ts';
import { isKept } from './wxr-kept.ts';
import { type Bindings, bindings, bindsWordPress, NO_BINDINGS, usualName } from './wxr-names.ts';
import { isTerm, WxrTerms } from './wxr-terms.ts';
import { ValueGatherer } from './wxr-value.ts';
import { MOST_OF_TEXT } from './xml-sieve.ts';

/** Characters that one text, attribute or comment of the XML may have. */
const MAX_PIECE = 8 * 1024 * 1024;
/** Characters that the kept values of one item, or of one comment, may have together. */
const MAX_ITEM = 16 * 1024 * 1024;
/** The cost of keeping a value besides its text, in characters. */
const VALUE_COSTS = 64;
const MAX_DEPTH = 100;
/** The only meta data that is read: a post's footnotes and its featured image, and what an attachment shows. */
const META: readonly string[] = ['footnotes', THUMBNAIL, ALT];
const NOT_WXR = 'this is no WordPress export (WXR)';

interface Frame {
  readonly name: string;
  readonly bound: Bindings;
  readonly place: SourcePlace;
  /** Gathers the element's text when it is one of those that are kept. */
  readonly value: ValueGatherer | null;
  readonly attributes: Readonly<Record<string, string>>;
}

interface Gathered {
  readonly place: SourcePlace;
  readonly fields: Map<string, string>;
}

/** Whether a comment is kept, when so many of its item were. */
export type KeepsComment = (comment: WxrComment, count: number) => boolean;

/** Reads WXR 1.0 to 1.2 as text arrives and gives the items that have ended; it keeps no more than one item. */
export class WxrParser {
  readonly site: WxrSite;
  private readonly siteFields = new Map<string, string>();
  private readonly authors = new Map<string, string>();
  private readonly terms = new WxrTerms();
  private readonly sax = new SaxesParser<{ xmlns: false; position: true }>({ xmlns: false, position: true });
  private readonly warn: Warn;
  private readonly keepsComment: KeepsComment;
  private readonly doubted = new Set<string>();
  private readonly frames: Frame[] = [];
  private finished: WxrItem[] = [];
  private item: (Gathered & { readonly categories: WxrCategory[]; readonly comments: CommentSpool }) | null = null;
  private comment: Gathered | null = null;
  private author: Gathered | null = null;
  /** A category or tag that the channel lists. */
  private term: Gathered | null = null;
  /** The item that the current close tag has ended; it is not whole when that tag turns out to be another element's. */
  private closing: WxrItem | null = null;
  /** Characters of the item's own values, and of the comment's under way. */
  private itemSize = 0;
  private commentSize = 0;
  private pieceSize = 0;
  /** The name of the meta data under way. */
  private metaKey = '';
  private recognised = false;
  /** The root element has been closed. */
  private ended = false;
  private tagStart: SourcePlace = { line: 1, column: 1 };

  constructor(warn: Warn, keepsComment: KeepsComment = () => true) {
    this.warn = warn;
    this.keepsComment = keepsComment;
    this.site = { fields: this.siteFields, authors: this.authors, terms: this.terms };
    this.sax.on('error', (error) => this.fault(error.message));
    this.sax.on('doctype', (doctype) => this.refuseEntities(doctype));
    this.sax.on('opentagstart', (tag) => this.openedAt(tag.name));
    this.sax.on('opentag', (tag) => this.open(tag.name, tag.attributes));
    this.sax.on('text', (text) => this.text(text, false));
    this.sax.on('cdata', (text) => this.text(text, true));
    this.sax.on('closetag', () => this.close());
    this.sax.on('comment', () => this.progress());
  }

  /**
   * `lines` is the number of line ends left out after the text. Throws SourceError at the first fault that cannot be
   * mended; `take` still gives the items before it.
   */
  write(text: string, lines = 0): void {
    this.pieceSize += text.length;
    this.sax.write(text);
    this.sax.line += lines;
    if (this.pieceSize > MAX_PIECE) throw this.error(`a text of over ${MAX_PIECE / 1024 / 1024} MiB`);
  }

  /** Throws SourceError when the file ended too early, or was no export. */
  end(): void {
    const open = this.frames.at(-1);
    if (open !== undefined) {
      throw this.error(`the file ends in the middle of <${open.name}>, which began in line ${open.place.line}`);
    }
    if (!this.ended) throw new SourceError(`${NOT_WXR}: it holds no XML element`, { line: 1, column: 1 });
    this.sax.close();
    if (!this.recognised)
      throw new SourceError(`${NOT_WXR}: it has nothing of WordPress' in it`, { line: 1, column: 1 });
  }

  /** Of the item under way. */
  get commentsKept(): number {
    return this.item?.comments.length ?? 0;
  }

  /** The items that have ended since the last time. */
  take(): readonly WxrItem[] {
    const items = this.finished;
    this.finished = [];
    return items;
  }

  private place(): SourcePlace {
    return { line: this.sax.line, column: Math.max(1, this.sax.column) };
  }

  private error(reason: ImportSaying): SourceError {
    return new SourceError(reason, this.place());
  }

  private progress(): void {
    this.pieceSize = 0;
  }

  private fault(message: string): void {
    const fault = message.replace(/^(?:\d+:\d+|undefined:\d+:\d+): /, '');
    const tolerated =
      fault === TEXT_OUTSIDE && this.ended ? 'there is text after the end of the export' : TOLERATED.get(fault);
    if (tolerated === undefined) {
      if (fault === 'unexpected close tag.') this.finished = this.finished.filter((item) => item !== this.closing);
      if (fault === TEXT_OUTSIDE)
        throw new SourceError(`${NOT_WXR}: it does not begin as XML does`, { line: 1, column: 1 });
      throw this.error(`broken XML: ${fault}`);
    }
    const value = this.frames.at(-1)?.value;
    if (fault.includes(']]>') && value != null) value.brokenCdata = true;
    this.warn(tolerated, this.place());
  }

  private refuseEntities(doctype: string): void {
    this.progress();
    const found = /<!ENTITY|%/.exec(doctype) ?? /\[/.exec(doctype);
    if (found === null) return;
    const before = doctype.slice(0, found.index).split('\n');
    const lines = doctype.split('\n').length;
    const indent = before.length === 1 ? '<!DOCTYPE'.length : 0;
    throw new SourceError('a document type with declarations of its own (such as entities) is refused', {
      line: this.sax.line - lines + before.length,
      column: (before.at(-1)?.length ?? 0) + indent + 1,
    });
  }

  /** Remembers where the tag began: when its name has been read, the parser stands one character behind it. */
  private openedAt(name: string): void {
    const { line, column } = this.place();
    const start = column - name.length - 1;
    this.tagStart = start >= 1 ? { line, column: start } : { line: Math.max(1, line - 1), column: 1 };
  }

  private open(rawName: string, attributes: Readonly<Record<string, string>>): void {
    this.progress();
    const outer = this.frames.at(-1);
    const bound = bindings(outer?.bound ?? NO_BINDINGS, attributes);
    const { name, doubt } = usualName(rawName, bound);
    const place = this.tagStart;
    if (doubt !== null && !this.doubted.has(doubt)) {
      this.doubted.add(doubt);
      this.warn(doubt, place);
    }
    this.checkNesting(name);
    this.recognised ||= name === 'wp:wxr_version' || bindsWordPress(bound);
    const path = `${outer?.name ?? ''}>${name}`;
    if (path === 'channel>item') this.openItem(place);
    if (path === 'item>wp:comment') this.openComment(place);
    if (path === 'channel>wp:author') this.author = this.besideItems(place);
    if (outer?.name === 'channel' && isTerm(name)) this.term = this.besideItems(place);
    if (path === 'item>wp:postmeta') this.metaKey = '';
    const isMeta = path === 'wp:postmeta>wp:meta_value' && META.includes(this.metaKey);
    const kept = isMeta || isKept(outer?.name, name) ? new ValueGatherer() : null;
    this.frames.push({ name, bound, place, value: kept, attributes });
  }

  /** Refuses anything but `rss > channel` at once, so that nothing of another file is ever read as an item. */
  private checkNesting(name: string): void {
    const depth = this.frames.length;
    const error = (reason: string) => new SourceError(`${NOT_WXR}: ${reason}`, this.tagStart);
    if (depth === 0 && name !== 'rss') throw error(`its first element is <${name}>, not <rss>`);
    if (depth === 1 && name !== 'channel') throw error(`<rss> holds <${name}>, not <channel>`);
    if (depth > MAX_DEPTH) throw this.error(`elements are nested over ${MAX_DEPTH} deep`);
  }

  private openItem(place: SourcePlace): void {
    this.item = { place, fields: new Map(), categories: [], comments: new CommentSpool() };
    this.itemSize = 0;
  }

  /** Its texts are weighed by themselves, as an item's are. */
  private besideItems(place: SourcePlace): Gathered {
    this.itemSize = 0;
    return { place, fields: new Map() };
  }

  private openComment(place: SourcePlace): void {
    this.comment = { place, fields: new Map() };
    this.commentSize = 0;
  }

  private text(text: string, cdata: boolean): void {
    this.progress();
    const value = this.frames.at(-1)?.value;
    if (value == null) return;
    value.add(text, cdata);
    const size = text.length + VALUE_COSTS;
    if (this.comment === null) this.itemSize += size;
    else this.commentSize += size;
    if (this.itemSize > MAX_ITEM || this.commentSize > MAX_ITEM)
      throw this.error(`an item of over ${MAX_ITEM / 1024 / 1024} MiB`);
  }

  private close(): void {
    this.progress();
    this.closing = null;
    const frame = this.frames.pop();
    const outer = this.frames.at(-1)?.name;
    if (frame === undefined) return;
    if (frame.value !== null) this.keep(outer, frame, frame.value.value());
    if (outer === 'item' && frame.name === 'wp:comment') this.closeComment();
    if (outer === 'channel' && frame.name === 'wp:author') this.closeAuthor();
    if (outer === 'channel' && isTerm(frame.name)) this.closeTerm(frame.name);
    if (outer === 'channel' && frame.name === 'item') this.closeItem();
    if (outer === undefined) this.ended = true;
  }

  private keep(outer: string | undefined, frame: Frame, value: string): void {
    if (value.length >= MOST_OF_TEXT)
      this.warn(`a text was cut at ${MOST_OF_TEXT} characters, more than is kept of any`, frame.place);
    if (value.includes('\ufffd')) this.warn('unreadable bytes were replaced by U+FFFD', frame.place);
    if (outer === 'item' && frame.name === 'category') {
      const { domain = null, nicename = null } = frame.attributes;
      this.item?.categories.push({ domain, nicename, name: value });
      return;
    }
    if (outer === 'wp:postmeta') {
      if (frame.name === 'wp:meta_key') this.metaKey = value;
      else this.item?.fields.set(this.metaKey, value);
      return;
    }
    const fields = this.fieldsOf(outer);
    if (fields !== undefined && !fields.has(frame.name)) fields.set(frame.name, value);
  }

  private fieldsOf(outer: string | undefined): Map<string, string> | undefined {
    if (outer === 'channel') return this.siteFields;
    if (outer === 'item') return this.item?.fields;
    if (outer === 'wp:comment') return this.comment?.fields;
    return outer === 'wp:author' ? this.author?.fields : this.term?.fields;
  }

  private closeComment(): void {
    const { comment, item } = this;
    if (comment !== null && item !== null && this.keepsComment(comment, item.comments.length))
      item.comments.add(comment, this.commentSize);
    this.comment = null;
  }

  private closeAuthor(): void {
    const login = this.author?.fields.get('wp:author_login') ?? '';
    const name = this.author?.fields.get('wp:author_display_name') ?? '';
    if (login !== '' && name !== '') this.authors.set(login, name);
    this.author = null;
  }

  private closeTerm(element: string): void {
    if (this.term !== null) this.terms.add(element, this.term.fields);
    this.term = null;
  }

  private closeItem(): void {
    const item = this.item;
    this.item = null;
    if (item === null) return;
    this.recognised ||= [...item.fields.keys()].some((name) => name.startsWith('wp:'));
    if (!this.recognised) throw new SourceError(`${NOT_WXR}: it is another kind of RSS feed`, item.place);
    this.closing = item;
    this.finished.push(item);
  }
}
