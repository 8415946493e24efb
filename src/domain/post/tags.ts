import { invalid, textOf } from '../text.ts';

interface TagLimits {
  readonly tag: Parameters<typeof textOf>[2];
  /** The most tags. */
  readonly tags: number;
}

/** Each tag once, whatever its case, as it was first written. Throws DomainError invalid. */
export function eachTagOnce(tags: readonly string[], limits: TagLimits): readonly string[] {
  const kept = new Map<string, string>();
  for (const [index, text] of tags.entries()) {
    const tag = textOf(text, `tags.${index}`, limits.tag);
    if (!kept.has(tag.toLowerCase())) kept.set(tag.toLowerCase(), tag);
  }
  if (kept.size > limits.tags) throw invalid('tags', `must be ${limits.tags} at most`);
  return [...kept.values()];
}
