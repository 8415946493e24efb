import { Command } from '../../../libs/kernel/index.ts';

/** Sent when the address is reserved for the member as confirmed. */
export class ConfirmEmail extends Command<{ readonly memberId: string }> {
  readonly type = 'ConfirmEmail';
}

/** Sent before the link goes to the new address, which counts once that link was opened. */
export class AskEmailChange extends Command<{
  readonly memberId: string;
  readonly email: string;
  readonly linkId: string;
}> {
  readonly type = 'AskEmailChange';
}

/** Sent when the member gives up the address that it wanted. */
export class DropEmailChange extends Command<{ readonly memberId: string }> {
  readonly type = 'DropEmailChange';
}

/** Sent when the new address, whose link the member opened, is reserved for it as confirmed. */
export class ChangeEmail extends Command<{
  readonly memberId: string;
  readonly email: string;
  readonly linkId: string;
}> {
  readonly type = 'ChangeEmail';
}

export type AddressCommand = ConfirmEmail | AskEmailChange | DropEmailChange | ChangeEmail;
