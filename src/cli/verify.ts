import { statSync } from 'node:fs';
import { counted, programBeside } from '../../libs/kernel/index.ts';
import {
  isReceipt,
  type LogReport,
  readCheckpointFiles,
  reportWords,
  verifyExport,
  verifyReceipt,
} from '../../libs/transparency/index.ts';
import type { AddCommand } from './add-command.ts';
import { Progress } from './progress.ts';
import { stoppable } from './stoppable.ts';
import { FAILURE, type Status, SUCCESS, type Terminal, WrongCall } from './terminal.ts';
import { givenSubject, neededKeys, refuseRefusals, type VerifyFlags } from './verify-flags.ts';
import { ofFolder } from './verify-folder.ts';
import { sealedReceiptWords } from './verify-receipt.ts';

/** `colloquy verify`. */
export const verifyCommand: AddCommand = (program, terminal, end) => {
  program
    .command('verify')
    .description(
      'show offline that a log is what was signed and that nothing is missing, and name the first event that was changed: in an export, or in a data folder, beside a running server too; or that a receipt holds',
    )
    .argument('[path]', "an export, a comment's receipt, or a data folder; DATA_DIR unless told")
    .option(
      '--key <key>',
      "a verifier key of the forum, as text or as a file with one a line; may be repeated; a data folder's own unless told",
      add,
      [],
    )
    .option(
      '--changes <file>',
      'changes of the key, as GET /api/v1/audit/keys answers them, to be followed for a receipt; may be repeated',
      add,
      [],
    )
    .option('--about <comment>', 'the id of the comment that a receipt must be about')
    .option('--event <event>', 'the id of the event that a receipt must be about')
    .option('--checkpoint <file>', 'a checkpoint that you kept; may be repeated', add, [])
    .option('--against <export>', 'another export of the same log, to name what differs; may be repeated', add, [])
    .option('--no-views', "leave out the comparison of a data folder's views with its log")
    .option('--json', 'print what was found as one JSON document on standard output')
    .action(async (path: string | undefined, flags: VerifyFlags) => end(await run(path, flags, terminal)));
};

function add(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

/** SUCCESS when everything holds. */
async function run(path: string | undefined, flags: VerifyFlags, terminal: Terminal): Promise<Status> {
  const started = performance.now();
  const isFile = path !== undefined && statSync(path).isFile();
  refuseRefusals([...(isFile ? [path] : []), ...flags.against, ...flags.checkpoint]);
  if (isFile && isReceipt(path)) return ofReceipt(path, flags, terminal);
  if (flags.about !== undefined || flags.event !== undefined)
    throw new WrongCall('--about and --event are for a receipt, and this is none');
  const report = isFile ? await ofExport(path, flags, terminal) : await ofFolder(path, flags, terminal);
  const seconds = Math.round(performance.now() - started) / 1_000;
  const eventsPerSecond = Math.round(report.events / Math.max(seconds, 0.001));
  if (flags.json) terminal.out(JSON.stringify({ ...report, seconds, eventsPerSecond }, plain));
  else {
    if (isFile) for (const line of reportWords(report, path)) terminal.say(line);
    terminal.say(`${counted(report.events, 'event')} in ${seconds} s, ${eventsPerSecond} a second`);
  }
  return report.ok ? SUCCESS : FAILURE;
}

function plain(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

function ofReceipt(file: string, flags: VerifyFlags, terminal: Terminal): Status {
  const report = verifyReceipt(file, neededKeys(flags, 'a receipt'), givenSubject(flags));
  if (flags.json) terminal.out(JSON.stringify(report));
  else for (const line of sealedReceiptWords(report)) terminal.say(line);
  return report.ok ? SUCCESS : FAILURE;
}

async function ofExport(file: string, flags: VerifyFlags, terminal: Terminal): Promise<LogReport> {
  const keys = neededKeys(flags, 'an export');
  const started = performance.now();
  const progress = new Progress('verify', terminal.error);
  return stoppable((signal) =>
    verifyExport({
      file,
      keys,
      checkpoints: readCheckpointFiles(flags.checkpoint, file),
      against: flags.against,
      formThread: programBeside(import.meta.url, '../../libs/transparency/verify/form.worker'),
      onProgress: ({ bytes, all, events }) => {
        const rate = Math.round((events / Math.max(1, performance.now() - started)) * 1_000);
        progress.show(bytes, all, `${counted(events, 'event')}, ${rate} a second`);
      },
      signal,
    }),
  ).finally(() => progress.end());
}
