import { Command } from '../../../libs/kernel/index.ts';
import type { SessionSeen } from './session.events.ts';

/** Sent once a day for a session that is used. */
export class NoteSessionSeen extends Command<SessionSeen['data']> {
  readonly type = 'NoteSessionSeen';
}
