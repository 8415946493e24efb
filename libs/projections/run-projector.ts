import { parentPort, workerData } from 'node:worker_threads';
import type { BuiltView, FromBuilder, FromProjector, OpenFile, ProjectorTask, ToProjector } from './messages.ts';
import type { LogReader, ViewDefinition } from './port.ts';
import { Projector } from './projector.ts';
import { installReplayed, type Replayed, replayViews, verifyViews } from './replay.ts';
import {
  type Checkpoint,
  dropFile,
  dropUnfinished,
  generations,
  openForWriting,
  readCheckpoint,
  viewFile,
} from './view-file.ts';
import { BrokenViewFile, reasonOf, saysBroken, ViewWriter } from './view-writer.ts';

/** Opens the log for reading in this thread; `source` is what the serving thread gave as `log`. */
export type OpenLog = (source: unknown) => Promise<LogReader>;

/** What the entry file of a projector's thread calls: runs the views, or builds or verifies one, as its task says. */
export async function runProjector(definitions: readonly ViewDefinition[], openLog: OpenLog): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error('runProjector is for a worker thread');
  const task: ProjectorTask = workerData;
  const log = await openLog(task.log);
  if (task.task === 'run') return follow(definitions, { log, dir: task.dir });
  try {
    port.postMessage(await answer(task, { log, definitions, dir: task.dir }));
  } finally {
    await log.close();
  }
}

async function answer(
  task: Exclude<ProjectorTask, { task: 'run' }>,
  options: { readonly log: LogReader; readonly definitions: readonly ViewDefinition[]; readonly dir: string },
): Promise<FromBuilder> {
  if (task.task === 'build') {
    const replayed = await replayViews({ ...options, views: task.views });
    return { kind: 'built', views: replayed.map((view) => installed(view, options)) };
  }
  const files = new Map([[task.view, task.liveFile]]);
  const [verified] = await verifyViews({ ...options, views: [task.view], files });
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

async function follow(
  definitions: readonly ViewDefinition[],
  { log, dir }: { readonly log: LogReader; readonly dir: string },
): Promise<void> {
  dropUnfinished(dir);
  const views = [];
  for (const definition of definitions) views.push(await openLive(definition, { log, dir }));
  const tell = (message: FromProjector): void => parentPort?.postMessage(message);
  const projector = new Projector(log, views, tell);
  const end = new AbortController();
  parentPort?.on('message', (message: ToProjector) => {
    if (message.kind === 'close') return end.abort();
    adopt(projector, message, definitions).catch((error: unknown) => {
      tell({ kind: 'not-swapped', view: message.view, file: message.file, reason: reasonOf(error) });
    });
  });
  tell({ kind: 'opened', files: projector.files(), state: projector.state() });
  try {
    await projector.run(end.signal);
  } catch (error) {
    await projector.close();
    if (error instanceof BrokenViewFile) dropFile(error.file);
    throw error;
  }
  await projector.close();
  await log.close();
  parentPort?.close();
}

/** The newest generation of the view's version, or an empty one: also when the file is damaged, or follows another log. */
async function openLive(
  definition: ViewDefinition,
  { log, dir }: { readonly log: LogReader; readonly dir: string },
): Promise<ViewWriter> {
  const file = viewFile(dir, definition, generations(dir, definition)[0] ?? 1);
  try {
    const db = openForWriting(file, definition);
    if (await follows(log, readCheckpoint(db))) return new ViewWriter(definition, file, db);
    db.close();
  } catch (error) {
    if (!saysBroken(error)) throw error;
  }
  dropFile(file);
  return new ViewWriter(definition, file, openForWriting(file, definition));
}

/** A log that was set back or put in another's place does not hold the view's last event where the view saw it. */
async function follows(log: LogReader, { position, last }: Checkpoint): Promise<boolean> {
  if (position > (await log.head())) return false;
  if (!last) return true;
  for await (const event of log.readAll({ after: last.position - 1n, limit: 1 })) return event.id === last.id;
  return false;
}

async function adopt(
  projector: Projector,
  { view, file }: OpenFile,
  definitions: readonly ViewDefinition[],
): Promise<void> {
  const definition = definitions.find(({ name }) => name === view);
  if (!definition) throw new Error(`there is no view ${view}`);
  await projector.adopt(new ViewWriter(definition, file, openForWriting(file, definition)));
}
