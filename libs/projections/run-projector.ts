import { parentPort, workerData } from 'node:worker_threads';
import { buildView, verifyView } from './build.ts';
import type { FromProjector, OpenFile, ProjectorTask, ToProjector } from './messages.ts';
import type { ViewDefinition } from './port.ts';
import { type LogReader, Projector, reasonOf } from './projector.ts';
import {
  type Checkpoint,
  dropFile,
  dropUnfinished,
  generations,
  openForWriting,
  readCheckpoint,
  viewFile,
} from './view-file.ts';
import { BrokenViewFile, saysBroken, ViewWriter } from './view-writer.ts';

/** Opens the log for reading in this thread; `source` is what the serving thread gave as `log`. */
export type OpenLog = (source: unknown) => Promise<LogReader>;

/** What the entry file of a projector's thread calls: runs the views, or builds or verifies one, as its task says. */
export async function runProjector(definitions: readonly ViewDefinition[], openLog: OpenLog): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error('runProjector is for a worker thread');
  const task: ProjectorTask = workerData;
  const log = await openLog(task.log);
  if (task.task === 'run') return follow(definitions, { log, dir: task.dir });
  const definition = definitions.find(({ name }) => name === task.view);
  if (!definition) throw new Error(`there is no view ${task.view}`);
  try {
    port.postMessage(
      await (task.task === 'build' ? buildView(log, definition, task) : verifyView(log, definition, task)),
    );
  } finally {
    await log.close();
  }
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
