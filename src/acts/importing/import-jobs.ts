import { randomUUID } from 'node:crypto';
import { DomainError } from '../../../libs/kernel/index.ts';
import type { ImportFiles } from './import-files.ts';
import { IMPORT_FORM, type ImportJob, isImportOver, isUnderWay } from './import-job.ts';

/** Imports that are listed; older ones that are over are forgotten. */
const MOST_LISTED = 50;
/** Imports that are not over, each of which may have a file of its own on the disk. */
const MOST_WAITING = 10;

/** The imports of this server, in memory and as files. */
export class ImportJobs {
  readonly #files: ImportFiles;
  readonly #jobs: Map<string, ImportJob>;

  /** What was under way when the server ended has stopped. */
  constructor(files: ImportFiles) {
    this.#files = files;
    const jobs = files.read().map((job): ImportJob => (isUnderWay(job) ? { ...job, state: 'stopped' } : job));
    this.#jobs = new Map(jobs.map((job) => [job.id, job]));
  }

  /** The newest first. */
  list(): readonly ImportJob[] {
    return [...this.#jobs.values()].sort((one, other) => (one.at < other.at ? 1 : -1));
  }

  /** Throws DomainError `not_found`. */
  of(id: string): ImportJob {
    const job = this.#jobs.get(id);
    if (job === undefined) throw new DomainError('not_found', 'There is no such import.');
    return job;
  }

  /** Why no import can be added now: too many wait. Null where one can. */
  get refusal(): DomainError | null {
    const waiting = this.list().filter((job) => !isImportOver(job)).length;
    if (waiting < MOST_WAITING) return null;
    return new DomainError(
      'conflict',
      `${MOST_WAITING} imports wait to be brought or cancelled; end some of them first.`,
    );
  }

  /** Throws DomainError `conflict` while too many wait. */
  add(told: Pick<ImportJob, 'name' | 'origin' | 'at' | 'choices'>): ImportJob {
    const { refusal } = this;
    if (refusal !== null) throw refusal;
    const over = this.list().filter(isImportOver);
    for (const old of over.slice(MOST_LISTED - MOST_WAITING - 1)) this.forget(old.id);
    const begun = { progress: null, told: null, hasBrought: false, fault: null };
    return this.keep({ form: IMPORT_FORM, id: randomUUID(), ...told, state: 'stopped', ...begun });
  }

  /** On the disk, too, unless only its progress has changed. */
  keep(job: ImportJob, { noted = true } = {}): ImportJob {
    this.#jobs.set(job.id, job);
    if (noted) this.#files.keep(job);
    return job;
  }

  change(id: string, changed: Partial<ImportJob>): ImportJob {
    return this.keep({ ...this.of(id), ...changed });
  }

  forget(id: string): void {
    this.#jobs.delete(id);
    this.#files.forget(id);
  }
}
