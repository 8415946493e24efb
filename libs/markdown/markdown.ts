import MarkdownItClass, { type MarkdownIt, type Token } from 'markdown-it';
import { composed } from '../words/index.ts';
import { boundedLinks, boundedTables, withinBounds } from './bounds.ts';
import { altOf, fewOwnImages, lazyImages, picturesIn, picturesOfOriginal } from './images.ts';
import { autolinkAsGfm, isSafeLink } from './links.ts';
import { linkMentions, mentionsIn } from './mentions.ts';
import { type CommentAsSeen, type CommentRead, readLately } from './read-comment.ts';
import { hasMarkup, linkedAddresses, seenTextOf } from './seen-text.ts';
import { turnedText } from './turned-text.ts';

/** The deepest nesting of quotes, lists and emphasis; deeper ones are left out. */
const MOST_NESTED = 20;

/** Readers' links pass no rank to their target, and do not tell where they stand. */
const REL = 'nofollow ugc noopener';

const comments = newRenderer();
fewOwnImages(comments);
lazyImages(comments);
linkMentions(comments);
const posts = newRenderer();
lazyImages(posts);
const translations = newRenderer();
const inOriginal = new WeakMap<object, ReadonlySet<string>>();
picturesOfOriginal(translations, (env) => inOriginal.get(env) ?? new Set());
lazyImages(translations);
const excerpts = newRenderer().disable('table');
lazyImages(excerpts);

/** CommonMark with GFM's autolinks, tables and strikethrough as safe HTML; HTML in it is shown as text, and links are pictures of elsewhere, the forum's own beyond so many, and mentions. */
export function renderComment(source: string): string {
  const read = readLately(source);
  if (read !== undefined) return read.html;
  const blocks = parsed(source);
  lately.delete(source);
  return withinBounds(comments, source, blocks);
}

export function seenInComment(source: string): CommentAsSeen {
  if (!hasMarkup(source)) return { text: source, turned: turnedText(source), links: [] };
  const read = readLately(source);
  if (read !== undefined) return read.seen;
  const blocks = lookedAt(source);
  const text = composed(seenTextOf(blocks));
  return { text, turned: turnedText(text), links: linkedAddresses(blocks) };
}

/** The handles that a comment mentions outside of code and links, in its order, each once, `most` at most. */
export function mentionedHandles(source: string, most: number): readonly string[] {
  if (!source.includes('@')) return [];
  return (readLately(source)?.handles ?? mentionsIn(lookedAt(source))).slice(0, most);
}

/** All of these together. */
export function readComment(source: string): CommentRead {
  const [seen, handles] = [seenInComment(source), mentionedHandles(source, Number.POSITIVE_INFINITY)];
  return { seen, handles, html: renderComment(source) };
}

/** As for comments, with pictures from http, https or the site itself. */
export function renderPost(source: string): string {
  return withinBounds(posts, source);
}

/** As for posts, by whoever may be a reader: of elsewhere only the pictures that the original shows too; others are links. */
export function renderTranslation(source: string, original: string): string {
  const env = {};
  if (source.includes('![')) inOriginal.set(env, picturesIn(posts.parse(original, {})));
  return withinBounds(translations, source, translations.parse(source, env));
}

/** Like a post, without tables, since a list's entries are short. */
export function renderExcerpt(source: string): string {
  return withinBounds(excerpts, source);
}

/** Stands for a picture that nobody described. */
const PICTURE = '🖼';

/** The words of a text in Markdown, its blocks on lines of their own; code blocks are left out, and pictures unless told. */
export function plainTextOf(source: string, pictures: 'left out' | 'told' = 'left out'): string {
  const words = pictures === 'told' ? wordsAndPictures : plainWordsOf;
  const lines = withoutTables(posts.parse(source, {})).map((block) => (block.children ?? []).map(words).join(''));
  return lines.filter((line) => line.trim() !== '').join('\n');
}

/** The blocks and words of a post. */
export function postTokens(source: string): readonly Token[] {
  return posts.parse(source, {});
}

/** Cells say nothing without their table. */
function withoutTables(blocks: readonly Token[]): readonly Token[] {
  let isIn = false;
  return blocks.filter(({ type }) => {
    if (type === 'table_open' || type === 'table_close') isIn = type === 'table_open';
    return !isIn;
  });
}

/** What readers see of a part of a line; pictures are left out. */
export function plainWordsOf(token: Token): string {
  if (token.type === 'softbreak' || token.type === 'hardbreak') return ' ';
  return token.type === 'image' ? '' : token.content;
}

function wordsAndPictures(token: Token): string {
  return token.type === 'image' ? altOf(token) || PICTURE : plainWordsOf(token);
}

/** Comments that were parsed and not rendered yet: one that is posted is searched for mentions, judged and shown. */
const lately = new Map<string, Token[]>();
const MOST_LATELY = 16;

function lookedAt(source: string): readonly Token[] {
  const blocks = parsed(source);
  if (lately.has(source)) return blocks;
  const [oldest] = lately.keys();
  if (oldest !== undefined && lately.size >= MOST_LATELY) lately.delete(oldest);
  lately.set(source, blocks);
  return blocks;
}

/** To be rendered once at most, since rendering changes the tokens. */
function parsed(source: string): Token[] {
  return lately.get(source) ?? comments.parse(source, {});
}

function newRenderer(): MarkdownIt {
  const md = new MarkdownItClass('default', { html: false, linkify: true, maxNesting: MOST_NESTED });
  md.validateLink = isSafeLink;
  autolinkAsGfm(md.linkify);
  boundedTables(md);
  boundedLinks(md);
  md.renderer.rules['link_open'] = (tokens, index, options, _env, self) => {
    tokens[index]?.attrSet('rel', REL);
    return self.renderToken(tokens, index, options);
  };
  for (const cell of ['th_open', 'td_open']) {
    md.renderer.rules[cell] = (tokens, index, options, _env, self) => {
      const token = tokens[index];
      if (token) alignByAttribute(token);
      return self.renderToken(tokens, index, options);
    };
  }
  return md;
}

/** A content security policy without inline styles would drop `style`. */
function alignByAttribute(token: Token): void {
  const side = /left|center|right/.exec(String(token.attrGet('style') ?? ''))?.[0];
  token.attrs = side ? [['align', side]] : [];
}
