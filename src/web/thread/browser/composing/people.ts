import type { Comment } from '../../../../../libs/client/shapes.ts';
import { plainlyFolded } from './folded.ts';

/** Somebody who can be mentioned. */
export interface Mentionable {
  readonly handle: string;
  readonly displayName: string;
}

const MOST_OFFERED = 6;

/** Those who wrote the comments, each once, the newest writer first. */
export function peopleOf(comments: readonly Pick<Comment, 'author'>[]): readonly Mentionable[] {
  const found = new Map<string, Mentionable>();
  for (const { author } of comments.toReversed()) {
    if (author === null || !('handle' in author) || found.has(author.handle)) continue;
    found.set(author.handle, { handle: author.handle, displayName: author.displayName });
  }
  return [...found.values()];
}

/** Those whose handle, or a word of whose name, begins with what is typed. */
export function offeredTo(people: readonly Mentionable[], typed: string): readonly Mentionable[] {
  const wanted = plainlyFolded(typed);
  const fits = ({ handle, displayName }: Mentionable): boolean =>
    plainlyFolded(handle).startsWith(wanted) ||
    plainlyFolded(displayName)
      .split(/\s+/)
      .some((word) => word.startsWith(wanted));
  return people.filter(fits).slice(0, MOST_OFFERED);
}

/** A mention that is being typed: `@` at the beginning of a word, up to the caret. */
export interface BegunMention {
  readonly at: number;
  readonly typed: string;
}

/** The same characters that make a mention in the renderer, as far as they are typed. */
const BEGUN = /(?:^|[\s([{"'«“‘*_~>,;:!?。、，])@([\p{L}\p{N}_][\p{L}\p{M}\p{N}_.-]{0,29})?$/u;
/** Characters before the caret that can belong to a mention. */
const LONGEST = 34;

export function begunMention(text: string, caret: number): BegunMention | null {
  const found = BEGUN.exec(text.slice(Math.max(0, caret - LONGEST), caret));
  if (found === null) return null;
  const typed = found[1] ?? '';
  return { at: caret - typed.length - 1, typed };
}
