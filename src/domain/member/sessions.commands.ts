import { Command } from '../../../libs/kernel/index.ts';
import type { SignInWay } from '../../../libs/words/index.ts';
import type { PasskeyProof } from './passkeys.commands.ts';
import type { CodeProof } from './second-factor.commands.ts';

/** Sent when somebody has proved to be the member. `proof` is what was proved besides a password or a link, or null. */
export class OpenSession extends Command<{
  readonly memberId: string;
  readonly sessionId: string;
  readonly expiresAt: string;
  readonly way: SignInWay;
  readonly device: string;
  readonly proof: CodeProof | PasskeyProof | null;
}> {
  readonly type = 'OpenSession';
}

/** The member's own present session is ended with its `expiresAt`; another of its sessions by the id alone. */
export class EndSession extends Command<{
  readonly memberId: string;
  readonly sessionId: string;
  readonly expiresAt: string | null;
}> {
  readonly type = 'EndSession';
}

/** Ends every session of the member but the one from which it is sent; every one for an admin, with null. */
export class EndOtherSessions extends Command<{ readonly memberId: string; readonly sessionId: string | null }> {
  readonly type = 'EndOtherSessions';
}

export type MemberSessionCommand = OpenSession | EndSession | EndOtherSessions;
