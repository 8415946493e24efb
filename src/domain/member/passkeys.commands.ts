import { Command } from '../../../libs/kernel/index.ts';

/** A passkey whose signature was right, with the count that it signed. */
export interface PasskeyProof {
  readonly kind: 'passkey';
  readonly passkeyId: string;
  readonly counter: number;
}

export class AddPasskey extends Command<{
  readonly memberId: string;
  readonly passkeyId: string;
  readonly name: string;
  readonly credentialId: string;
  readonly publicKey: string;
  readonly counter: number;
  readonly transports: readonly string[];
}> {
  readonly type = 'AddPasskey';
}

export class RemovePasskey extends Command<{ readonly memberId: string; readonly passkeyId: string }> {
  readonly type = 'RemovePasskey';
}

export type PasskeyCommand = AddPasskey | RemovePasskey;
