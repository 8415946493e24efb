import type { Comment, CommentPage, Post, Translation } from '../../../libs/client/index.ts';
import { trusted } from '../../../libs/kernel/index.ts';
import { GetPost } from '../../views/post-list/post-list.query-types.ts';
import { GetCommentLine, GetEncodedThread } from '../../views/thread/thread.query-types.ts';
import { GetTranslations } from '../../views/translations/translations.query-types.ts';
import { date } from '../../web/shell/i18n/moments.ts';
import { type PlacedComments, postFolder, postPage, receiptFile } from '../../web/suitcase/places.ts';
import { pagesOf, postHtml, wordsOfHtml } from '../../web/suitcase/post-pages.tsx';
import { proofsFile, type ShelvedText } from '../../web/suitcase/shards.ts';
import { handsOver, type SearchFiles } from './search-files.ts';
import type { SuitcasePages } from './suitcase-pages.ts';

/** Characters of a text that can be found. */
const MOST_FOUND = 100_000;
/** Top-level comments that are read at once. */
const AT_ONCE = 200;

/** A post with its discussion: its pages, its comments in the index, and the receipt of each. Gives the number of comments that readers see. */
export async function packPost(
  slug: string,
  { pages, search }: { readonly pages: SuitcasePages; readonly search: SearchFiles },
): Promise<number> {
  const { queries, at } = pages.forum;
  const post = await queries.execute(new GetPost(slug, null, at));
  const comments = await commentsOf(post, pages);
  const parts = pagesOf(comments);
  const places: PlacedComments = { slug, pages: placesOf(parts) };
  await search.add(found('p', `${postPage(slug, 1)}`, post, { post, pages }));
  for (const [index, part] of parts.entries()) {
    const number = index + 1;
    const translations = await translationsOf({ post, comments: part }, pages);
    const html = postHtml(pages.sheet, { post, number, pages: parts.length, comments: part, translations });
    await pages.write(postPage(slug, number), html, places);
    for (const comment of part) {
      if (comment.bodyHtml === null) continue;
      await search.add(found('c', `${postPage(slug, number)}#comment-${comment.id}`, comment, { post, pages }));
    }
    await packReceipts(slug, { number, comments: part, pages });
  }
  await pages.feeds(`${postFolder(slug)}/`, () => pages.forum.feeds.ofPost(slug));
  return post.commentCount;
}

function placesOf(parts: readonly (readonly Comment[])[]): ReadonlyMap<string, number> {
  return new Map(parts.flatMap((part, index) => part.map(({ id }) => [id, index + 1] as const)));
}

/** As every reader sees them, in tree order. */
async function commentsOf({ id }: Post, { forum: { queries } }: SuitcasePages): Promise<readonly Comment[]> {
  const comments: Comment[] = [];
  for (let cursor: string | null = null; ; ) {
    const read: GetEncodedThread = new GetEncodedThread(id, { sort: 'oldest', limit: AT_ONCE, cursor }, null);
    const { json } = await queries.execute(read);
    const page = trusted<CommentPage>(JSON.parse(json.toString()));
    comments.push(...page.items);
    if (page.next === null) return comments;
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
  return [kind, href, post.title, author?.displayName ?? '', handle, day, words, language, post.locale];
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
