import type { Differing } from '../../../../libs/client/index.ts';
import type { Slices } from '../../../../libs/kernel/index.ts';
import { commentExcerptOf } from '../../../../libs/markdown/index.ts';

/** Characters shown of a new comment. */
const EXCERPT = 160;

/** The beginnings of the new comments, as HTML by the comment's id, made in slices, since a text may be long. */
export async function excerptsOf(items: readonly Differing[], slices: Slices): Promise<ReadonlyMap<string, string>> {
  const excerpts = new Map<string, string>();
  for (const { comment, diff } of items) {
    const { id, body } = comment;
    if (body !== null && diff === null) excerpts.set(id, await slices.run(() => commentExcerptOf(body, EXCERPT)));
  }
  return excerpts;
}
