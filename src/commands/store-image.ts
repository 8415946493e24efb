import type { EventStore } from '../../libs/event-store/index.ts';
import { type ImageFiles, makeSizes, newFileKey, sealFile } from '../../libs/images/index.ts';
import { type CommandMeta, type ImageShape, imagePath } from '../../libs/kernel/index.ts';
import type { Commands, Recorded } from '../../libs/nest-decider/index.ts';
import { StoreImage } from '../domain/image/image.commands.ts';
import type { ImageFile } from '../domain/image/image.events.ts';
import { decoders } from './decoders.ts';
import { streams } from './streams.ts';

export interface NewImage {
  /** Chosen by whoever brings it: of an import, made from where it was. */
  readonly imageId: string;
  readonly ownerId: string | null;
  readonly address: string | null;
  readonly alt: string | null;
  readonly bytes: Uint8Array;
}

/** Makes an image's files, seals them and records them: first the files, then the event, so that no event lacks its files. */
export class ImageStoring {
  readonly #commands: Commands;
  readonly #store: Pick<EventStore, 'readStream'>;
  readonly #files: ImageFiles;

  constructor(commands: Commands, store: Pick<EventStore, 'readStream'>, files: ImageFiles) {
    this.#commands = commands;
    this.#store = store;
    this.#files = files;
  }

  /** An image that is stored already; null when there is none. Throws StoreUnavailable. */
  async known(imageId: string): Promise<ImageShape | null> {
    for await (const event of this.#store.readStream(streams.image(imageId))) {
      const { width, height, animated } = decoders.image.read(event).data;
      return { imageId, width, height, animated };
    }
    return null;
  }

  /** The same id again gives what was stored first. Throws ImageRefused, DomainError: id_taken, storage_unavailable. */
  async store({ bytes, ...image }: NewImage, meta: CommandMeta): Promise<ImageShape> {
    const { files: made, ...shape } = await makeSizes(bytes);
    const key = newFileKey();
    const files: ImageFile[] = [];
    try {
      for (const { width, format, bytes: plain } of made) {
        const sealed = sealFile(plain, { key, path: imagePath({ imageId: image.imageId, width, format }) });
        files.push({ width, format, bytes: sealed.byteLength, sha256: await this.#files.put(sealed) });
      }
      const wish = { ...image, ...shape, files, fileKey: key.toString('base64url') };
      const { repeated }: Recorded = await this.#commands.execute(new StoreImage(wish, meta));
      if (!repeated) return { imageId: image.imageId, ...shape };
    } catch (error) {
      await this.#drop(files);
      throw error;
    }
    await this.#drop(files);
    return (await this.known(image.imageId)) ?? { imageId: image.imageId, ...shape };
  }

  async #drop(files: readonly ImageFile[]): Promise<void> {
    for (const { sha256 } of files) await this.#files.remove(sha256);
  }
}
