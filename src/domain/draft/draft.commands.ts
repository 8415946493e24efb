import { Command } from '../../../libs/kernel/index.ts';
import type { Actor } from '../member/actor.ts';
import type { DraftPlace } from './draft.events.ts';

interface OwnDraft {
  readonly by: Actor;
  readonly draftId: string;
  readonly placeId: string;
}

/** `over` is the position of the text that the writer saw last; null for none. */
export class KeepDraft extends Command<
  OwnDraft & { readonly place: DraftPlace; readonly body: string; readonly over: bigint | null }
> {
  readonly type = 'KeepDraft';
}

export class DropDraft extends Command<OwnDraft> {
  readonly type = 'DropDraft';
}

export type DraftCommand = KeepDraft | DropDraft;
