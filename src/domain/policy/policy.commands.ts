import { Command } from '../../../libs/kernel/index.ts';

/** `version` is the one after that which was seen when the policy was changed. */
export class SetPolicy extends Command<{
  readonly version: number;
  /** As it was sent: its form is the decider's to check. */
  readonly policy: unknown;
  readonly restores: number | null;
  readonly note: string;
}> {
  readonly type = 'SetPolicy';
}

export type PolicyCommand = SetPolicy;
