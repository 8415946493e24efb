import { randomUUID } from 'node:crypto';
import { BEFORE_FIRST, DomainError, type Position, trusted } from '../../libs/kernel/index.ts';
import type { Commands, Recorded } from '../../libs/nest-decider/index.ts';
import { LEASE_GRACE_MS } from '../../libs/words/index.ts';
import { TakeLease } from '../domain/lease/lease.commands.ts';
import type { LeaseEvent } from '../domain/lease/lease.events.ts';

/** Whose work a lease is for, and for how long it is taken. */
export interface LeaseTerms {
  readonly reactor: string;
  /** The node, by an id of its own. */
  readonly holder: string;
  readonly tasks: readonly string[];
  readonly lengthMs: number;
}

/**
 * The right to do a reactor's work, recorded in the log so that one node has it at a time. It is taken when there is
 * work and renewed while there is; it runs out by itself, so nothing is recorded by an idle forum.
 */
export class Lease {
  readonly #commands: Commands;
  readonly #terms: LeaseTerms;
  /** By the monotonic clock, which nobody can set back. */
  #heldUntil = Number.NEGATIVE_INFINITY;
  #term = 0;
  #since: Position = BEFORE_FIRST;
  #newest: Position = BEFORE_FIRST;

  constructor(commands: Commands, terms: LeaseTerms) {
    this.#commands = commands;
    this.#terms = terms;
  }

  /**
   * The position at which this node took it from another, or after it had run out: what was recorded before belongs to
   * the holder before.
   */
  get since(): Position {
    return this.#since;
  }

  /** The position of its newest event, taken or renewed. */
  get newest(): Position {
    return this.#newest;
  }

  /** False from the moment on at which it runs out. */
  get isHeld(): boolean {
    return performance.now() < this.#heldUntil;
  }

  /** False when another node has the lease. Its event tells who wanted it. Throws DomainError storage_unavailable. */
  async take(actor = 'system', told: { readonly reached?: number } = {}): Promise<boolean> {
    const { lengthMs, ...terms } = this.#terms;
    const begun = performance.now();
    const now = Date.now();
    const until = new Date(now + lengthMs).toISOString();
    const meta = { commandId: randomUUID(), actor, now: new Date(now).toISOString(), causationId: null };
    try {
      const wish = new TakeLease({ ...terms, until, ...told }, { ...meta, correlationId: meta.commandId });
      this.#taken(await this.#commands.execute(wish));
      this.#heldUntil = begun + lengthMs;
      return true;
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'conflict') throw error;
      this.#heldUntil = Number.NEGATIVE_INFINITY;
      return false;
    }
  }

  /** Lets another node take it at once, where it is held still. Throws DomainError storage_unavailable. */
  async release(): Promise<void> {
    if (!this.isHeld) return;
    this.#heldUntil = Number.NEGATIVE_INFINITY;
    const { lengthMs: _, ...terms } = this.#terms;
    const now = Date.now();
    const until = new Date(now - LEASE_GRACE_MS).toISOString();
    const commandId = randomUUID();
    const meta = { commandId, actor: 'system', now: new Date(now).toISOString(), causationId: null };
    await this.#commands.execute(new TakeLease({ ...terms, until }, { ...meta, correlationId: commandId }));
  }

  /** Renews a lease of which less than half is left; one that has run out is lost. */
  async keep(): Promise<void> {
    if (this.isHeld && this.#heldUntil - performance.now() < this.#terms.lengthMs / 2) await this.take();
  }

  #taken({ position, facts }: Recorded): void {
    this.#newest = position;
    const terms = trusted<readonly LeaseEvent[]>(facts).map(({ data }) => data.term);
    if (terms.includes(this.#term)) return;
    this.#term = terms[0] ?? 0;
    this.#since = position;
  }
}
