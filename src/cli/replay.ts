import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { LogSource } from '../../libs/event-store/index.ts';
import { counted } from '../../libs/kernel/index.ts';
import {
  digestReplayed,
  installReplayed,
  type Replayed,
  type ReplayOptions,
  type ReplayProgress,
  replayViews,
  type Verification,
  type ViewDefinition,
  verifyViews,
} from '../../libs/projections/index.ts';
import { openLogReader } from '../composition/log-reader.ts';
import { rehearsalLog } from '../composition/rehearsal-log.ts';
import { type Config, readConfig } from '../config.ts';
import { viewDefinitions } from '../views/definitions.ts';
import { withOpenedTexts } from '../views/log-for-views.ts';
import type { AddCommand } from './add-command.ts';
import { Progress } from './progress.ts';
import { differenceReport, type ReplayReport, replayReportLines, type ViewReport } from './replay-report.ts';
import { positionOf, type ReplayEnd, readMoment } from './replay-until.ts';
import { stoppable } from './stoppable.ts';
import { FAILURE, type Status, SUCCESS, type Terminal, WrongCall } from './terminal.ts';

interface ReplayFlags {
  readonly view: readonly string[];
  readonly verify?: true;
  readonly until?: ReplayEnd;
  readonly json?: true;
}

/** `colloquy replay`. */
export const replayCommand: AddCommand = (program, terminal, end) => {
  program
    .command('replay')
    .description(
      'read the log again from its start, beside a running server too: build the views anew for the next start, or prove that the live ones are right',
    )
    .option('--view <name>', `only this view; may be repeated (${viewNames()})`, addView, [])
    .option('--verify', 'only compare with the live views at their position, and name the first row that differs')
    .option(
      '--until <moment>',
      'only show the digests of the views as they were then: a position, or a time such as 2015-10-05T08:00:00Z, by when the log recorded what it holds',
      readMoment,
    )
    .option('--json', 'print what was found as one JSON document on standard output')
    .action(async (flags: ReplayFlags) => end(await runReplay(flags, terminal)));
};

/** SUCCESS when every view was built, and found equal where it was compared. */
async function runReplay(flags: ReplayFlags, terminal: Terminal): Promise<Status> {
  if (flags.verify && flags.until !== undefined) {
    throw new WrongCall('--verify compares at the position of the live views: it goes without --until');
  }
  const report = await replay(flags, terminal);
  if (flags.json) terminal.out(JSON.stringify(report));
  else for (const line of replayReportLines(report)) terminal.say(line);
  return report.ok ? SUCCESS : FAILURE;
}

async function replay(flags: ReplayFlags, terminal: Terminal): Promise<ReplayReport> {
  const config = readConfig(terminal.environment);
  const log = withOpenedTexts(await openLogReader(config), logWithKeys(config));
  const progress = new Progress('replay', terminal.error);
  const started = performance.now();
  let [events, eventsPerSecond] = [0, 0];
  const onProgress = (so: ReplayProgress): void => {
    [events, eventsPerSecond] = [so.events, Math.round(so.eventsPerSecond)];
    const thousandths = Number((so.position * 1_000n) / (so.until || 1n));
    progress.show(thousandths, 1_000, `${counted(events, 'event')}, ${eventsPerSecond} a second`);
  };
  try {
    const chosen = flags.view.length === 0 ? {} : { views: flags.view };
    const place = { log, definitions: viewDefinitions, dir: join(config.dataDir, 'views'), ...chosen };
    const views = await stoppable((signal) => reportsOf(flags, { ...place, signal, onProgress }));
    const ok = views.every(({ stopped, equal }) => stopped === null && equal !== false);
    const seconds = Math.round(performance.now() - started) / 1_000;
    return { task: taskOf(flags), ok, events, seconds, eventsPerSecond, views };
  } finally {
    progress.end();
    await log.close();
  }
}

/** A copy of a log may stand alone: without the keys, its sealed words are found by nobody, and all else is as it was. */
function logWithKeys(config: Config): LogSource {
  const log = rehearsalLog(config);
  return 'vaultFile' in log && !existsSync(log.vaultFile) ? { file: log.file } : log;
}

function taskOf({ verify, until }: ReplayFlags): ReplayReport['task'] {
  return verify ? 'verify' : until === undefined ? 'build' : 'until';
}

async function reportsOf({ verify, until }: ReplayFlags, options: ReplayOptions): Promise<readonly ViewReport[]> {
  if (verify) return (await verifyViews(options)).map(verified);
  if (until === undefined) return (await replayViews(options)).map((view) => installed(view, options.dir));
  const position = await positionOf(until, options.log);
  return (await replayViews({ ...options, until: position })).map(digested);
}

function verified({ view, version, position, live, rebuilt, equal, difference }: Verification): ViewReport {
  const found = difference && differenceReport(difference);
  return { view, version, position: `${position}`, stopped: null, live, rebuilt, equal, difference: found };
}

function installed(replayed: Replayed, dir: string): ViewReport {
  const { file } = replayed;
  return { ...built(replayed), file: file === null ? null : installReplayed(dir, definitionOf(replayed.view), file) };
}

function digested(replayed: Replayed): ViewReport {
  const { view, file } = replayed;
  return { ...built(replayed), digest: file === null ? null : digestReplayed(definitionOf(view), file) };
}

function built({ view, version, position, stopped }: Replayed): ViewReport {
  const why = stopped && { position: `${stopped.position}`, reason: stopped.reason };
  return { view, version, position: `${position}`, stopped: why };
}

function definitionOf(view: string): ViewDefinition {
  const definition = viewDefinitions.find(({ name }) => name === view);
  if (definition === undefined) throw new WrongCall(`there is no view "${view}"; views are ${viewNames()}`);
  return definition;
}

function viewNames(): string {
  return viewDefinitions.map(({ name }) => name).join(', ');
}

function addView(name: string, before: readonly string[]): readonly string[] {
  return [...new Set([...before, definitionOf(name).name])];
}
