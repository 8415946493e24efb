import { parentPort, workerData } from 'node:worker_threads';
import type { RecordedEvent } from '../../libs/event-store/index.ts';
import { trusted } from '../../libs/kernel/index.ts';
import {
  digestLive,
  type LiveFile,
  type Replayed,
  type ReplayOptions,
  type ReplayProgress,
  replayViews,
  rowsTouched,
  type ViewDefinition,
  verifyViews,
} from '../../libs/projections/index.ts';
import { stopIfAsked } from '../../libs/sqlite/index.ts';
import { viewDefinitions } from '../views/definitions.ts';
import { openLogForViews } from '../views/log-for-views.ts';
import { HadHappened } from './had-happened.ts';
import { Pace, yieldToOthers } from './low-priority.ts';
import type { FromWork, ReplayUntil, ViewTouched, WorkResults, WorkTask } from './work.ts';

/** Milliseconds between two messages of progress. */
const TELL_EVERY = 200;
/** The views of a scratch area: what a reader sees of the forum. */
const BROWSED = ['thread', 'post-list'];

const task = trusted<WorkTask>(workerData);
yieldToOthers();
const log = await openLogForViews(task.log, viewsOf(task));
let told = 0;
const pace = new Pace();
const options: ReplayOptions = {
  log,
  definitions: viewDefinitions,
  dir: task.dir,
  onProgress,
  pace: () => pace.rest(),
};
try {
  tell({ kind: 'result', result: await resultOf(task) });
} catch (error) {
  tell({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
} finally {
  await log.close();
}

async function resultOf(work: WorkTask): Promise<WorkResults[keyof WorkResults]> {
  switch (work.kind) {
    case 'verify':
      return verify(work.view, work.live);
    case 'digests':
      return work.files.map(([view, file]) => {
        stopIfAsked();
        return { view, ...digestLive(definitionOf(view), file) };
      });
    case 'replay':
      return replay(work.until);
    case 'touched':
      return touched(work.position);
    default:
      return work satisfies never;
  }
}

/** The views that may be built for a task. */
function viewsOf(work: WorkTask): readonly string[] {
  if (work.kind === 'verify') return [work.view];
  return work.kind === 'touched' ? viewDefinitions.map(({ name }) => name) : BROWSED;
}

async function verify(view: string, live: LiveFile): Promise<WorkResults['verify']> {
  const [verified] = await verifyViews({ ...options, views: [view], files: new Map([[view, live]]) });
  if (!verified) throw new Error(`there is no view ${view}`);
  return verified;
}

async function replay(until: ReplayUntil): Promise<WorkResults['replay']> {
  if ('time' in until && until.by === 'happened') return replayHappened(until.time);
  const end = 'position' in until ? until.position : await positionAt(until.time);
  const newest = 'position' in until ? until.newest : end;
  const files = filesOf(await replayViews({ ...options, views: BROWSED, until: end }));
  const last = await eventAt(newest);
  return { position: end, at: last?.recordedAt ?? null, by: 'log', files };
}

/** Of the whole log what had happened by then. */
async function replayHappened(time: number): Promise<WorkResults['replay']> {
  const had = new HadHappened(time);
  const end = await log.head();
  const takes = (event: RecordedEvent): boolean => had.takes(event);
  const files = filesOf(await replayViews({ ...options, views: BROWSED, until: end, takes }));
  return { position: end, at: new Date(time).toISOString(), by: 'happened', files };
}

function filesOf(replayed: readonly Replayed[]): Readonly<Record<string, string>> {
  const files = replayed.map(({ view, file, stopped }) => {
    if (file === null) throw new Error(`${view} stopped at ${stopped?.position}: ${stopped?.reason}`);
    return [view, file] as const;
  });
  return Object.fromEntries(files);
}

/** Searched from the end backwards: the newest event that was recorded by then. */
async function positionAt(time: number): Promise<bigint> {
  for await (const event of log.readAll({ direction: 'backwards' })) {
    if (Date.parse(event.recordedAt) <= time) return event.position;
  }
  return 0n;
}

/** Each view is built up to right before the event, which its own projection then folds. */
async function touched(position: bigint): Promise<readonly ViewTouched[]> {
  const event = await eventAt(position);
  if (event === undefined) throw new Error(`there is no event at position ${position}`);
  const views = viewDefinitions.filter(({ eventTypes }) => eventTypes.includes(event.type)).map(({ name }) => name);
  if (views.length === 0) return [];
  const until = await positionBefore(position);
  const replayed = await replayViews({ ...options, views, until });
  return replayed.map(({ view, version, file, stopped }) => {
    if (file === null) throw new Error(`${view} stopped at ${stopped?.position}: ${stopped?.reason}`);
    return { view, version, rows: rowsTouched(definitionOf(view), file, { event, log }) };
  });
}

async function eventAt(position: bigint): Promise<RecordedEvent | undefined> {
  if (position === 0n) return undefined;
  for await (const event of log.readAll({ from: position, limit: 1 })) {
    return event.position === position ? event : undefined;
  }
  return undefined;
}

async function positionBefore(position: bigint): Promise<bigint> {
  for await (const event of log.readAll({ after: position, direction: 'backwards', limit: 1 })) return event.position;
  return 0n;
}

function definitionOf(view: string): ViewDefinition {
  const definition = viewDefinitions.find(({ name }) => name === view);
  if (!definition) throw new Error(`there is no view ${view}`);
  return definition;
}

function onProgress(progress: ReplayProgress): void {
  stopIfAsked();
  if (performance.now() - told < TELL_EVERY && progress.position < progress.until) return;
  told = performance.now();
  tell({ kind: 'progress', progress });
}

function tell(message: FromWork): void {
  parentPort?.postMessage(message);
}
