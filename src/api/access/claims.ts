import type { Claim, MemberAuthor } from '../../../libs/client/index.ts';
import { DomainError } from '../../../libs/kernel/index.ts';

/** A claim that is not renewed is released after so long. */
export const CLAIM_MS = 120_000;

interface Held {
  readonly by: MemberAuthor;
  readonly until: number;
  readonly release: NodeJS.Timeout;
}

/**
 * Who is looking at which case, so that two moderators do not do the same work. It keeps nobody from ruling, is no history,
 * and is known on this node alone.
 */
export class Claims {
  readonly #held = new Map<string, Held>();
  #heard: (commentId: string) => void = () => undefined;

  /** Called when a case was claimed or released. */
  onChange(heard: (commentId: string) => void): void {
    this.#heard = heard;
  }

  of(commentId: string): Claim | null {
    const held = this.#held.get(commentId);
    return held === undefined ? null : { by: held.by, until: new Date(held.until).toISOString() };
  }

  /** Anew, it is renewed. Throws DomainError `claimed` while another moderator holds it. */
  claim(commentId: string, by: MemberAuthor): Claim {
    const held = this.#held.get(commentId);
    if (held !== undefined && held.by.id !== by.id) {
      const seconds = Math.max(1, Math.ceil((held.until - Date.now()) / 1_000));
      throw new DomainError('claimed', `${held.by.displayName} is looking at this comment.`, [], seconds);
    }
    clearTimeout(held?.release);
    const until = Date.now() + CLAIM_MS;
    const release = setTimeout(() => this.#drop(commentId), CLAIM_MS).unref();
    this.#held.set(commentId, { by, until, release });
    if (held === undefined) this.#heard(commentId);
    return { by, until: new Date(until).toISOString() };
  }

  /** Nothing happens when another holds it. */
  release(commentId: string, memberId: string): void {
    if (this.#held.get(commentId)?.by.id === memberId) this.#drop(commentId);
  }

  #drop(commentId: string): void {
    clearTimeout(this.#held.get(commentId)?.release);
    if (this.#held.delete(commentId)) this.#heard(commentId);
  }
}
