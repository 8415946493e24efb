import { Command } from '../../../libs/kernel/index.ts';

/** `version` is the version seen when the policy was changed, plus one. */
export class SetPolicy extends Command<{
  readonly version: number;
  /** The policy as it was sent; the decider checks its form. */
  readonly policy: unknown;
  readonly restores: number | null;
  readonly note: string;
}> {
  readonly type = 'SetPolicy';
}

export type PolicyCommand = SetPolicy;
