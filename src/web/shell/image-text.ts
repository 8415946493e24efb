import type { TypedChange } from './typed-change.ts';

/** Where a picture comes that was brought at `at`, as a block of its own; the caret stands behind it. */
export function pictureChange(text: string, at: number, address: string): TypedChange {
  const [before, after] = [text.slice(0, at), text.slice(at)];
  const gap = before === '' || before.endsWith('\n\n') ? '' : before.endsWith('\n') ? '\n' : '\n\n';
  const rest = after.startsWith('\n\n') ? '' : after.startsWith('\n') ? '\n' : '\n\n';
  const insert = `${gap}![](${address})${rest}`;
  return { from: at, to: at, insert, choose: [insert.length, insert.length] };
}

/** Where a place stands after its text was changed; what is typed just there comes behind it. */
export function placeAfter(at: number, before: string, after: string): number {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head += 1;
  if (head >= at) return at;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  const [changedTo, grown] = [before.length - tail, after.length - before.length];
  return at >= changedTo ? at + grown : Math.min(at, after.length - tail);
}

/** Signs of Markdown that would be none of the description's. */
const SIGNS = /[\\`*_[\]<>&~|@!]/g;

/** The words of a description, as they stand in Markdown. */
export function described(description: string): string {
  return description.replace(/\s+/g, ' ').trim().replace(SIGNS, '\\$&');
}

/** Describes the picture with that address in a text; null where the text does not show it any more. */
export function describedPicture(text: string, address: string, description: string): TypedChange | null {
  const end = text.indexOf(`](${address})`);
  const from = end === -1 ? -1 : text.lastIndexOf('![', end);
  if (from === -1) return null;
  const words = described(description);
  return { from: from + 2, to: end, insert: words, choose: [words.length, words.length] };
}
