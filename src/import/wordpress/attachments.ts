import type { Gallery } from './shortcodes.ts';
import { WxrError } from './wxr.ts';
import { readWxr } from './wxr-reader.ts';
import { readText } from './wxr-text.ts';

const GALLERY = '[gallery';

/** The files that an export tells of: a gallery names them by ids, or means all of its post. */
export class Attachments {
  private readonly urls = new Map<string, string>();
  private readonly ofPosts = new Map<string, string[]>();

  add(id: string, postId: string, url: string): void {
    this.urls.set(id, url);
    const urls = this.ofPosts.get(postId) ?? [];
    this.ofPosts.set(postId, urls);
    if (/\.(jpe?g|png|gif|webp|avif|svg)$/i.test(url)) urls.push(url);
  }

  galleryOf(postId: string): Gallery {
    return (ids) => {
      if (ids.length === 0) return this.ofPosts.get(postId) ?? [];
      return ids.map((id) => this.urls.get(id)).filter((url) => url !== undefined);
    };
  }
}

/**
 * Reads an export for its attachments, which may stand after the posts that show them; only when it holds a gallery at
 * all. A fault in the file is left for the import itself to tell.
 */
export async function readAttachments(file: string): Promise<Attachments> {
  const attachments = new Attachments();
  try {
    if (!(await holdsGallery(file))) return attachments;
    for await (const { item } of readWxr(file, () => undefined)) {
      const url = item.fields.get('wp:attachment_url') ?? '';
      if (url !== '')
        attachments.add(item.fields.get('wp:post_id') ?? '', item.fields.get('wp:post_parent') ?? '', url);
    }
  } catch (error) {
    if (!(error instanceof WxrError)) throw error;
  }
  return attachments;
}

async function holdsGallery(file: string): Promise<boolean> {
  let end = '';
  for await (const text of readText(file, () => undefined)) {
    if ((end + text).includes(GALLERY)) return true;
    end = text.slice(-GALLERY.length);
  }
  return false;
}
