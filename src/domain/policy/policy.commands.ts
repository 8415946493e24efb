import { Command } from '../../../libs/kernel/index.ts';
import type { Policy } from './policy.settings.ts';

/** `version` is the one after that which was seen when the policy was changed. */
export class SetPolicy extends Command<{
  readonly version: number;
  readonly policy: Policy;
  readonly restores: number | null;
  readonly note: string;
}> {
  readonly type = 'SetPolicy';
}

export type PolicyCommand = SetPolicy;
