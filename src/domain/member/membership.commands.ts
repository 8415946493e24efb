import { Command } from '../../../libs/kernel/index.ts';
import type { Actor } from './actor.ts';

export class ApproveMember extends Command<{ readonly memberId: string; readonly by: Actor }> {
  readonly type = 'ApproveMember';
}

/** `reason` is told to the member; it may be empty. */
export class RefuseMember extends Command<{ readonly memberId: string; readonly reason: string }> {
  readonly type = 'RefuseMember';
}
