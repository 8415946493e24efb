import type { CopyStep } from '../../../libs/log-copy/index.ts';

/** The step of a backup or restore: `hashing` reads files, `reading` the log that is backed up, `checking` what was written. */
export type BackupStep = CopyStep | 'hashing' | 'reading';

/** How a long work tells where it is, and how it is told to stop. */
export interface BackupSteps {
  /** `done` of `all` in any unit, and after how many events (0 where none are counted). */
  readonly onProgress?: (step: BackupStep, done: number, all: number, events: number) => void;
  readonly signal?: AbortSignal;
}
