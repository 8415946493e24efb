import type { Comment, CommentPage, Post, Translation } from '../../../libs/client/index.ts';
import { GetPost } from '../../views/post-list/post-list.query-types.ts';
import { GetCommentLine, GetThreadPage } from '../../views/thread/thread.query-types.ts';
import { GetTranslations } from '../../views/translations/translations.query-types.ts';
import { date } from '../../web/shell/i18n/moments.ts';
import { placeOfTranslation } from '../../web/suitcase/folded-translations.tsx';
import { postFolder, postPage, receiptFile } from '../../web/suitcase/places.ts';
import { pagesOf, postHtml, wordsOfHtml } from '../../web/suitcase/post-pages.tsx';
import { proofsFile, type ShelvedText } from '../../web/suitcase/shards.ts';
import type { Notebook } from './notebook.ts';
import { NotedDiscussion } from './noted-discussion.ts';
import { handsOver, type SearchFiles } from './search-files.ts';
import type { SuitcasePages } from './suitcase-pages.ts';

/** Characters of a text that can be found. */
const MOST_FOUND = 100_000;
/** Top-level comments that are read at once. */
const AT_ONCE = 200;

interface PostPacking {
  readonly pages: SuitcasePages;
  readonly search: SearchFiles;
  readonly notebook: Notebook;
  /** Heard between two pages of a discussion. */
  readonly signal: AbortSignal;
}

/** A post with its discussion: its pages, its comments in the index, and the receipt of each. Gives the number of comments that readers see. */
export async function packPost(slug: string, { pages, search, notebook, signal }: PostPacking): Promise<number> {
  const { queries, at } = pages.forum;
  const post = await queries.execute(new GetPost(slug, null, at));
  const discussion = await NotedDiscussion.of(notebook, pagesOf(commentsOf(post, { pages, signal })));
  const places = { slug, pages: discussion.places };
  await search.add(found('p', `${postPage(slug, 1)}`, post, { post, pages }));
  for (let number = 1; number <= discussion.pages; number += 1) {
    signal.throwIfAborted();
    const part = await discussion.page(number);
    const translations = await translationsOf({ post, comments: part }, pages);
    const html = postHtml(pages.sheet, { post, number, pages: discussion.pages, comments: part, translations });
    await pages.write(postPage(slug, number), html, places);
    const translated = async (id: string): Promise<void> => {
      for (const one of translations.get(id) ?? [])
        await search.add(foundTranslation(postPage(slug, number), one, { post, pages }));
    };
    if (number === 1) await translated(post.id);
    for (const comment of part) {
      if (comment.bodyHtml === null) continue;
      await search.add(found('c', `${postPage(slug, number)}#comment-${comment.id}`, comment, { post, pages }));
      await translated(comment.id);
    }
    await packReceipts(slug, { number, comments: part, pages });
  }
  await pages.feeds(`${postFolder(slug)}/`, () => pages.forum.feeds.ofPost(slug));
  return post.commentCount;
}

/** As every reader sees them, in tree order. */
async function* commentsOf(
  { id }: Post,
  { pages, signal }: Pick<PostPacking, 'pages' | 'signal'>,
): AsyncGenerator<Comment> {
  const { queries } = pages.forum;
  for (let cursor: string | null = null; ; ) {
    signal.throwIfAborted();
    const read: GetThreadPage = new GetThreadPage(id, { sort: 'oldest', limit: AT_ONCE, cursor }, null);
    const page: CommentPage = await queries.execute(read);
    yield* page.items;
    if (page.next === null) return;
    cursor = page.next;
  }
}

/** Of a post and its comments; what nobody can read of these has none. */
async function translationsOf(
  { post, comments }: { readonly post: Post; readonly comments: readonly Comment[] },
  { forum: { queries } }: SuitcasePages,
): Promise<ReadonlyMap<string, readonly Translation[]>> {
  const whole = new Map<string, readonly Translation[]>();
  const { items } = await queries.execute(new GetTranslations({ kind: 'post', id: post.id }, post.body));
  whole.set(
    post.id,
    items.filter(({ language }) => language !== post.locale),
  );
  for (const { id, translations } of comments) {
    if (translations === undefined) continue;
    const told = (await queries.execute(new GetTranslations({ kind: 'comment', id }))).items;
    whole.set(
      id,
      told.filter((one) => translations.some(({ language }) => language === one.language)),
    );
  }
  return whole;
}

function found(
  kind: 'p' | 'c',
  href: string,
  text: Pick<Comment, 'author' | 'bodyHtml' | 'language'> & { readonly createdAt?: string },
  { post, pages: { sheet } }: { readonly post: Post; readonly pages: SuitcasePages },
): ShelvedText {
  const { author, bodyHtml, createdAt } = text;
  const language = kind === 'p' ? post.locale : (text.language ?? '');
  const day = date(createdAt ?? post.publishedAt, { translator: sheet.frame.translator, isLocal: false });
  const handle = author !== null && 'handle' in author ? author.handle : '';
  const words = wordsOfHtml(bodyHtml ?? '', MOST_FOUND);
  return [
    kind,
    href,
    post.title,
    author?.displayName ?? '',
    handle,
    day,
    words,
    language,
    post.locale,
    ...(kind === 'p' ? siteAndExcerptOf(post) : siteOf(post)),
  ];
}

function siteAndExcerptOf(post: Post): [site?: string, excerpt?: string] {
  if (post.excerpt === null) return siteOf(post);
  return [siteOf(post)[0] ?? '', wordsOfHtml(post.excerptHtml, MOST_FOUND)];
}

function siteOf({ url }: Post): [] | [string] {
  return url === undefined ? [] : [new URL(url).host];
}

/** With its title, where it has one. */
function foundTranslation(
  page: string,
  translation: Translation,
  { post, pages: { sheet } }: { readonly post: Post; readonly pages: SuitcasePages },
): ShelvedText {
  const { by, bodyHtml, title, language, writtenAt } = translation;
  const day = date(writtenAt, { translator: sheet.frame.translator, isLocal: false });
  const body = wordsOfHtml(bodyHtml, MOST_FOUND);
  const words = title === undefined ? body : `${title} · ${body}`;
  const href = `${page}#${placeOfTranslation(translation)}`;
  const name = by?.displayName ?? '';
  return ['t', href, post.title, name, by?.handle ?? '', day, words, language, post.locale, ...siteOf(post)];
}

/** A file for each comment that can be read, and all of a page in one for the program that checks them. */
async function packReceipts(
  slug: string,
  {
    number,
    comments,
    pages,
  }: { readonly number: number; readonly comments: readonly Comment[]; readonly pages: SuitcasePages },
): Promise<void> {
  const { queries, tree } = pages.forum;
  const receipts: Record<string, string> = {};
  for (const { id, bodyHtml } of comments) {
    if (bodyHtml === null) continue;
    const { line, position } = await queries.execute(new GetCommentLine(id, null, null));
    const receipt = line === null ? null : tree.receipt(position, line);
    if (receipt === null) continue;
    receipts[id] = receipt;
    await pages.folder.write(receiptFile(slug, id), receipt + tree.checkpoint);
  }
  const file = proofsFile(postPage(slug, number));
  await pages.folder.write(file, handsOver(file, receipts));
}
