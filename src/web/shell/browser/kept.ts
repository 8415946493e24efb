/** A browser's kept values; where storing is full or forbidden it only forgets. */
export function kept(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

/** Null or '' removes it. */
export function keep(key: string, value: string | null): void {
  try {
    if (value === null || value === '') localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // Only a convenience is lost.
  }
}

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
    return Object.keys(localStorage).flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []));
  } catch {
    return [];
  }
}
