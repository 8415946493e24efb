import { rm } from 'node:fs/promises';
import { DomainError } from '../../../libs/kernel/index.ts';
import type { ImportFiles } from './import-files.ts';
import { type ImportChoices, type ImportJob, type ImportReached, type ImportTold, isImportOver } from './import-job.ts';
import { ImportJobs } from './import-jobs.ts';
import type {
  ImportElsewhere,
  ImportEnd,
  ImportLease,
  ImportRunner,
  ImportTask,
  RunningImport,
} from './import-runner.ts';
import type { ImportsFolder, OfferedFile } from './imports-folder.ts';
import { toldTogether } from './told-together.ts';

/** Milliseconds between two looks at the lease, and between two notes on the disk of how far an import is. */
const KEEP_EVERY = 3_000;
const NOTE_EVERY = 2_000;
/** Seconds after which the lease of a node that imports no more is free. */
const LEASE_SECONDS = 30;

export interface ImportingParts {
  readonly files: ImportFiles;
  readonly folder: ImportsFolder;
  readonly runner: ImportRunner;
  readonly lease: ImportLease;
  /** RFC 3339. */
  readonly now: () => string;
}

/** A file that was sent, where it came in. */
export interface SentExport {
  readonly name: string;
  readonly path: string;
}

interface UnderWay {
  readonly id: string;
  readonly run: RunningImport;
  /** Resolves when the import is told to be over. */
  readonly over: Promise<void>;
}

/** Imports that admins begin on their pages: one at a time in the whole forum, each beside the server. */
export class Importing {
  readonly #parts: ImportingParts;
  readonly #jobs: ImportJobs;
  #underWay: UnderWay | null = null;
  /** The import that is about to begin. */
  #beginning: string | null = null;
  #noted = Number.NEGATIVE_INFINITY;
  #isClosing = false;

  constructor(parts: ImportingParts) {
    this.#parts = parts;
    this.#jobs = new ImportJobs(parts.files);
  }

  /** The newest first. */
  list(): readonly ImportJob[] {
    return this.#jobs.list();
  }

  /** Throws DomainError `not_found`. */
  job(id: string): ImportJob {
    return this.#jobs.of(id);
  }

  /** The path of the list of all that is left out. Throws DomainError `not_found`. */
  listOf(id: string): string {
    return this.#parts.files.list(this.job(id).id);
  }

  /** What lies ready in the imports folder. */
  offered(): Promise<readonly OfferedFile[]> {
    return this.#parts.folder.offered();
  }

  /** What another node of the forum imports now; null for nothing, and where nobody can tell. */
  elsewhere(): Promise<ImportElsewhere | null> {
    return this.#parts.lease.elsewhere().catch(() => null);
  }

  /** The import of this server that is under way or about to begin; null while another one can begin. */
  get underWay(): ImportJob | null {
    const id = this.#underWay?.id ?? this.#beginning;
    return id === null ? null : this.job(id);
  }

  /** Why no further export can be taken now, asked before it comes in; null where one can. */
  get refusal(): DomainError | null {
    return this.#notFree ?? this.#jobs.refusal;
  }

  /** True while so many imports wait that each further one is refused. */
  get isFull(): boolean {
    return this.#jobs.refusal !== null;
  }

  /** Why no import can begin now; null where one can. */
  get #notFree(): DomainError | null {
    if (this.#isClosing) return new DomainError('shutting_down', 'The server is about to end; try again in a moment.');
    return this.underWay === null
      ? null
      : new DomainError('conflict', 'Another import is under way; stop it, or wait until it is done.');
  }

  get folder(): string {
    return this.#parts.folder.folder;
  }

  /** Takes a file that was sent, and looks at what would come. Throws DomainError `conflict`; the file is then deleted. */
  async take({ name, path }: SentExport, choices: ImportChoices): Promise<ImportJob> {
    try {
      this.#requireFree();
      const job = this.#jobs.add({ name, origin: { kind: 'sent' }, at: this.#parts.now(), choices });
      this.#parts.files.take(job.id, path);
      return await this.#begunOrForgotten(job);
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }

  /** The same with a file that lies in the imports folder. Throws DomainError `not_found` and `conflict`. */
  async choose(path: string, choices: ImportChoices): Promise<ImportJob> {
    this.#requireFree();
    await this.#parts.folder.pathOf(path, 'file');
    const name = path.split('/').at(-1) ?? path;
    return this.#begunOrForgotten(
      this.#jobs.add({ name, origin: { kind: 'folder', path }, at: this.#parts.now(), choices }),
    );
  }

  /** Looks again at what would come, by other choices. Throws DomainError `not_found` and `conflict`. */
  async lookAgain(id: string, choices: ImportChoices): Promise<ImportJob> {
    const job = this.job(id);
    if (isImportOver(job) || job.hasBrought) throw otherwise();
    return this.#begun({ ...job, choices }, null);
  }

  /**
   * Brings what was looked at, or goes on where it was stopped; the log tells which member wanted it. Throws DomainError
   * `not_found` and `conflict`.
   */
  async bring(id: string, memberId: string): Promise<ImportJob> {
    const job = this.job(id);
    if (job.state !== 'looked' && job.state !== 'stopped') throw otherwise();
    return this.#begun(job, job.state === 'stopped' && !job.hasBrought ? null : memberId);
  }

  /** Stops what is under way; `bring` goes on with it. Throws DomainError `not_found`, and `conflict` when it is not under way. */
  async stop(id: string): Promise<void> {
    if (this.#underWay?.id !== this.job(id).id) throw otherwise();
    this.#underWay.run.stop();
    await this.#underWay.over;
  }

  /** Ends an import: its file is deleted, and what it has brought stays. What has brought nothing is forgotten. */
  async cancel(id: string): Promise<void> {
    if (this.#underWay?.id === this.job(id).id) await this.stop(id);
    const job = this.job(id);
    if (this.#beginning === id) throw otherwise();
    if (isImportOver(job) || !job.hasBrought) return this.#jobs.forget(id);
    this.#jobs.keep({ ...job, state: 'cancelled' });
    this.#parts.files.dropSent(id);
  }

  /** Stops what is under way, as the server ends; nothing begins after it. */
  async close(): Promise<void> {
    this.#isClosing = true;
    this.#underWay?.run.stop();
    await this.#underWay?.over;
  }

  /** An import that could not even begin is not listed. */
  async #begunOrForgotten(job: ImportJob): Promise<ImportJob> {
    try {
      return await this.#begun(job, null);
    } catch (error) {
      this.#jobs.forget(job.id);
      throw error;
    }
  }

  /** Looks, or brings for a member. */
  async #begun(job: ImportJob, broughtBy: string | null): Promise<ImportJob> {
    this.#requireFree();
    this.#beginning = job.id;
    try {
      const task = await this.#taskOf(job, broughtBy === null);
      if (broughtBy !== null && !(await this.#parts.lease.take(broughtBy))) throw elsewhere();
      return this.#run(job, task);
    } finally {
      this.#beginning = null;
    }
  }

  async #taskOf({ id, origin, choices }: ImportJob, dryRun: boolean): Promise<ImportTask> {
    const { files, folder } = this.#parts;
    const { media, ...others } = choices;
    return {
      file: origin.kind === 'sent' ? files.sent(id) : await folder.pathOf(origin.path, 'file'),
      choices: others,
      media: media === null ? null : await folder.pathOf(media, 'folder'),
      dryRun,
      listFile: files.list(id),
    };
  }

  #run(job: ImportJob, task: ImportTask): ImportJob {
    const { id } = job;
    const begun = this.#jobs.keep({
      ...job,
      state: task.dryRun ? 'looking' : 'bringing',
      progress: null,
      fault: null,
      hasBrought: job.hasBrought || !task.dryRun,
    });
    const run = this.#parts.runner.run(task, {
      recognised: (source) => this.#jobs.change(id, { choices: { ...this.job(id).choices, source } }),
      progress: (progress) => this.#progressed(id, progress),
    });
    const keeping = task.dryRun ? undefined : setInterval(() => void this.#keepLease(id, run), KEEP_EVERY).unref();
    const over = run.ended.then(async (end) => {
      clearInterval(keeping);
      // Before another one begins here, whose right it would be else.
      if (!task.dryRun) await this.#parts.lease.release().catch(() => undefined);
      this.#underWay = null;
      this.#ended(id, end, job.hasBrought ? job.told : null);
    });
    this.#underWay = { id, run, over };
    return begun;
  }

  /** Another node may import once the lease is lost, so this one stops. */
  async #keepLease(id: string, run: RunningImport): Promise<void> {
    const { lease } = this.#parts;
    await lease.keep(this.job(id).progress?.comments ?? 0).catch(() => undefined);
    if (!lease.isHeld) run.stop();
  }

  #progressed(id: string, progress: ImportReached): void {
    const noted = performance.now() - this.#noted > NOTE_EVERY;
    if (noted) this.#noted = performance.now();
    this.#jobs.keep({ ...this.job(id), progress }, { noted });
  }

  /** `look` is what was told before the first run that recorded something, where this was another one. */
  #ended(id: string, end: ImportEnd, look: ImportTold | null): void {
    switch (end.kind) {
      case 'told': {
        const told = look === null ? end.told : toldTogether(look, end.told);
        this.#jobs.change(id, { told, state: told.recorded ? 'done' : 'looked' });
        if (told.recorded) this.#parts.files.dropSent(id);
        return;
      }
      case 'unknown':
        this.#jobs.change(id, { state: 'unknown' });
        return;
      case 'stopped':
        this.#jobs.change(id, { state: 'stopped' });
        return;
      case 'failed':
        this.#jobs.change(id, { state: 'stopped', fault: end.reason });
        return;
      default:
        return end satisfies never;
    }
  }

  #requireFree(): void {
    const refusal = this.#notFree;
    if (refusal !== null) throw refusal;
  }
}

function otherwise(): DomainError {
  return new DomainError('conflict', 'It is no more as the page showed it.');
}

function elsewhere(): DomainError {
  return new DomainError('conflict', 'Another node of this forum imports.', [], LEASE_SECONDS);
}
