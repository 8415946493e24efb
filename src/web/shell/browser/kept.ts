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

/** The beginning of the keys of what somebody without an account typed in this tab; the post's id and the parent's follow. */
export const TYPED = 'colloquy:typed:';

/** A text with the id of the comment that its form makes of it. */
interface SentText {
  readonly id: string;
  readonly text: string;
}

function sentIn(value: string | null): SentText | null {
  const [id, ...lines] = value?.split('\n') ?? [];
  return id === undefined ? null : { id, text: lines.join('\n') };
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

  /** The text that stands in the field: what is typed there already goes before an older one, which is put aside. */
  begun(parentId: string | null, typed: string): string {
    const older = this.read(parentId);
    if (typed === '') return older;
    if (older !== '' && older !== typed) this.putAside(parentId, older);
    this.write(parentId, typed);
    return typed;
  }

  /** Typed before this program came, in the form with this id: it may have left the page already, which nothing told. */
  noteEarly(parentId: string | null, id: string, text: string): void {
    keep(this.#earlyKey(parentId), `${id}\n${text}`);
  }

  /** What was typed so, and stands as a draft still or was put away by settleEarly. */
  early(parentId: string | null): SentText | null {
    return sentIn(kept(this.#earlyKey(parentId)));
  }

  forgetEarly(parentId: string | null): void {
    keep(this.#earlyKey(parentId), null);
  }

  /** The places of such texts. */
  get earlyPlaces(): readonly (string | null)[] {
    return keptUnder(this.#earlyKey(null)).map((parentId) => parentId || null);
  }

  /** Such a text whose comment stands is no draft, unless it was changed. Call it before a form takes its draft. */
  settleEarly(isTaken: (id: string) => boolean): void {
    for (const parentId of this.earlyPlaces) {
      const early = this.early(parentId);
      const isUnchanged = early?.text === this.read(parentId);
      if (!early || (!isUnchanged && !isTaken(early.id))) this.forgetEarly(parentId);
      else if (isUnchanged && isTaken(early.id)) this.write(parentId, null);
    }
  }

  /** Its form leaves the page with it: it is no draft any more, and is kept until a page shows that it was taken. */
  send(parentId: string | null, id: string, text: string): void {
    keep(this.#sentKey(parentId), `${id}\n${text}`);
    this.write(parentId, null);
  }

  /** What was sent so, with the comment's id; it is kept no longer. */
  takeSent(parentId: string | null): SentText | null {
    const sent = sentIn(kept(this.#sentKey(parentId)));
    keep(this.#sentKey(parentId), null);
    return sent;
  }

  /** A text beside the one that stands in the field, until its writer says which of them stays. */
  aside(parentId: string | null): string {
    return kept(this.#asideKey(parentId)) ?? '';
  }

  /** Beside what is put aside already; null forgets both. */
  putAside(parentId: string | null, text: string | null): void {
    const both = text && [this.aside(parentId), text].filter(Boolean).join('\n\n');
    keep(this.#asideKey(parentId), both);
  }

  #earlyKey(parentId: string | null): string {
    return `${this.#prefix}early:${parentId ?? ''}`;
  }

  #sentKey(parentId: string | null): string {
    return `${this.#prefix}sent:${parentId ?? ''}`;
  }

  #asideKey(parentId: string | null): string {
    return `${this.#prefix}aside:${parentId ?? ''}`;
  }
}

/** The rest of the keys that begin with the prefix. */
export function keptUnder(prefix: string, place: Place = 'localStorage'): readonly string[] {
  try {
    return Object.keys(window[place]).flatMap((key) => (key.startsWith(prefix) ? [key.slice(prefix.length)] : []));
  } catch {
    return [];
  }
}
