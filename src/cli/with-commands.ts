import { type CommandContext, createCommandContext } from '../composition/command-context.ts';
import { readConfig } from '../config.ts';
import type { Terminal } from './terminal.ts';

/** Opens the forum for writing, does the work, and closes it whatever happens. A server may run meanwhile. */
export async function withCommands<Result>(
  terminal: Terminal,
  work: (context: CommandContext) => Promise<Result>,
): Promise<Result> {
  const context = await createCommandContext(readConfig(terminal.environment), terminal.say);
  try {
    return await work(context);
  } finally {
    await context.close();
  }
}
