import type { Claim, MemberAuthor } from '../../libs/client/index.ts';
import { DomainError } from '../../libs/kernel/index.ts';

/** A claim that is not renewed is released after so long. */
export const CLAIM_MS = 120_000;

/** Who looks at a case since when, and until when unless it is renewed; milliseconds since 1970. */
export interface Looking {
  readonly by: MemberAuthor;
  readonly since: number;
  readonly until: number;
}

interface Held extends Looking {
  readonly release: NodeJS.Timeout;
}

const NOBODY: ReadonlyMap<string, Looking> = new Map();

/**
 * Who is looking at which case, so that two moderators do not do the same work. It keeps nobody from decision and is no
 * history. What other nodes tell is set beside what this node knows; of two at one case, whoever came first has it.
 */
export class Claims {
  readonly #held = new Map<string, Held>();
  readonly #listeners: ((commentId: string) => void)[] = [];
  #elsewhere = NOBODY;

  /** Called when a case was claimed or released, here or elsewhere. */
  onChange(heard: (commentId: string) => void): void {
    this.#listeners.push(heard);
  }

  of(commentId: string): Claim | null {
    const first = this.#first(commentId);
    return first === undefined ? null : claimOf(first);
  }

  /** Those of this node, by comment. */
  here(): ReadonlyMap<string, Looking> {
    return this.#held;
  }

  /** What all other nodes tell from now on, by comment. */
  hear(elsewhere: ReadonlyMap<string, Looking>): void {
    const before = this.#elsewhere;
    this.#elsewhere = elsewhere;
    for (const commentId of new Set([...before.keys(), ...elsewhere.keys()])) {
      if (before.get(commentId)?.by.id !== elsewhere.get(commentId)?.by.id) this.#tell(commentId);
    }
  }

  /** Anew, it is renewed. Throws DomainError `claimed` while another moderator holds it. */
  claim(commentId: string, by: MemberAuthor): Claim {
    const first = this.#first(commentId);
    if (first !== undefined && first.by.id !== by.id) {
      const seconds = Math.max(1, Math.ceil((first.until - Date.now()) / 1_000));
      throw new DomainError('claimed', `${first.by.displayName} is looking at this comment.`, [], seconds);
    }
    const before = this.#held.get(commentId);
    clearTimeout(before?.release);
    const now = Date.now();
    const release = setTimeout(() => this.#drop(commentId), CLAIM_MS).unref();
    const held = { by, since: before?.since ?? now, until: now + CLAIM_MS, release };
    this.#held.set(commentId, held);
    if (before === undefined) this.#tell(commentId);
    return claimOf(held);
  }

  /** Nothing happens when another holds it. */
  release(commentId: string, memberId: string): void {
    if (this.#held.get(commentId)?.by.id === memberId) this.#drop(commentId);
  }

  #first(commentId: string): Looking | undefined {
    const [here, there] = [this.#held.get(commentId), this.#elsewhere.get(commentId)];
    return here && there ? earlier(here, there) : (here ?? there);
  }

  #drop(commentId: string): void {
    clearTimeout(this.#held.get(commentId)?.release);
    if (this.#held.delete(commentId)) this.#tell(commentId);
  }

  #tell(commentId: string): void {
    for (const listener of this.#listeners) listener(commentId);
  }
}

/** The same one on every node, whatever their clocks say. */
export function earlier(a: Looking, b: Looking): Looking {
  if (a.since !== b.since) return a.since < b.since ? a : b;
  return a.by.id <= b.by.id ? a : b;
}

function claimOf({ by, until }: Looking): Claim {
  return { by, until: new Date(until).toISOString() };
}
