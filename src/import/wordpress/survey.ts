import type { Gallery } from './shortcodes.ts';
import { WxrError, type WxrItem } from './wxr.ts';
import { readWxr } from './wxr-reader.ts';

/** Characters of all reusable blocks that are kept. */
const MOST_OF_BLOCKS = 4 * 1024 * 1024;

/** What posts need to know of other items of the export, wherever these stand in it. */
export class Survey {
  readonly #attachments = new Map<string, string>();
  readonly #ofPosts = new Map<string, string[]>();
  readonly #blocks = new Map<string, string>();
  #sizeOfBlocks = 0;

  add({ fields }: WxrItem): void {
    const id = fields.get('wp:post_id') ?? '';
    const url = fields.get('wp:attachment_url') ?? '';
    if (url !== '') this.#attach(id, fields.get('wp:post_parent') ?? '', url);
    if (fields.get('wp:post_type') === 'wp_block') this.#keepBlock(id, fields.get('content:encoded') ?? '');
  }

  /** A gallery names its images by their ids, or means all of its post. */
  galleryOf(postId: string): Gallery {
    return (ids) => {
      if (ids.length === 0) return this.#ofPosts.get(postId) ?? [];
      return ids.map((id) => this.#attachments.get(id)).filter((url) => url !== undefined);
    };
  }

  /** The content of a reusable block; undefined when the export does not hold it. */
  blockOf(id: string): string | undefined {
    return this.#blocks.get(id);
  }

  #attach(id: string, postId: string, url: string): void {
    this.#attachments.set(id, url);
    const urls = this.#ofPosts.get(postId) ?? [];
    this.#ofPosts.set(postId, urls);
    if (/\.(jpe?g|png|gif|webp|avif|svg)$/i.test(url)) urls.push(url);
  }

  #keepBlock(id: string, content: string): void {
    this.#sizeOfBlocks += content.length;
    if (this.#sizeOfBlocks <= MOST_OF_BLOCKS) this.#blocks.set(id, content);
  }
}

/** Reads an export for what `Survey` tells. A fault in the file is left for the import itself to tell. */
export async function surveyed(file: string): Promise<Survey> {
  const survey = new Survey();
  try {
    for await (const { item } of readWxr(file, () => undefined, { comments: false })) {
      survey.add(item);
    }
  } catch (error) {
    if (!(error instanceof WxrError)) throw error;
  }
  return survey;
}
