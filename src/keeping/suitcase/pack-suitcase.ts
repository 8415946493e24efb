import { DomainError, imageFileNamed } from '../../../libs/kernel/index.ts';
import { GetImageFile } from '../../views/images/images.query-types.ts';
import { GetArchive, ListPostAddresses, ListTags } from '../../views/post-list/post-list.query-types.ts';
import { imageFile, SEARCH, VERIFY } from '../../web/suitcase/places.ts';
import { searchHtml } from '../../web/suitcase/search-page.tsx';
import { verifyHtml } from '../../web/suitcase/verify-page.tsx';
import { packLists, packSitePages } from './pack-lists.ts';
import { packPost } from './pack-post.ts';
import { SearchFiles } from './search-files.ts';
import type { StagedFolder } from './staged-folder.ts';
import type { Packed, PackedForum, Packing } from './suitcase.ts';
import { SuitcasePages } from './suitcase-pages.ts';

/** Addresses that are read at once. */
const AT_ONCE = 1_000;
/** More tags than a forum has. */
const MOST_TAGS = 100_000;

/**
 * Puts everything that everybody may read into a folder, post by post: of the discussions one is in memory at a time. Throws
 * the signal's reason and the system's error.
 */
export async function packSuitcase(forum: PackedForum, folder: StagedFolder, packing: Packing): Promise<Packed> {
  const { queries, at } = forum;
  const slugs = await slugsOf(forum);
  const tags = await queries.execute(new ListTags(at, MOST_TAGS));
  const months = await queries.execute(new GetArchive(at));
  const pages = new SuitcasePages(forum, folder, {
    slugs: new Set(slugs),
    tags: new Set(tags.map((tag) => tag.toLowerCase())),
    months: new Set(months.map(({ month }) => month)),
  });
  for (const [file, contents] of forum.files) await folder.write(file, contents);
  const comments = await packTexts(slugs, pages, packing);
  await packLists(pages, { months, tags });
  await packSitePages(pages);
  await pages.write(VERIFY, verifyHtml(pages.sheet, forum.signed));
  const images = await packImages(pages, packing.signal);
  return { posts: slugs.length, comments, images, ...folder.written };
}

/** The first published first. */
async function slugsOf({ queries, at }: PackedForum): Promise<readonly string[]> {
  const slugs: string[] = [];
  for (let offset = 0; ; offset += AT_ONCE) {
    const found = await queries.execute(new ListPostAddresses(at, { limit: AT_ONCE, offset }));
    slugs.push(...found.map(({ slug }) => slug));
    if (found.length < AT_ONCE) return slugs;
  }
}

async function packTexts(
  slugs: readonly string[],
  pages: SuitcasePages,
  { onProgress, signal }: Packing,
): Promise<number> {
  const search = await SearchFiles.create(pages.folder);
  try {
    let comments = 0;
    for (const [index, slug] of slugs.entries()) {
      signal.throwIfAborted();
      comments += await packPost(slug, { pages, search });
      onProgress(index + 1, slugs.length, comments);
    }
    await pages.write(SEARCH, searchHtml(pages.sheet, await search.finish()));
    return comments;
  } finally {
    await search.close();
  }
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
