import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord, isUuid, trusted } from '../../../libs/kernel/index.ts';
import { FORMER_IMPORT_FORM, IMPORT_FORM, type ImportJob } from './import-job.ts';
import { keptTold } from './kept-told.ts';
import { leftOutList } from './left-out-list.ts';

const JOB = 'import.json';
const SENT = 'export';
const LIST = 'left-out.csv';
/** The beginning of the names of files that are on their way. */
export const COMING = 'coming-';

type FormedJob = ImportJob | (Omit<ImportJob, 'form'> & { readonly form: typeof FORMER_IMPORT_FORM });

/** The imports of this server as files, each in a folder of its own: few and small, so that they are read at once. */
export class ImportFiles {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Where a file that is sent comes in; made when it is missing. */
  get coming(): string {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    return this.#folder;
  }

  /**
   * All that can be read, the newest first. Files that were on their way when a server ended are deleted, and reports that a
   * former version wrote lose the words of people.
   */
  read(): readonly ImportJob[] {
    if (!existsSync(this.#folder)) return [];
    const jobs: ImportJob[] = [];
    for (const name of readdirSync(this.#folder)) {
      if (name.startsWith(COMING)) rmSync(join(this.#folder, name), { force: true });
      else if (isUuid(name)) jobs.push(...this.#readJob(join(this.#folder, name, JOB)));
    }
    return jobs.sort((one, other) => (one.at < other.at ? 1 : -1));
  }

  #readJob(file: string): readonly ImportJob[] {
    const read = jobIn(file);
    if (read === null || read.form === IMPORT_FORM) return read === null ? [] : [read];
    const told = read.told && keptTold(read.told);
    const job: ImportJob = { ...read, form: IMPORT_FORM, told };
    if (existsSync(this.list(job.id)))
      writeFileSync(this.list(job.id), leftOutList(told?.leftOut ?? []), { mode: 0o600 });
    this.keep(job);
    return [job];
  }

  /** Written beside and put in place, so that a crash leaves the one before. */
  keep(job: ImportJob): void {
    const folder = join(this.#folder, job.id);
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    writeFileSync(join(folder, `${JOB}.new`), JSON.stringify(job), { mode: 0o600 });
    renameSync(join(folder, `${JOB}.new`), join(folder, JOB));
  }

  /** Takes a file that has come in as an import's own. */
  take(id: string, path: string): void {
    mkdirSync(join(this.#folder, id), { recursive: true, mode: 0o700 });
    renameSync(path, this.sent(id));
  }

  sent(id: string): string {
    return join(this.#folder, id, SENT);
  }

  list(id: string): string {
    return join(this.#folder, id, LIST);
  }

  dropSent(id: string): void {
    rmSync(this.sent(id), { force: true });
  }

  forget(id: string): void {
    rmSync(join(this.#folder, id), { recursive: true, force: true });
  }
}

function jobIn(file: string): FormedJob | null {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'));
    const isKnown = isRecord(value) && (value['form'] === IMPORT_FORM || value['form'] === FORMER_IMPORT_FORM);
    return isKnown ? trusted<FormedJob>(value) : null;
  } catch {
    return null;
  }
}
