import type { TextStorage } from '../../../../libs/client/outbox.ts';

/** For all pages of the forum, or for this tab alone. */
type Place = 'localStorage' | 'sessionStorage';

/**
 * A browser's kept values, whose storages nothing else touches: where storing is full or forbidden it only forgets. In
 * frames some browsers forbid it, and even to name a storage throws.
 */
export function kept(key: string, place: Place = 'localStorage'): string | null {
  try {
    return window[place].getItem(key);
  } catch {
    return null;
  }
}

/** Null or '' removes it. */
export function keep(key: string, value: string | null, place: Place = 'localStorage'): void {
  try {
    if (value === null || value === '') window[place].removeItem(key);
    else window[place].setItem(key, value);
  } catch {
    // Only a convenience is lost.
  }
}

/** The same for those who ask for a storage. */
export const KEPT: TextStorage = {
  getItem: kept,
  setItem: keep,
  removeItem: (key) => keep(key, null),
};

/** The beginning of the keys of one member's unsent texts below one post; the parent's id, or nothing, follows. */
export function draftPrefix(memberId: string, postId: string): string {
  return `colloquy:draft:${memberId}:${postId}:`;
}

/** One unsent text for each member, post and parent. */
export class Drafts {
  readonly #prefix: string;

  constructor(memberId: string, postId: string) {
    this.#prefix = draftPrefix(memberId, postId);
  }

  read(parentId: string | null): string {
    return kept(this.#prefix + (parentId ?? '')) ?? '';
  }

  write(parentId: string | null, text: string | null): void {
    keep(this.#prefix + (parentId ?? ''), text);
  }
}

/** The rest of the keys that begin with the prefix. */
export function keptUnder(prefix: string): readonly string[] {
  try {
    return Object.keys(window.localStorage).flatMap((key) =>
      key.startsWith(prefix) ? [key.slice(prefix.length)] : [],
    );
  } catch {
    return [];
  }
}
