import { parentPort, workerData } from 'node:worker_threads';
import { checkForm } from './form-check.ts';
import { piecesOf } from './line-file.ts';

/** In the thread that `verifyExport` starts: checks the lines, and answers. False in any other thread. */
export function isFormThread(): boolean {
  return parentPort !== null && fileToCheck() !== null;
}

export async function runFormThread(): Promise<void> {
  const file = fileToCheck();
  if (file !== null) parentPort?.postMessage(await checkForm(piecesOf(file)));
}

function fileToCheck(): string | null {
  const task: unknown = workerData;
  const file: unknown = typeof task === 'object' && task !== null ? Reflect.get(task, 'formOf') : null;
  return typeof file === 'string' ? file : null;
}
