import type { Slices } from '../../libs/kernel/index.ts';
import { readCommentAside, renderComment } from '../../libs/markdown/index.ts';

/** A comment's Markdown as safe HTML: of a text that takes long in a thread, of all others in these slices. */
export async function commentHtml(text: string, slices: Slices): Promise<string> {
  const read = readCommentAside(text);
  return read === null ? slices.run(() => renderComment(text)) : (await read).html;
}
