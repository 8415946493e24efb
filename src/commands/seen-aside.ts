import { readCommentAside, seenInComment } from '../../libs/markdown/index.ts';
import type { TextLimits } from '../../libs/words/index.ts';
import { normalized } from '../domain/text.ts';

/**
 * What the rules ask for what readers see of this text: found in a thread before, where that takes long, since rules do not wait. One that is too
 * long for these limits is refused before anybody reads it.
 */
export async function seenAside(text: string, { max }: TextLimits): Promise<typeof seenInComment> {
  // A character has two UTF-16 units at most.
  const kept = normalized(text);
  if (kept.length <= 2 * max) await readCommentAside(kept);
  return seenInComment;
}
