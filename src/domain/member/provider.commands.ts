import { Command } from '../../../libs/kernel/index.ts';

/** Somebody at a provider: the provider's name in the settings, and the `sub` of its tokens. */
export interface LinkedSubject {
  readonly provider: string;
  readonly subject: string;
}

/** Sent when the name of the subject is reserved for the member. */
export class LinkProvider extends Command<{ readonly memberId: string } & LinkedSubject> {
  readonly type = 'LinkProvider';
}

export class UnlinkProvider extends Command<{ readonly memberId: string; readonly provider: string }> {
  readonly type = 'UnlinkProvider';
}
