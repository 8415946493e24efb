import type { Command } from '@nestjs/cqrs';
import type { OpenLog } from './open-log.ts';

/** The commands without HTTP and views, for programs that only write: import, member create. */
export interface CommandContext extends OpenLog {
  /** Sends a command over the CommandBus. Throws DomainError, StoreUnavailable. */
  execute<Result>(command: Command<Result>): Promise<Result>;
}
