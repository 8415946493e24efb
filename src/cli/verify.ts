import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import {
  isKeyName,
  type LogReport,
  ProofError,
  readCheckpoints,
  readKey,
  reportWords,
  type Verifier,
  verifyExport,
} from '../../libs/transparency/index.ts';
import { auditSigner } from '../composition/audit-key.ts';
import { openLogReader } from '../composition/log-reader.ts';
import { type Config, readConfig } from '../config.ts';
import { type DataReport, type DataStep, verifyData } from '../verification/verify-data.ts';
import type { AddCommand } from './add-command.ts';
import { auditOrigin } from './audit-origin.ts';
import { placeOf } from './log-copy-places.ts';
import { openSource } from './log-copy-source.ts';
import { Progress } from './progress.ts';
import { StepProgress } from './step-progress.ts';
import { stoppable } from './stoppable.ts';
import { FAILURE, type Status, SUCCESS, type Terminal, WrongCall } from './terminal.ts';
import { isReceipt, receiptWords, verifyReceipt } from './verify-receipt.ts';

interface VerifyFlags {
  readonly key?: string;
  readonly checkpoint: readonly string[];
  readonly against: readonly string[];
  readonly views: boolean;
  readonly json?: true;
}

const FORM_THREAD = new URL(
  import.meta.url.endsWith('.ts')
    ? '../../libs/transparency/verify/form.worker.ts'
    : '../../libs/transparency/verify/form.worker.js',
  import.meta.url,
);
const STEP_NAMES: Readonly<Record<DataStep, string>> = { log: 'verify the log', views: 'verify the views' };

/** `colloquy verify`. */
export const verifyCommand: AddCommand = (program, terminal, end) => {
  program
    .command('verify')
    .description(
      'show offline that a log is what was signed and that nothing is missing, and name the first event that was changed: in an export, or in a data folder, beside a running server too; or that a receipt holds',
    )
    .argument('[path]', "an export, a comment's receipt, or a data folder; DATA_DIR unless told")
    .option('--key <key>', "the forum's verifier key, as text or as a file with it; a data folder's own unless told")
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
  if (isFile && isReceipt(path)) return ofReceipt(path, flags, terminal);
  const report = isFile ? await ofExport(path, flags, terminal) : await ofFolder(path, flags, terminal);
  const seconds = Math.round(performance.now() - started) / 1_000;
  const eventsPerSecond = Math.round(report.events / Math.max(seconds, 0.001));
  if (flags.json) terminal.out(JSON.stringify({ ...report, seconds, eventsPerSecond }, plain));
  else {
    for (const line of reportWords(report, path ?? 'the data folder')) terminal.say(line);
    for (const line of viewLines(report)) terminal.say(line);
    terminal.say(`${report.events} events in ${seconds} s, ${eventsPerSecond} a second`);
  }
  return report.ok ? SUCCESS : FAILURE;
}

function plain(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? value.toString() : value;
}

function viewLines(report: LogReport | DataReport): readonly string[] {
  if (!('views' in report) || report.views === null) return [];
  const equal = report.views.filter((view) => view.equal).map(({ view }) => view);
  return [`views:         ${equal.length} of ${report.views.length} are what the log says: ${equal.join(', ')}`];
}

function ofReceipt(file: string, flags: VerifyFlags, terminal: Terminal): Status {
  const report = verifyReceipt(file, neededKey(flags, 'a receipt'));
  if (flags.json) terminal.out(JSON.stringify(report));
  else for (const line of receiptWords(report)) terminal.say(line);
  return report.ok ? SUCCESS : FAILURE;
}

function neededKey({ key }: VerifyFlags, what: string): Verifier {
  if (key !== undefined) return givenKey(key);
  throw new WrongCall(`--key is needed for ${what}: the forum's verifier key, which GET /api/v1/audit/key answers`);
}

async function ofExport(file: string, flags: VerifyFlags, terminal: Terminal): Promise<LogReport> {
  const key = neededKey(flags, 'an export');
  const started = performance.now();
  const progress = new Progress('verify', terminal.error);
  return stoppable((signal) =>
    verifyExport({
      file,
      key,
      checkpoints: readCheckpoints(flags.checkpoint, file),
      against: flags.against,
      formThread: FORM_THREAD,
      onProgress: ({ bytes, all, events }) => {
        const rate = Math.round((events / Math.max(1, performance.now() - started)) * 1_000);
        progress.show(bytes, all, `${events} events, ${rate} a second`);
      },
      signal,
    }),
  ).finally(() => progress.end());
}

async function ofFolder(path: string | undefined, flags: VerifyFlags, terminal: Terminal): Promise<DataReport> {
  const { environment } = terminal;
  const config = readConfig(path === undefined ? environment : { ...environment, DATA_DIR: resolve(path) });
  const keyOf = await keysOf(config, flags.key);
  const log = await openLogReader(config);
  const progress = new StepProgress(terminal.error, STEP_NAMES);
  try {
    return await stoppable((signal) =>
      verifyData({
        log,
        dataDir: config.dataDir,
        ...keyOf,
        checkpoints: readCheckpoints(flags.checkpoint, null),
        against: flags.against,
        views: flags.views,
        onProgress: (step, done, all, events) => progress.show(step, Number(done), Number(all), events),
        signal,
      }),
    );
  } finally {
    progress.end();
    await log.close();
  }
}

interface Keys {
  readonly key: Verifier;
  readonly keyOf: (origin: string) => Verifier | null;
}

/** One key that was given, or the forum's own, which may have signed under other names before. */
async function keysOf(config: Config, given: string | undefined): Promise<Keys> {
  if (given !== undefined) {
    const key = givenKey(given);
    return { key, keyOf: (origin) => (origin === key.name ? key : null) };
  }
  const source = await openSource(placeOf('EVENT_STORE_URL', config.eventStoreUrl, config.dataDir));
  await source.close();
  const keyOf = (origin: string): Verifier | null =>
    isKeyName(origin) ? auditSigner(config, source.secrets, origin) : null;
  return { key: auditSigner(config, source.secrets, auditOrigin(config)), keyOf };
}

function givenKey(given: string): Verifier {
  try {
    return readKey(given);
  } catch (error) {
    if (error instanceof ProofError) throw new WrongCall(`--key: ${error.message}`);
    throw error;
  }
}
