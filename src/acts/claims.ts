import type { Claim, MemberAuthor } from '../../libs/client/index.ts';
import { DomainError } from '../../libs/kernel/index.ts';

/** Milliseconds after which a claim that is not renewed is released. */
export const CLAIM_MS = 120_000;

/** The moderator who looks at a case, since when, and until when unless it is renewed; milliseconds since 1970. */
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
 * The moderators who look at a case now, so that two of them do not do the same work. A claim stops nobody from
 * deciding and leaves no history. The claims of other nodes stand beside those of this node; of two moderators at one
 * case, the first has it.
 */
export class Claims {
  readonly #held = new Map<string, Held>();
  readonly #listeners: ((commentId: string) => void)[] = [];
  #elsewhere = NOBODY;

  /** Calls the listener when a case is claimed or released, here or on another node. */
  onChange(heard: (commentId: string) => void): void {
    this.#listeners.push(heard);
  }

  of(commentId: string): Claim | null {
    const first = this.#first(commentId);
    return first === undefined ? null : claimOf(first);
  }

  /** The claims of this node, by comment. */
  here(): ReadonlyMap<string, Looking> {
    return this.#held;
  }

  /** Replaces the claims of all other nodes, by comment. */
  hear(elsewhere: ReadonlyMap<string, Looking>): void {
    const before = this.#elsewhere;
    this.#elsewhere = elsewhere;
    for (const commentId of new Set([...before.keys(), ...elsewhere.keys()])) {
      if (before.get(commentId)?.by.id !== elsewhere.get(commentId)?.by.id) this.#tell(commentId);
    }
  }

  /** A claim made again is renewed. Throws DomainError `claimed` while another moderator holds it. */
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

  /** Does nothing when another moderator holds it. */
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

/** Gives the same claim on every node, whatever their clocks say. */
export function earlier(a: Looking, b: Looking): Looking {
  if (a.since !== b.since) return a.since < b.since ? a : b;
  return a.by.id <= b.by.id ? a : b;
}

function claimOf({ by, until }: Looking): Claim {
  return { by, until: new Date(until).toISOString() };
}
