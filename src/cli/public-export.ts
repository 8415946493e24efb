import { counted } from '../../libs/kernel/index.ts';
import { openPublicForum } from '../composition/public-forum.ts';
import type { ReplayRun } from '../composition/replayed-views.ts';
import { type Config, readConfig } from '../config.ts';
import type { ExportRun, OpenForum, PublicCounts } from '../keeping/public-export/public-forum.ts';
import { outsideDataDir } from './outside-data-dir.ts';
import { StepProgress } from './step-progress.ts';
import { stoppable } from './stoppable.ts';
import { type Status, SUCCESS, type Terminal } from './terminal.ts';

export interface PublicExportFlags {
  readonly json?: true;
}

/** Writes what everybody can read to a place that is free, and tells how much it was. */
export async function runPublicExport(
  { place, ...flags }: PublicExportFlags & { readonly place: string },
  terminal: Terminal,
  write: (place: string, open: OpenForum, run: ExportRun) => Promise<PublicCounts>,
): Promise<Status> {
  const started = performance.now();
  const config = readConfig(terminal.environment);
  const to = outsideDataDir(place, config.dataDir);
  const progress = new StepProgress(terminal.error, { read: 'read the log', write: 'write' });
  const exported = await stoppable((signal) =>
    written(config, { progress, signal }, (open, run) => write(to, open, run)),
  ).finally(() => progress.end());
  const seconds = Math.round(performance.now() - started) / 1_000;
  if (flags.json) terminal.out(JSON.stringify({ place: to, ...exported, seconds }));
  else for (const line of linesOf(to, exported, seconds)) terminal.say(line);
  return SUCCESS;
}

async function written(
  config: Config,
  { progress, signal }: { readonly progress: StepProgress<'read' | 'write'>; readonly signal: AbortSignal },
  write: (open: OpenForum, run: ExportRun) => Promise<PublicCounts>,
): Promise<PublicCounts> {
  let [all, close] = [0, (): Promise<void> => Promise.resolve()];
  const open: OpenForum = async () => {
    const onProgress: ReplayRun['onProgress'] = ({ position, until, events }) =>
      progress.show('read', Number((position * 1_000n) / (until || 1n)), 1_000, events);
    const forum = await openPublicForum(config, { signal, onProgress });
    [all, close] = [forum.counts.posts + forum.counts.comments, forum.close];
    return forum;
  };
  const onProgress: ExportRun['onProgress'] = (posts, comments) =>
    progress.show('write', posts + comments, all, posts + comments);
  return write(open, { signal, onProgress }).finally(() => close());
}

function linesOf(place: string, { posts, comments, places }: PublicCounts, seconds: number): readonly string[] {
  const kept = places === 0 ? '' : `, and ${counted(places, 'place')} of removed ones that were answered`;
  return [`export:   ${place}, in ${seconds} s`, `posts:    ${posts}`, `comments: ${comments}${kept}`];
}
