import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isLogServer } from '../../libs/event-store/index.ts';
import type { CommandContext } from '../composition/command-context.ts';
import { logFile } from '../composition/open-log.ts';
import { readConfig } from '../config.ts';
import type { Terminal } from './terminal.ts';
import { withCommands } from './with-commands.ts';

/** Opens the forum for an import. A dry run makes none: where there is no forum yet, it looks at an empty one elsewhere. */
export async function withForum<Result>(
  terminal: Terminal,
  dryRun: boolean,
  work: (context: CommandContext) => Promise<Result>,
): Promise<Result> {
  const config = readConfig(terminal.environment);
  if (!dryRun || isLogServer(config.eventStoreUrl) || existsSync(logFile(config))) return withCommands(terminal, work);
  const empty = mkdtempSync(join(tmpdir(), 'colloquy-dry-run-'));
  try {
    return await withCommands({ ...terminal, environment: { ...terminal.environment, DATA_DIR: empty } }, work);
  } finally {
    rmSync(empty, { recursive: true, force: true });
  }
}
