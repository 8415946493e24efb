import type { EventStore } from '../../libs/event-store/index.ts';
import {
  fileName,
  type ImageFiles,
  ImagesApart,
  type MadeImage,
  makeSizes,
  newFileKey,
  sealFile,
} from '../../libs/images/index.ts';
import { type CommandMeta, DomainError, type ImageShape, imagePath, type Position } from '../../libs/kernel/index.ts';
import type { Commands, Recorded } from '../../libs/nest-decider/index.ts';
import { StoreImage } from '../domain/image/image.commands.ts';
import type { ImageFile } from '../domain/image/image.events.ts';
import { decoders } from './decoders.ts';
import { refusedImage } from './refused-image.ts';
import { streams } from './streams.ts';

export interface NewImage {
  /** The id that the caller chose; an import makes it from the image's address. */
  readonly imageId: string;
  readonly ownerId: string | null;
  readonly address: string | null;
  readonly alt: string | null;
  readonly bytes: Uint8Array;
}

export interface RecordedImage {
  readonly shape: ImageShape;
  readonly position: Position;
}

/**
 * The longest time between an image's first file and its event, in milliseconds; the longest wait for a log is minutes.
 */
const RECORDED_WITHIN_MS = 3_600_000;

/**
 * Makes an image's files, seals them and records them: first the files, then the event, so that every event has its
 * files.
 */
export class ImageStoring {
  readonly #commands: Commands;
  readonly #store: Pick<EventStore, 'readStream'>;
  readonly #files: ImageFiles;
  readonly #apart: Pick<ImagesApart, 'make'>;

  constructor(
    ...[commands, store, files, apart = new ImagesApart()]: [
      commands: Commands,
      store: Pick<EventStore, 'readStream'>,
      files: ImageFiles,
      apart?: Pick<ImagesApart, 'make'>,
    ]
  ) {
    this.#commands = commands;
    this.#store = store;
    this.#files = files;
    this.#apart = apart;
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
  async store(image: NewImage, meta: CommandMeta): Promise<ImageShape> {
    const { shape } = await this.#record(image, await makeSizes(image.bytes), meta);
    return shape;
  }

  /**
   * As `store`, for what people send: it is made where it harms nothing, and the position of its event is told. Making
   * takes seconds, so `requireStill` is asked after it, and what it throws is thrown. Throws DomainError:
   * unsupported_media_type, too_large, invalid, overloaded, id_taken, storage_unavailable.
   */
  async storeSent(
    image: NewImage,
    meta: CommandMeta,
    requireStill: () => Promise<void> = async () => undefined,
  ): Promise<RecordedImage> {
    const made = await this.#apart.make(image.bytes, meta.actor).catch((error: unknown) => {
      throw refusedImage(error) ?? error;
    });
    await requireStill();
    return this.#record(image, made, meta);
  }

  async #record({ bytes: _, ...image }: NewImage, made: MadeImage, meta: CommandMeta): Promise<RecordedImage> {
    const { files: sizes, ...shape } = made;
    const key = newFileKey();
    const sealed = sizes.map(({ width, format, bytes }) => {
      const file = sealFile(bytes, { key, path: imagePath({ imageId: image.imageId, width, format }) });
      return { width, format, file, sha256: fileName(file) };
    });
    const files = sealed.map(({ file, ...named }): ImageFile => ({ ...named, bytes: file.byteLength }));
    const note = await this.#files.notes.begin(
      image.imageId,
      files.map(({ sha256 }) => sha256),
    );
    let position: Position;
    try {
      await this.#files.putAll(sealed.map(({ file, sha256 }) => ({ name: sha256, sealed: file })));
      const wish = { ...image, ...shape, files, fileKey: key.toString('base64url') };
      const recorded: Recorded = await this.#commands.execute(new StoreImage(wish, meta));
      if (recorded.repeated) await this.#drop(files);
      position = recorded.position;
    } catch (error) {
      // An unreachable log may still have taken the event: then the files belong to it, and otherwise they are swept.
      if (!(error instanceof DomainError && error.code === 'storage_unavailable')) {
        await this.#drop(files);
        await this.#files.notes.end(note);
      }
      throw error;
    }
    await this.#files.notes.end(note);
    return { shape: (await this.known(image.imageId)) ?? { imageId: image.imageId, ...shape }, position };
  }

  /**
   * Deletes the files of images that were never recorded because their writer died; `now` is in milliseconds since
   * 1970. Files that an event names stay, and so do those younger than an hour, since somebody may still record them.
   * Gives the number of deleted files. Throws StoreUnavailable, and the system's error.
   */
  async sweep(now: number): Promise<number> {
    const before = now - RECORDED_WITHIN_MS;
    let swept = 0;
    for await (const { id, at, imageId, names } of this.#files.notes.all()) {
      const recorded = names.length === 0 ? new Set() : await this.#filesOf(imageId);
      let young = at >= before;
      for (const name of names.filter((each) => !recorded.has(each))) {
        const { removed, left } = await this.#files.removeOlder(name, before);
        swept += removed;
        young ||= left > 0;
      }
      if (!young) await this.#files.notes.end(id);
    }
    return swept;
  }

  /** The names of all its files in the log. */
  async #filesOf(imageId: string): Promise<ReadonlySet<string>> {
    for await (const event of this.#store.readStream(streams.image(imageId)))
      return new Set(decoders.image.read(event).data.files.map(({ sha256 }) => sha256));
    return new Set();
  }

  async #drop(files: readonly ImageFile[]): Promise<void> {
    for (const { sha256 } of files) await this.#files.remove(sha256);
  }
}
