import { randomUUID } from 'node:crypto';
import { counted, formatPosition, type Position } from '../../libs/kernel/index.ts';
import { readHead } from '../../libs/log-tree/index.ts';
import { auditSigner } from '../composition/audit-key.ts';
import { createCommandContext } from '../composition/command-context.ts';
import { treeDir } from '../composition/forum-tree.ts';
import { type Config, readConfig } from '../config.ts';
import { RecordExport } from '../domain/look/look.commands.ts';
import { type ExportedLog, exportLog, type LogFileFormat } from '../keeping/export/export-log.ts';
import type { AddCommand } from './add-command.ts';
import { auditOrigin } from './audit-origin.ts';
import { copyPlaceOf } from './log-copy-places.ts';
import { openSource } from './log-copy-source.ts';
import { outsideDataDir } from './outside-data-dir.ts';
import { Progress } from './progress.ts';
import { stoppable } from './stoppable.ts';
import { type Status, SUCCESS, type Terminal } from './terminal.ts';

/** What `colloquy export ndjson FILE` and `colloquy export --out FILE` ask for. */
export interface LogWanted {
  readonly format: LogFileFormat;
  readonly out: string;
  readonly json?: true;
}

/** `colloquy export ndjson`: the log as it is hashed. */
export const exportNdjsonCommand: AddCommand = (parent, terminal, end) => {
  parent
    .command('ndjson')
    .description('write every event of the log as a line, with a signed checkpoint beside it: FILE.checkpoint')
    .argument('<file>', 'the file to make; nothing is written over')
    .option('--json', 'print what was written as one JSON document on standard output')
    .addHelpText('after', CHECK_LATER)
    .action(async (out: string, { json }: Pick<LogWanted, 'json'>) =>
      end(await writeLog({ format: 'ndjson', out, ...(json && { json }) }, terminal)),
    );
};

export const CHECK_LATER = '\nTo check it later: colloquy verify <file> --key <the forum’s key>';

/** Writes the log to a file, beside a running server too, and tells what was written. */
export async function writeLog({ format, out, json }: LogWanted, terminal: Terminal): Promise<Status> {
  const started = performance.now();
  const config = readConfig(terminal.environment);
  const file = outsideDataDir(out, config.dataDir);
  const progress = new Progress('export', terminal.error);
  const onProgress = (done: bigint, all: bigint, events: number): void => {
    if (events % 256 !== 0 && done !== all) return;
    const rate = Math.round((events / Math.max(1, performance.now() - started)) * 1_000);
    progress.show(Number((done * 1_000n) / (all || 1n)), 1_000, `${counted(events, 'event')}, ${rate} a second`);
  };
  const exported = await stoppable((signal) => exportFrom(config, { format, file, onProgress, signal })).finally(() =>
    progress.end(),
  );
  const seconds = Math.round(performance.now() - started) / 1_000;
  const report = { ...exported, position: String(exported.position), seconds };
  if (json) terminal.out(JSON.stringify({ file, format, ...report }));
  else for (const line of exportLines(out, exported, seconds)) terminal.say(line);
  return SUCCESS;
}

async function exportFrom(
  config: Config,
  options: Pick<Parameters<typeof exportLog>[0], 'format' | 'file' | 'onProgress' | 'signal'>,
): Promise<ExportedLog> {
  const source = await openSource(copyPlaceOf('EVENT_STORE_URL', config.eventStoreUrl, config.dataDir));
  try {
    const signer = auditSigner(config, source.secrets, auditOrigin(config));
    const record = (until: Position): Promise<void> => recordExport(config, options.format, until);
    return await exportLog({ ...options, record, log: source.log, signer, kept: readHead(treeDir(config)) });
  } finally {
    await source.close();
  }
}

/** By nobody, since a shell has no name. */
async function recordExport(config: Config, format: LogFileFormat, until: Position): Promise<void> {
  const context = await createCommandContext(config);
  const exportId = randomUUID();
  const meta = {
    commandId: exportId,
    actor: 'system',
    now: new Date().toISOString(),
    correlationId: exportId,
    causationId: null,
  };
  const data = { exportId, memberId: null, what: 'events', format, filter: {}, until: formatPosition(until) } as const;
  try {
    await context.commands.execute(new RecordExport(data, meta));
  } finally {
    await context.close();
  }
}

function exportLines(file: string, { events, bytes, position, root }: ExportedLog, seconds: number): readonly string[] {
  return [
    `export:     ${file}, ${counted(bytes, 'byte')} in ${seconds} s`,
    `log:        ${counted(events, 'event')} up to position ${position}, root ${root}`,
    `checkpoint: ${file}.checkpoint`,
  ];
}
