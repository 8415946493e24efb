import { LRUCache } from 'lru-cache';
import { ImageRefused } from '../../../libs/images/index.ts';
import {
  type CommandMeta,
  DomainError,
  deriveId,
  growingTo,
  type ImageName,
  type ImageShape,
  imageAddress,
  imageReference,
  importedImageId,
} from '../../../libs/kernel/index.ts';
import type { ImportReason } from '../../../libs/words/index.ts';
import type { ImageStoring } from '../../commands/store-image.ts';
import { ELSEWHERE, type FetcherOptions, ImageFetcher } from './image-fetcher.ts';
import { markedIn, withImages } from './image-marks.ts';
import { ImageMissing } from './image-missing.ts';
import type { InlineImages } from './inline-images.ts';
import { MediaFolder } from './media-folder.ts';

/** Where images are looked for, in this order; null for what was not asked for. */
export interface ImageSources {
  readonly media: MediaFolder | null;
  readonly fetcher: ImageFetcher | null;
  /** Hosts that are the blog's own. */
  readonly hosts: ReadonlySet<string>;
}

/** The images asked for. */
export interface ImagesWanted {
  /** The folder of the blog's uploads. */
  readonly media?: string;
  /** From the old site, as far as it is not in the folder. */
  readonly fetch?: Pick<FetcherOptions, 'allowAddresses'>;
}

/** Throws the system's error for a folder that cannot be read. */
export async function openSources(wanted: ImagesWanted, hosts: ReadonlySet<string>): Promise<ImageSources> {
  return {
    media: wanted.media === undefined ? null : await MediaFolder.open(wanted.media),
    fetcher: wanted.fetch === undefined ? null : new ImageFetcher({ ...wanted.fetch, hosts }),
    hosts,
  };
}

/** The run that images are brought in. */
export interface ImagesRun {
  readonly run: Pick<CommandMeta, 'correlationId' | 'now'>;
  readonly actor: string;
  /** Counts what this run stored, and what an earlier one had. */
  readonly counts: { stored: number; known: number };
}

export type ImageMissed = (missed: { readonly address: string; readonly reason: ImportReason }) => void;

type Found = { readonly shape: ImageShape } | { readonly missing: ImportReason };

/** Images that were found lately and are not looked for again. */
const MOST_REMEMBERED = 20_000;

/** Brings the images that texts name into the forum, each once, and has the texts name those. */
export class ImportedImages {
  readonly #storing: Pick<ImageStoring, 'known' | 'store'>;
  readonly #sources: ImageSources;
  readonly #run: ImagesRun;
  readonly #found = new LRUCache<string, Promise<Found>>(growingTo(MOST_REMEMBERED));

  constructor(storing: Pick<ImageStoring, 'known' | 'store'>, sources: ImageSources, run: ImagesRun) {
    this.#storing = storing;
    this.#sources = sources;
    this.#run = run;
  }

  /** Hosts that are the blog's own. */
  get hosts(): ReadonlySet<string> {
    return this.#sources.hosts;
  }

  /** Throws DomainError storage_unavailable; what cannot be brought is told, and becomes a link. */
  async rewritten(
    markdown: string,
    { site, inline }: { readonly site: string; readonly inline: InlineImages },
    onMissed: ImageMissed,
  ): Promise<string> {
    const images = new Map<string, string | null>();
    for (const address of markedIn(markdown)) {
      const bytes = inline[address];
      const found = await (bytes === undefined ? this.#named(address, site) : this.#inline(address, bytes, site));
      images.set(address, 'shape' in found ? imageReference(found.shape) : null);
      if ('missing' in found) onMissed({ address, reason: found.missing });
    }
    return withImages(markdown, images);
  }

  /** All sizes of one image are that image. */
  #named(address: string, site: string): Promise<Found> {
    const { host, names } = imageAddress(address);
    const [first] = names;
    if (first === undefined) return Promise.resolve({ missing: 'its address names no site' });
    return this.#once(first.key, () =>
      this.#find(names, site, () => {
        if (!this.#sources.hosts.has(host)) throw new ImageMissing(ELSEWHERE);
        return this.#bring(names, site);
      }),
    );
  }

  /** An image in the text itself is identified by its contents. */
  #inline(name: string, base64: string, site: string): Promise<Found> {
    const bring = () => this.#store({ key: name, url: null }, Buffer.from(base64, 'base64'), site);
    return this.#once(name, () => this.#find([{ key: name }], site, bring));
  }

  #once(key: string, find: () => Promise<Found>): Promise<Found> {
    const known = this.#found.get(key);
    if (known !== undefined) return known;
    const finding = find();
    this.#found.set(key, finding);
    return finding;
  }

  async #find(names: readonly Pick<ImageName, 'key'>[], site: string, bring: () => Promise<Found>): Promise<Found> {
    for (const { key } of names) {
      const shape = await this.#storing.known(importedImageId(site, key));
      if (shape === null) continue;
      this.#run.counts.known += 1;
      return { shape };
    }
    try {
      return await bring();
    } catch (error) {
      if (error instanceof ImageMissing) return { missing: error.reason };
      if (error instanceof ImageRefused) return { missing: `refused: ${error.message}` };
      throw error;
    }
  }

  async #bring(names: readonly ImageName[], site: string): Promise<Found> {
    const { media, fetcher } = this.#sources;
    for (const name of media === null ? [] : names) {
      const bytes = await media?.read(name.path);
      if (bytes !== undefined) return this.#store(name, bytes, site);
    }
    const [first, second] = names;
    if (first === undefined) throw new ImageMissing(NOT_IN_FOLDER);
    const copy = await media?.readCopy(first.path);
    if (copy !== undefined) return this.#store(second ?? first, copy, site);
    if (fetcher === null) throw new ImageMissing(media === null ? NOT_ASKED_FOR : NOT_IN_FOLDER);
    try {
      return await this.#store(first, await fetcher.fetch(first.url), site);
    } catch (error) {
      if (second === undefined || error instanceof DomainError) throw error;
      return await this.#store(second, await fetcher.fetch(second.url), site);
    }
  }

  /** `url`: where it was; null for one that stood in a text. */
  async #store(
    { key, url }: { readonly key: string; readonly url: string | null },
    bytes: Buffer,
    site: string,
  ): Promise<Found> {
    const image = { imageId: importedImageId(site, key), ownerId: null, address: url, alt: null, bytes };
    const { run, actor, counts } = this.#run;
    const meta = { ...run, actor, commandId: deriveId(image.imageId, 'store'), causationId: null };
    const shape = await this.#storing.store(image, meta);
    counts.stored += 1;
    return { shape };
  }
}

const NOT_ASKED_FOR = 'not asked for (bring them with --media DIR or --fetch-media)';
const NOT_IN_FOLDER = 'not in the folder of --media';
