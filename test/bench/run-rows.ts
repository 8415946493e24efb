import { takeLoopDelays } from './measured-forum.ts';
import { crashOf, type Line, lineOf } from './report.ts';
import type { BenchOptions, Row } from './row.ts';

export interface Telling {
  readonly begins: (row: Row) => void;
  /** The row is over: measured, or crashed. */
  readonly done: (line: Line) => void;
}

/** Runs row after row and tells of each as soon as it is over; those after one that throws run all the same. */
export async function runRows(rows: readonly Row[], options: BenchOptions, tell: Telling): Promise<void> {
  for (const row of rows) {
    tell.begins(row);
    tell.done(await lineAfter(row, options));
  }
}

async function lineAfter(row: Row, options: BenchOptions): Promise<Line> {
  takeLoopDelays();
  try {
    const measured = await row.run(options);
    return lineOf(row, measured, takeLoopDelays());
  } catch (error) {
    return crashOf(row, error);
  }
}
