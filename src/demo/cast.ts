import { type CommandMeta, deriveId } from '../../libs/kernel/index.ts';
import type { Actor } from '../domain/comment/comment.commands.ts';

export const CORRELATION = deriveId('demo', 'fill');

/** The members who have joined the demo so far, by handle, and the envelope of their commands. */
export class Cast {
  readonly #members = new Map<string, Actor>();

  join(handle: string, member: Actor): void {
    this.#members.set(handle, member);
  }

  /** Throws Error for a handle that has not joined before. */
  actor(handle: string): Actor {
    const member = this.#members.get(handle);
    if (member === undefined) throw new Error(`the demo has no member ${handle} who joined before this`);
    return member;
  }

  memberId(handle: string): string {
    return this.actor(handle).memberId;
  }

  /** `index`: the place among all happenings, so that the ids are always the same. */
  meta(handle: string, now: string, index: number): CommandMeta {
    const commandId = deriveId('demo', 'happening', now, index);
    return { commandId, actor: this.memberId(handle), now, correlationId: CORRELATION, causationId: null };
  }
}
