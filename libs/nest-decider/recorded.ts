import type { Command, Fact } from '../kernel/index.ts';

/** The answer of a command handler: the places of its events. */
export interface Recorded {
  /**
   * The position of the command's last event; of the stream's newest event when nothing had to change; 0n without any
   * event.
   */
  readonly position: bigint;
  /** The stream's newest revision; -1n for a stream without events. */
  readonly revision: bigint;
  /** True when the same command was recorded before, or nothing needed to change. */
  readonly repeated: boolean;
  /** The facts that this command recorded, in order; none for a repeat. */
  readonly facts: readonly Fact[];
}

/** Nest's CommandBus as far as recording goes: every command that `handlersFor` handles answers `Recorded`. */
export interface Commands {
  execute(command: Command): Promise<Recorded>;
}
