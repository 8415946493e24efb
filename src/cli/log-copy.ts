import { LOG_SERVER_SCHEMES } from '../../libs/event-store/index.ts';
import { ImageFiles, imagesDir } from '../../libs/images/index.ts';
import { counted } from '../../libs/kernel/index.ts';
import { type Copied, type CopyStep, copyLog } from '../../libs/log-copy/index.ts';
import { type Config, readConfig } from '../config.ts';
import { copyImages, type ImagesFound } from '../keeping/backup/images.ts';
import { readLedger } from '../keeping/backup/ledger.ts';
import type { AddCommand } from './add-command.ts';
import { applyLedger, erasedAgain } from './apply-ledger.ts';
import { type CopyPlace, copyPlaceOf, isSamePlace, placeName } from './log-copy-places.ts';
import { openSource } from './log-copy-source.ts';
import { openTarget } from './log-copy-target.ts';
import { StepProgress } from './step-progress.ts';
import { stoppable } from './stoppable.ts';
import { type Status, SUCCESS, type Terminal, WrongCall } from './terminal.ts';

const STEP_NAMES: Readonly<Record<CopyStep, string>> = {
  comparing: 'comparing',
  copying: 'copying',
  keys: 'keys',
  checking: 'checking',
};

interface CopyFlags {
  readonly from: string;
  readonly to: string;
  readonly ledger?: string;
  readonly json?: true;
}

/** `colloquy log copy`. */
export const logCommand: AddCommand = (program, terminal, end) => {
  const command = program.command('log').description('bring the log to another place');
  command
    .command('copy')
    .description('copy the log with keys and secrets, go on where an earlier copy ended, and compare both at the end')
    .requiredOption('--from <url>', `sqlite: (the file in DATA_DIR), sqlite:DIRECTORY, or ${LOG_SERVER_SCHEMES}`)
    .requiredOption('--to <url>', 'the same; an empty place, or one that holds the first events of the same log')
    .option('--ledger <file>', 'erase again there what this ledger says; no further copy can go on after that')
    .option('--json', 'print what was done as one JSON document on standard output')
    .action(async (flags: CopyFlags) => end(await copy(flags, terminal)));
};

async function copy({ from, to, ledger, json }: CopyFlags, terminal: Terminal): Promise<Status> {
  const { dataDir } = readConfig({ DATA_DIR: terminal.environment.DATA_DIR });
  const [source, target] = [copyPlaceOf('--from', from, dataDir), copyPlaceOf('--to', to, dataDir)];
  if (isSamePlace(source, target)) throw new WrongCall('--from and --to name the same log');
  const lines = ledger === undefined ? null : await readLedger(ledger);
  const started = performance.now();
  const progress = new StepProgress(terminal.error, STEP_NAMES);
  const copied = await stoppable((signal) =>
    copyBetween({ from: source, to: target, dataDir }, progress, signal),
  ).finally(() => progress.end());
  const seconds = Math.round(performance.now() - started) / 1_000;
  const positions = { sourcePosition: String(copied.sourcePosition), targetPosition: String(copied.targetPosition) };
  const erased = lines === null ? null : await applyLedger(configOf(target, terminal), lines);
  if (json) terminal.out(JSON.stringify({ ...copied, ...positions, seconds, ...(erased && { erased }) }));
  else for (const line of copyLines(copied, source, target, seconds)) terminal.say(line);
  if (erased !== null && json === undefined) terminal.say(erasedAgain(erased));
  return SUCCESS;
}

function configOf(place: CopyPlace, { environment }: Terminal): Config {
  if (place.kind === 'sqlite') return readConfig({ DATA_DIR: place.dataDir });
  return readConfig({ DATA_DIR: environment.DATA_DIR, EVENT_STORE_URL: place.url });
}

/** Positions stay only from file to file: everything else numbers events in its own way. */
async function copyBetween(
  { from, to, dataDir }: { readonly from: CopyPlace; readonly to: CopyPlace; readonly dataDir: string },
  progress: StepProgress<CopyStep>,
  signal: AbortSignal,
): Promise<Copied & { readonly images: ImagesFound }> {
  const positions = from.kind === 'sqlite' && to.kind === 'sqlite' ? 'kept' : 'new';
  const onProgress = (step: CopyStep, done: bigint, all: bigint, count: number): void =>
    progress.show(step, Number(done), Number(all), count);
  const source = await openSource(from);
  try {
    const target = await openTarget(to, source.secrets, positions);
    try {
      const copied = await copyLog(source, target, { positions, onProgress, signal });
      const files = { from: imagesOf(from, dataDir), to: imagesOf(to, dataDir) };
      const images = await copyImages(target, files, signal);
      target.finish();
      return { ...copied, images };
    } finally {
      await target.close();
    }
  } finally {
    await source.close();
  }
}

/** Of a log in a database, the images lie in DATA_DIR. */
function imagesOf(place: CopyPlace, dataDir: string): ImageFiles {
  return new ImageFiles(imagesDir(place.kind === 'sqlite' ? place.dataDir : dataDir));
}

function copyLines(
  copied: Copied & { readonly images: ImagesFound },
  from: CopyPlace,
  to: CopyPlace,
  seconds: number,
): readonly string[] {
  const { events, keys, sourcePosition, targetPosition, digest, images } = copied;
  const rate = seconds === 0 ? '' : ` (${Math.round(copied.copied / seconds)} events/s)`;
  return [
    `copied:   ${counted(copied.copied, 'event')} from ${placeName(from)} to ${placeName(to)} in ${seconds} s${rate}`,
    `log:      ${counted(events, 'event')} in both, digest ${digest}; position ${sourcePosition} there is ${targetPosition} here`,
    `keys:     ${keys} in both`,
    ...(images.files === 0 ? [] : [`images:   ${counted(images.files, 'file')} in both`]),
    ...(images.missing === 0
      ? []
      : [`warning:  files of images that the log names and neither has: ${images.missing}`]),
  ];
}
