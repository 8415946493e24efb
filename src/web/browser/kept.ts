/** What this browser remembers; where storing is full or forbidden it only forgets. */
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
    // Nothing is lost but the convenience.
  }
}

/** One unsent text for each member, post and parent. */
export class Drafts {
  readonly #prefix: string;

  constructor(memberId: string, postId: string) {
    this.#prefix = `colloquy:draft:${memberId}:${postId}:`;
  }

  read(parentId: string | null): string {
    return kept(this.#prefix + (parentId ?? '')) ?? '';
  }

  write(parentId: string | null, text: string | null): void {
    keep(this.#prefix + (parentId ?? ''), text);
  }
}
