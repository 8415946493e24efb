import { FEED_FILES, type FeedContents, type FeedFormat, writeFeed } from '../../../libs/feeds/index.ts';
import { localHtml } from '../../web/suitcase/local-html.ts';
import { NO_COMMENTS, type PlacedComments, type PlacedThings } from '../../web/suitcase/places.ts';
import { type Sheet, sheetOf } from '../../web/suitcase/sheet.tsx';
import type { BesideFolder } from '../export/beside-folder.ts';
import type { PackedForum } from './suitcase.ts';

const FORMATS: readonly FeedFormat[] = ['rss', 'atom', 'json'];

/** The pages of a suitcase on their way into its folder; it remembers the images that they show. */
export class SuitcasePages {
  readonly forum: PackedForum;
  readonly folder: BesideFolder;
  readonly sheet: Sheet;
  readonly images = new Set<string>();
  readonly #things: PlacedThings;

  constructor(
    forum: PackedForum,
    folder: BesideFolder,
    { hasPages, ...things }: Omit<PlacedThings, 'pages'> & { readonly hasPages: boolean },
  ) {
    this.forum = forum;
    this.folder = folder;
    this.sheet = sheetOf(forum.site, { ...forum, hasPages });
    this.#things = { ...things, pages: this.sheet.pages };
  }

  /** Writes a page with the forum's addresses, made its own. */
  write(file: string, html: string, comments: PlacedComments = NO_COMMENTS): Promise<void> {
    const onImage = (name: string): void => void this.images.add(name);
    return this.folder.write(
      file,
      localHtml(html, { file, origin: this.forum.origin, things: this.#things, comments, onImage }),
    );
  }

  /** The feeds of a page, in a folder with a slash at its end. They name the forum's public addresses, as everywhere. */
  async feeds(folder: string, make: () => Promise<{ readonly feed: FeedContents }>): Promise<void> {
    const { feed } = await make();
    for (const format of FORMATS) await this.folder.write(folder + FEED_FILES[format], await writeFeed(format, feed));
  }
}
