import { Command } from '../../../libs/kernel/index.ts';

/** Sent when the address is reserved for the member as confirmed. */
export class ConfirmEmail extends Command<{ readonly memberId: string }> {
  readonly type = 'ConfirmEmail';
}

/** Sent when the new address, whose link the member opened, is reserved for it as confirmed. */
export class ChangeEmail extends Command<{ readonly memberId: string; readonly email: string }> {
  readonly type = 'ChangeEmail';
}

export type AddressCommand = ConfirmEmail | ChangeEmail;
