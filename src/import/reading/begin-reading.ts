import type { Reading, ReadingTask, Recorder } from './reading.ts';

/** Reads in this thread. Only the called system's reader is loaded. Throws the system's error when a file cannot be read. */
export async function beginReading(task: ReadingTask, recorder: Recorder): Promise<Reading> {
  if (task.source === 'wordpress') {
    const { ExportReading } = await import('../wordpress/export-reading.ts');
    return ExportReading.begin(task, recorder);
  }
  const { PagesReading } = await import('../pages/pages-reading.ts');
  return PagesReading.begin(task, recorder);
}
