import { randomUUID } from 'node:crypto';
import type { CommandContext } from '../composition/command-context.ts';
import { TakeLease } from '../domain/lease/lease.commands.ts';
import type { ImportReport } from '../import/recording/report.ts';

/** The lease of imports from a shell, which keeps nobody out: one that has run out as it is taken. */
const REACTOR = 'import-shell';
const RUN_OUT = new Date(0).toISOString();

/** Puts into the log that an import began from the shell, once it records something; by nobody, since a shell has no name. */
export class ImportBegun {
  readonly #commands: CommandContext['commands'];
  #noted: Promise<unknown> | null = null;

  constructor({ commands }: Pick<CommandContext, 'commands'>) {
    this.#commands = commands;
  }

  /** Throws nothing; `end` does. */
  reached({ dryRun, posts, comments }: Pick<ImportReport, 'dryRun' | 'posts' | 'comments'>): void {
    if (dryRun || this.#noted !== null || posts.imported + posts.updated + comments.imported === 0) return;
    this.#noted = this.#note();
    this.#noted.catch(() => undefined);
  }

  /** Throws what kept it from being noted. */
  async end(): Promise<void> {
    await this.#noted;
  }

  #note(): Promise<unknown> {
    const id = randomUUID();
    const meta = {
      commandId: id,
      actor: 'system',
      now: new Date().toISOString(),
      correlationId: id,
      causationId: null,
    };
    const terms = { reactor: REACTOR, holder: `shell-${id}`, until: RUN_OUT, tasks: [] };
    return this.#commands.execute(new TakeLease(terms, meta));
  }
}
