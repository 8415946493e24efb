import { parentPort } from 'node:worker_threads';
import { stopIfAsked, taskOfThread } from '../sqlite/index.ts';
import {
  type BuiltView,
  type FromBuilder,
  type FromProjector,
  type OpenFile,
  type ProjectorTask,
  runsView,
  type ToProjector,
} from './messages.ts';
import { openAll } from './open-files.ts';
import { becomeSure, OtherLog } from './own-log.ts';
import type { LogReader, ViewDefinition } from './port.ts';
import { Projector } from './projector.ts';
import { installReplayed, type Replayed, replayViews } from './replay.ts';
import { verifyViews } from './verify-views.ts';
import { dropFile, dropUnfinished, openViewForWriting } from './view-file.ts';
import { BrokenViewFile, errorMessage, ViewWriter } from './view-writer.ts';

/** Opens the log for reading in this thread, for these views; `source` is the `log` that the serving thread gave. */
export type OpenLog = (source: unknown, views: readonly string[]) => Promise<LogReader>;

/** Called by the entry file of a projector's thread: runs the views, or builds or verifies one, as its task says. */
export async function runProjector(definitions: readonly ViewDefinition[], openLog: OpenLog): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error('runProjector is for a worker thread');
  const task = await taskOfThread<ProjectorTask>();
  const log = await openLog(task.log, viewsOf(task, definitions));
  if (task.task === 'run') return follow(definitions, { ...task, log });
  try {
    port.postMessage(await answer(task, { log, definitions, dir: task.dir }));
  } finally {
    await log.close();
  }
}

function viewsOf(task: ProjectorTask, definitions: readonly ViewDefinition[]): readonly string[] {
  if (task.task === 'run') return definitions.map(({ name }) => name).filter((name) => runsView(task.views, name));
  return task.task === 'build' ? task.views : [task.view];
}

async function answer(
  task: Exclude<ProjectorTask, { task: 'run' }>,
  options: { readonly log: LogReader; readonly definitions: readonly ViewDefinition[]; readonly dir: string },
): Promise<FromBuilder> {
  if (task.task === 'build') {
    const replayed = await replayViews({ ...options, views: task.views, onProgress: stopIfAsked });
    return { kind: 'built', views: replayed.map((view) => installed(view, options)) };
  }
  const files = new Map([[task.view, { file: task.liveFile, reached: task.reached }]]);
  const [verified] = await verifyViews({ ...options, views: [task.view], files, onProgress: stopIfAsked });
  if (!verified) throw new Error(`there is no view ${task.view}`);
  return { kind: 'verified', verified };
}

function installed(
  { view, file, stopped }: Replayed,
  { definitions, dir }: { readonly definitions: readonly ViewDefinition[]; readonly dir: string },
): BuiltView {
  const definition = definitions.find(({ name }) => name === view);
  if (definition && file !== null) return { view, file: installReplayed(dir, definition, file) };
  return { view, file: null, reason: `${view} stopped at ${stopped?.position}: ${stopped?.reason}` };
}

/**
 * No write waits for views that run alone. Sixteen comments that are committed together take a fifth more of the processor in the
 * search than 64, since FTS5 writes a part of its index in each commit.
 */
const GATHERS_MS = 50;

interface Following extends Pick<Extract<ProjectorTask, { task: 'run' }>, 'dir' | 'views' | 'resumes'> {
  readonly log: LogReader;
}

async function follow(all: readonly ViewDefinition[], { log, dir, views: wanted, resumes }: Following): Promise<void> {
  const definitions = all.filter(({ name }) => runsView(wanted, name));
  // A rebuild may have begun during a rest.
  if (!resumes) dropUnfinished(dir, (view) => runsView(wanted, view));
  const tell = (message: FromProjector): void => parentPort?.postMessage(message);
  const end = new AbortController();
  const projecting = Promise.withResolvers<Projector>();
  parentPort?.on('message', (message: ToProjector) => {
    if (message.kind === 'close') return end.abort();
    const adopted = projecting.promise.then((projector) => adopt(projector, message, { definitions, log }));
    adopted.catch((error: unknown) => {
      tell({ kind: 'not-swapped', view: message.view, file: message.file, reason: errorMessage(error) });
    });
  });
  try {
    const { views, unsure } = await openAll({ definitions, log, dir, signal: end.signal, tell });
    const gathersMs = 'only' in wanted ? GATHERS_MS : 0;
    const projector = new Projector({ log, definitions, resumes, gathersMs }, views, tell);
    projecting.resolve(projector);
    tell({ kind: 'opened', files: projector.files(), state: projector.state() });
    const running = becomeSure(log, unsure, { signal: end.signal, tell }).then(() => projector.run(end.signal));
    await running.finally(() => projector.close());
  } catch (error) {
    if (error instanceof BrokenViewFile || error instanceof OtherLog) dropFile(error.file);
    if (!end.signal.aborted) throw error;
  }
  await log.close();
  parentPort?.close();
}

async function adopt(
  projector: Projector,
  { view, file }: OpenFile,
  { definitions, log }: { readonly definitions: readonly ViewDefinition[]; readonly log: LogReader },
): Promise<void> {
  const definition = definitions.find(({ name }) => name === view);
  if (!definition) throw new Error(`there is no view ${view}`);
  await projector.adopt(new ViewWriter(definition, file, openViewForWriting(file, definition), log));
}
