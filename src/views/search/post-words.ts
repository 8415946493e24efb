/** The words of a post, as `keptWords` has them. */
export interface PostWords {
  /** Empty for a post without an excerpt. */
  readonly excerpt: string;
  readonly body: string;
}

/** Parts an excerpt from the text: no word is this one, and no phrase goes beyond it. */
const PARTED = ' : ';

/** As one kept text. */
export function joinedPost({ excerpt, body }: PostWords): string {
  return excerpt === '' ? body : `${excerpt}${PARTED}${body}`;
}

export function partedPost(kept: string): PostWords {
  const at = kept.indexOf(PARTED);
  return at === -1 ? { excerpt: '', body: kept } : { excerpt: kept.slice(0, at), body: kept.slice(at + PARTED.length) };
}
