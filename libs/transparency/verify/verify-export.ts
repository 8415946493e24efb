import { statSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import type { Verifier } from '../note-keys.ts';
import { linesCopy } from './copies.ts';
import type { FormFindings } from './form-check.ts';
import type { KeptNote } from './kept-checkpoints.ts';
import { piecesOf } from './line-file.ts';
import { type LogReport, verifyLog } from './verify-log.ts';
import type { VerifyProgress } from './walk.ts';

export interface ExportInput {
  /** The export: a line an event. */
  readonly file: string;
  /** The log's keys: one of them must have signed a checkpoint. */
  readonly keys: readonly Verifier[];
  readonly checkpoints: readonly KeptNote[];
  /** Other exports of the same log. */
  readonly against: readonly string[];
  /** The program of the thread that looks at the form of the lines, while this one hashes them. */
  readonly formThread: URL;
  /** `done` of `all` bytes. */
  readonly onProgress?: (progress: VerifyProgress & { readonly all: number }) => void;
  readonly signal?: AbortSignal;
}

/** The task of the thread. */
export interface FormTask {
  readonly formOf: string;
}

/** Smaller files are read in less time than a thread needs to start: 8 MiB. */
const WORTH_A_THREAD = 8_388_608;

/** Verifies an export. Throws the system's error for files that cannot be read, and the signal's reason. */
export async function verifyExport(input: ExportInput): Promise<LogReport> {
  const { file, keys, checkpoints, against, formThread, onProgress, signal } = input;
  const all = statSync(file).size;
  const thread = all < WORTH_A_THREAD ? null : new FormThread(formThread, { formOf: file });
  try {
    return await verifyLog({
      pieces: () => piecesOf(file),
      extent: 'export',
      keys,
      checkpoints,
      copies: against.map((copy) => linesCopy(() => piecesOf(copy), copy)),
      checkForm: thread === null ? undefined : () => thread.findings,
      onProgress: onProgress && ((progress) => onProgress({ ...progress, all })),
      signal,
    });
  } finally {
    await thread?.end();
  }
}

/** The thread that checks the lines; once nobody waits for it, its end is no fault. */
class FormThread {
  readonly findings: Promise<FormFindings>;
  readonly #worker: Worker;

  constructor(program: URL, workerData: FormTask) {
    const worker = new Worker(program, { workerData, execArgv: [] });
    this.#worker = worker;
    this.findings = new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.once('exit', () => reject(new Error('The thread that looks at the lines ended without an answer.')));
    });
    this.findings.catch(() => undefined);
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }
}
