import { AnsweringThread } from '../answering-thread/index.ts';
import { programBeside } from '../kernel/index.ts';
import type { ImageAnswer, ImageQuestion } from './image-process.ts';
import { sentKindOf } from './kinds.ts';
import { readMade } from './made-bytes.ts';
import { ImageRefused, type MadeImage, noImage } from './make-sizes.ts';

export interface ApartBounds {
  /** Images that are made or wait, and those of them of one sender. */
  readonly mostAtOnce: number;
  readonly mostOfOne: number;
  /** Milliseconds for one image, from the start of its process. */
  readonly withinMs: number;
  /** Bytes that the process may have in memory. */
  readonly mostMemory: number;
}

const USUAL_BOUNDS: ApartBounds = {
  mostAtOnce: 8,
  mostOfOne: 2,
  withinMs: 45_000,
  mostMemory: 640 * 1_048_576,
};

/** There are more images to be made than are waited for. */
export class TooManyImages extends Error {
  override readonly name = 'TooManyImages';
}

/**
 * Makes images of strangers' bytes, one at a time, each in a process of its own with a low priority: a decoder that
 * crashes, runs for ever or takes all memory takes nothing else with it.
 */
export class ImagesApart {
  readonly #bounds: ApartBounds;
  readonly #of = new Map<string, number>();
  readonly #thread = new AnsweringThread<ImageQuestion, ImageAnswer>({
    program: programBeside(import.meta.url, 'image-processes.worker'),
    name: 'images',
    instead: () => ({ ended: 'unbegun' }),
    endsAfter: 0,
  });
  #atOnce = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(bounds: Partial<ApartBounds> = {}) {
    this.#bounds = { ...USUAL_BOUNDS, ...bounds };
  }

  /** As `makeSizes`; `sender` is whoever sent the bytes. Throws ImageRefused, TooManyImages, and Error where no process begins. */
  async make(bytes: Uint8Array, sender: string): Promise<MadeImage> {
    const kind = sentKindOf(bytes);
    if (!kind.taken) throw noImage(kind.name);
    const { mostAtOnce, mostOfOne } = this.#bounds;
    const own = this.#of.get(sender) ?? 0;
    if (own >= mostOfOne) throw new TooManyImages('the other images of this sender are still being made');
    if (this.#atOnce >= mostAtOnce) throw new TooManyImages('many images are being made');
    this.#count(sender, 1);
    const made = this.#last.then(() => this.#made(bytes));
    this.#last = made.catch(() => undefined);
    return made.finally(() => this.#count(sender, -1));
  }

  #count(sender: string, one: 1 | -1): void {
    this.#atOnce += one;
    const own = (this.#of.get(sender) ?? 0) + one;
    if (own === 0) this.#of.delete(sender);
    else this.#of.set(sender, own);
  }

  async #made(bytes: Uint8Array): Promise<MadeImage> {
    const { withinMs, mostMemory } = this.#bounds;
    const answer = await this.#thread.ask({ bytes, withinMs, mostMemory });
    if ('said' in answer) return readMade(Buffer.from(answer.said.buffer, answer.said.byteOffset, answer.said.length));
    const { ended } = answer;
    switch (ended) {
      case 'late':
        throw new ImageRefused('size', 'it takes too long to be read');
      case 'full':
        throw new ImageRefused('size', 'it takes too much memory to be read');
      case 'broken':
        throw new ImageRefused('damaged', 'it is damaged');
      case 'unbegun':
        throw new Error('no process for images begins');
      default:
        return ended satisfies never;
    }
  }
}
