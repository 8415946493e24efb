import type { Author } from '../../../libs/client/shapes.ts';

const HUES = 12;

/**
 * The same person always has the same hue: FNV-1a over the id (over the name for imported people), spread over 12 hues.
 */
export function hueOf(author: Author): number {
  let hash = 0x811c9dc5;
  for (const character of author.id ?? author.displayName) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return (hash >>> 0) % HUES;
}

/** Made with the first name and kept, since making one takes longer than all of its work here. */
let segmenter: Intl.Segmenter | undefined;

function firstGrapheme(word: string): string {
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  for (const { segment } of segmenter.segment(word)) return segment;
  return '';
}

/**
 * At most two letters, by grapheme, so that a vowel sign stays with its consonant; one letter in scripts without
 * spaces.
 */
export function initialsOf(displayName: string): string {
  const words = displayName
    .trim()
    .split(/[\s_.-]+/u)
    .filter((word) => /\p{L}|\p{N}/u.test(word));
  const chosen = words.length > 1 ? [words[0], words[words.length - 1]] : [words[0] ?? displayName];
  return chosen
    .map((word) => firstGrapheme(word ?? ''))
    .join('')
    .toLocaleUpperCase();
}

/** Stands in for a portrait: nothing is fetched from elsewhere. */
export function Initials({ author }: { author: Author }) {
  return (
    <span class={`initials hue-${hueOf(author)}`} aria-hidden="true">
      {initialsOf(author.displayName)}
    </span>
  );
}
