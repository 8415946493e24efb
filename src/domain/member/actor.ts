import type { Role } from '../../../libs/words/index.ts';

/** The person who acts, with what the rules need to know. */
export interface Actor {
  readonly memberId: string;
  readonly roles: readonly Role[];
}
