import type { Role } from '../../../libs/words/index.ts';

/** Who acts, as far as the rules care. */
export interface Actor {
  readonly memberId: string;
  readonly roles: readonly Role[];
}
