import type { EventStore } from '../../libs/event-store/index.ts';
import { trusted } from '../../libs/kernel/index.ts';
import { Decoder } from '../../libs/nest-decider/index.ts';
import type { Vault } from '../../libs/vault/index.ts';
import { EVENT_TYPES } from '../domain/event-catalogue.ts';
import type { ForumEvent } from '../domain/event-types.ts';
import { UPCASTERS } from '../domain/upcasters.ts';
import type { Cause, Letter, LetterMaker, LetterPorts } from '../reactors/mail/letter.ts';
import { LETTERS } from '../reactors/mail/letters.ts';
import type { DueMail, LetterKind } from '../views/mails/mails.query-types.ts';

const decoder = new Decoder<ForumEvent>(Object.values(EVENT_TYPES).flat(), UPCASTERS);

export interface ComposingParts {
  readonly store: Pick<EventStore, 'readAll'>;
  readonly vault: Vault;
  readonly ports: Omit<LetterPorts, 'now' | 'receiver'>;
}

/** Writes the letter of a due mail from the event that caused it, with its personal part opened. */
export async function composeLetter(
  { kind, cause, receiver }: Pick<DueMail, 'kind' | 'cause' | 'receiver'>,
  { store, vault, ports }: ComposingParts,
): Promise<Letter | null> {
  for await (const event of store.readAll({ from: cause, limit: 1 })) {
    const fact = await decoder.open(event, vault);
    const maker: LetterMaker<LetterKind> = trusted<LetterMaker<LetterKind>>(LETTERS[kind]);
    return maker.compose(trusted<Cause<LetterKind>>(fact), { ...ports, receiver, now: new Date().toISOString() });
  }
  throw new Error(`the log has no event at position ${cause}`);
}
