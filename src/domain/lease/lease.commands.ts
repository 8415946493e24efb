import { Command } from '../../../libs/kernel/index.ts';

/** Sent by a node that has work to do, and while it does it. */
export class TakeLease extends Command<{
  readonly reactor: string;
  readonly holder: string;
  /** RFC 3339, UTC. */
  readonly until: string;
  /** All tasks that the node knows. */
  readonly tasks: readonly string[];
  /** As in the event. */
  readonly reached?: number;
}> {
  readonly type = 'TakeLease';
}
