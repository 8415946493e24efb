import 'reflect-metadata';
import { writeFile } from 'node:fs/promises';
import { setPriority } from 'node:os';
import { trusted } from '../../../libs/kernel/index.ts';
import type { ImportSourceKind } from '../../../libs/words/index.ts';
import type { ImportTask } from '../../acts/importing/import-runner.ts';
import { keptLeftOut, keptTold } from '../../acts/importing/kept-told.ts';
import { leftOutList } from '../../acts/importing/left-out-list.ts';
import type { Config } from '../../config.ts';
import { recognised } from '../../import/reading/recognised.ts';
import { type ImportProgress, importFile } from '../../import/recording/import-file.ts';
import { createCommandContext } from '../command-context.ts';
import { commentIndex } from './comment-index.ts';
import type { FromImport, ToImport } from './messages.ts';
import { allLeftOut, toldOf } from './told-of.ts';

/** Milliseconds between two messages about how far it is. */
const TELL_EVERY = 250;
/** The server's own work goes first. */
const BEHIND_OTHERS = 5;

// Without its server nobody would stop it, or hear what it did.
process.once('disconnect', () => process.exit(1));
process.once('message', (message) => void begin(trusted<ToImport>(message)));

async function begin({ config, task }: ToImport): Promise<void> {
  process.umask(0o077);
  setPriority(BEHIND_OTHERS);
  const end = await imported(config, task).catch(failure);
  process.send?.(end, () => process.exit(0));
}

async function imported(config: Config, task: ImportTask): Promise<FromImport> {
  const context = await createCommandContext(config);
  try {
    const source = task.choices.source ?? (await recognised(task.file));
    if (source === null) return { kind: 'unknown' };
    tell({ kind: 'recognised', source });
    const target = { ...context, commentIndex: () => commentIndex(config, context.store) };
    const report = await importFile(task.file, target, optionsOf(source, task));
    await writeFile(task.listFile, leftOutList(keptLeftOut(allLeftOut(report))), { mode: 0o600 });
    return { kind: 'told', told: keptTold(toldOf(report)) };
  } finally {
    await context.close();
  }
}

function optionsOf(source: ImportSourceKind, { choices, media, dryRun }: ImportTask): Parameters<typeof importFile>[2] {
  const { sites, local, pages, fetchMedia } = choices;
  const images = {
    ...(media === null ? {} : { media }),
    ...(fetchMedia ? { fetch: { allowAddresses: [] } } : {}),
  };
  const onProgress = paced<ImportProgress>((progress) => tell({ kind: 'progress', progress: progressOf(progress) }));
  return { source, sites, local, pages, images, dryRun, now: new Date().toISOString(), onProgress };
}

function progressOf({ bytesRead, bytes, report: { posts, comments } }: ImportProgress) {
  return {
    bytesRead: Math.min(bytesRead, bytes),
    bytes,
    posts: posts.imported + posts.updated + posts.unchanged,
    comments: comments.imported + comments.unchanged,
  };
}

function paced<Value>(then: (value: Value) => void): (value: Value) => void {
  let at = Number.NEGATIVE_INFINITY;
  return (value) => {
    if (performance.now() - at < TELL_EVERY) return;
    at = performance.now();
    then(value);
  };
}

function failure(error: unknown): FromImport {
  return { kind: 'failed', reason: error instanceof Error ? error.message : String(error) };
}

function tell(message: FromImport): void {
  process.send?.(message);
}
