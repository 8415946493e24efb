import { Logger } from '@nestjs/common';
import type { CommandBus } from '@nestjs/cqrs';
import { deriveId } from '../../libs/kernel/index.ts';
import { commandMeta } from '../access/principal.ts';
import type { SeenSession } from '../access/sign-in/sessions.ts';
import { NoteSessionSeen } from '../domain/session/session.commands.ts';

/**
 * Records on which days sessions are used, each day once, whichever nodes see it. Nobody waits for it, and a day that could
 * not be recorded is missing.
 */
export class SessionDays {
  readonly #commands: Pick<CommandBus, 'execute'>;
  readonly #log = new Logger(SessionDays.name);

  constructor(commands: Pick<CommandBus, 'execute'>) {
    this.#commands = commands;
  }

  note(seen: SeenSession): void {
    const meta = commandMeta(seen, deriveId('session seen', seen.sessionId, seen.day));
    this.#commands.execute(new NoteSessionSeen({ ...seen }, meta)).catch((error: unknown) => {
      this.#log.debug(`the use of a session was not recorded: ${error}`);
    });
  }
}
