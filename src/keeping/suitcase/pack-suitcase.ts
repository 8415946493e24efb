import { DomainError, imageFileNamed } from '../../../libs/kernel/index.ts';
import { GetImageFile } from '../../views/images/images.query-types.ts';
import { GetArchive, type ListedPost, ListPublicPosts, ListTags } from '../../views/post-list/post-list.query-types.ts';
import { imageFile, SEARCH, VERIFY } from '../../web/suitcase/places.ts';
import { searchHtml } from '../../web/suitcase/search-page.tsx';
import { verifyHtml } from '../../web/suitcase/verify-page.tsx';
import type { BesideFolder } from '../export/beside-folder.ts';
import { Notebook } from './notebook.ts';
import { packLists, packSitePages } from './pack-lists.ts';
import { packPages } from './pack-pages.ts';
import { packPost } from './pack-post.ts';
import { SearchFiles } from './search-files.ts';
import type { Packed, PackedForum, Packing } from './suitcase.ts';
import { SuitcasePages } from './suitcase-pages.ts';

/** Posts that are read at once: each may be a book. */
const AT_ONCE = 100;
/** More tags than a forum has. */
const MOST_TAGS = 100_000;

/**
 * Puts everything that everybody may read into a folder, post by post: of the discussions one page is in memory at a time. Throws
 * the signal's reason and the system's error.
 */
export async function packSuitcase(forum: PackedForum, folder: BesideFolder, packing: Packing): Promise<Packed> {
  const { queries, at } = forum;
  const texts = await textsOf(forum);
  const discussed = texts.filter(({ isPage }) => isPage);
  const tags = await queries.execute(new ListTags(at, MOST_TAGS));
  const months = await queries.execute(new GetArchive(at));
  const pages = new SuitcasePages(forum, folder, {
    slugs: new Set(texts.map(({ slug }) => slug)),
    tags: new Set(tags.map((tag) => tag.toLowerCase())),
    months: new Set(months.map(({ month }) => month)),
    hasPages: discussed.length > 0,
  });
  for (const [file, contents] of forum.files) await folder.write(file, contents);
  const comments = await packTexts(texts, pages, packing);
  const hasPosts = texts.length > discussed.length;
  await packLists(pages, { months, tags, hasPosts });
  await packPages(pages, { pages: discussed, isHome: !hasPosts });
  await packSitePages(pages);
  await pages.write(VERIFY, verifyHtml(pages.sheet, forum.signed));
  const images = await packImages(pages, packing.signal);
  return { posts: texts.length - discussed.length, pages: discussed.length, comments, images, ...folder.written };
}

/** The first published first; of the pages of other sites those with comments. */
async function textsOf({ queries, at }: PackedForum): Promise<readonly ListedPost[]> {
  const texts: ListedPost[] = [];
  for (let after = 0; ; ) {
    const found = await queries.execute(new ListPublicPosts(at, { limit: AT_ONCE, after }));
    texts.push(...found.filter(({ isPage, commentCount }) => !isPage || commentCount > 0));
    const last = found.at(-1);
    if (last === undefined) return texts.sort((a, b) => a.publishedAt - b.publishedAt || a.n - b.n);
    after = last.n;
  }
}

async function packTexts(
  posts: readonly ListedPost[],
  pages: SuitcasePages,
  { onProgress, signal }: Packing,
): Promise<number> {
  const search = new SearchFiles(pages.folder);
  const notebook = await Notebook.begin(pages.folder.notes);
  let comments = 0;
  try {
    for (const [index, { slug }] of posts.entries()) {
      signal.throwIfAborted();
      comments += await packPost(slug, { pages, search, notebook, signal });
      onProgress(index + 1, posts.length, comments);
    }
  } finally {
    await notebook.close();
  }
  await pages.write(SEARCH, searchHtml(pages.sheet, await search.finish()));
  return comments;
}

/** Those that a page shows; an image that was erased is nowhere any more. */
async function packImages({ forum, folder, images }: SuitcasePages, signal: AbortSignal): Promise<number> {
  let packed = 0;
  for (const name of images) {
    signal.throwIfAborted();
    const file = imageFileNamed(name);
    if (file === null) continue;
    const found = await forum.queries.execute(new GetImageFile(file)).catch((error: unknown) => {
      if (error instanceof DomainError && error.code === 'not_found') return null;
      throw error;
    });
    if (found === null) continue;
    packed += 1;
    await folder.write(imageFile(name), found.bytes);
  }
  return packed;
}
