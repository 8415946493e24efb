import type { Role } from './member.events.ts';

/** Who acts, as far as the rules care. */
export interface Actor {
  readonly memberId: string;
  readonly roles: readonly Role[];
}
