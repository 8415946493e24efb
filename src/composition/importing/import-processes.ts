import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { programBeside, trusted } from '../../../libs/kernel/index.ts';
import type {
  ImportEnd,
  ImportListener,
  ImportRunner,
  ImportTask,
  RunningImport,
} from '../../acts/importing/import-runner.ts';
import type { Config } from '../../config.ts';
import type { FromImport, ToImport } from './messages.ts';

/** Mebibytes of the heap of an import; what an export holds lies outside of it, in a file. */
const MOST_HEAP = 384;

/**
 * Imports in a process of their own: what a broken export does to it, it does not do to the server. Killed at any moment, it
 * leaves what is whole, and the next run goes on there.
 */
export class ImportProcesses implements ImportRunner {
  readonly #config: Config;

  constructor(config: Config) {
    this.#config = config;
  }

  run(task: ImportTask, listener: ImportListener): RunningImport {
    const child = fork(fileURLToPath(programBeside(import.meta.url, 'import.worker')), [], {
      execArgv: ['--no-warnings', `--max-old-space-size=${MOST_HEAP}`],
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    let isStopped = false;
    const ended = endOf(child, listener, () => isStopped);
    // A process that ends at once hears nothing; its end is told by `ended`.
    child.send({ config: this.#config, task } satisfies ToImport, () => undefined);
    return {
      ended,
      stop: () => {
        isStopped = true;
        child.kill('SIGKILL');
      },
    };
  }
}

function endOf(child: ChildProcess, listener: ImportListener, isStopped: () => boolean): Promise<ImportEnd> {
  return new Promise((resolve) => {
    let end: ImportEnd | null = null;
    child.on('message', (heard) => {
      const message = trusted<FromImport>(heard);
      if (message.kind === 'recognised') listener.recognised(message.source);
      else if (message.kind === 'progress') listener.progress(message.progress);
      else end = message;
    });
    child.once('error', ({ message: reason }) => resolve({ kind: 'failed', reason }));
    child.once('close', (status, signal) => {
      const died = { kind: 'failed' as const, reason: `its process ended early (${signal ?? status})` };
      resolve(end ?? (isStopped() ? { kind: 'stopped' } : died));
    });
  });
}
