import type { ScratchArea, TouchedView, VerifiedView, ViewFigures } from '../../libs/client/index.ts';
import { DomainError, formatPosition, type Position } from '../../libs/kernel/index.ts';
import { type Difference, type LiveFile, type Row, toldPosition, type Views } from '../../libs/projections/index.ts';
import type { FailedVerification, Replaying, ReplayWish, Underway, Until } from '../acts/auditing/replaying.ts';
import type { ScratchFiles } from '../views/scratch/scratch.query-types.ts';
import type { Places } from './places.ts';
import { ReplayTurns } from './replay-turns.ts';
import { Scratches } from './scratches.ts';
import type { WorkResults } from './work.ts';
import type { Workbench } from './workbench.ts';

export interface ReplaysParts {
  readonly views: Pick<Views, 'db' | 'state' | 'position'>;
  readonly workbench: Workbench;
  /** Where the forum's data lies. */
  readonly dataDir: string;
  readonly places: Places;
  /** Told of each view that was compared with the log. */
  readonly onVerified: (view: VerifiedView) => void;
}

/** Events of which is kept what the views made of them. */
const MOST_KNOWN = 50;

/** Verifications and replays on demand, beside the live service. */
export class Replays implements Replaying {
  readonly #parts: ReplaysParts;
  readonly #verified = new Map<string, VerifiedView>();
  readonly #failed = new Map<string, FailedVerification>();
  readonly #touched = new Map<Position, readonly TouchedView[]>();
  readonly #scratches = new Scratches();
  readonly #turns = new ReplayTurns();
  #figures: Promise<readonly ViewFigures[]> | null = null;

  constructor(parts: ReplaysParts) {
    this.#parts = parts;
  }

  /** Calls made while they are being counted share one answer. */
  views(): Promise<readonly ViewFigures[]> {
    this.#figures ??= this.#digests().finally(() => {
      this.#figures = null;
    });
    return this.#figures;
  }

  async verify(view: string, options: ReplayWish = {}): Promise<VerifiedView> {
    const known = this.#parts.views.state().find(({ name }) => name === view);
    if (!known) throw new DomainError('not_found', `There is no view ${view}.`);
    let started = performance.now();
    const found = await this.#turns.take({ kind: 'verification', subject: view }, options, (to) => {
      started = performance.now();
      return this.#parts.workbench
        .work({ kind: 'verify', view, live: this.#live(view) }, to)
        .catch((error: unknown) => {
          this.#failed.set(view, { name: view, reason: reasonOf(error), at: new Date().toISOString() });
          throw error;
        });
    });
    const verified = verifiedView(view, found, performance.now() - started);
    this.#verified.set(view, verified);
    this.#failed.delete(view);
    this.#parts.onVerified(verified);
    return verified;
  }

  underway(): Underway | null {
    return this.#turns.underway();
  }

  verified(): readonly VerifiedView[] {
    return [...this.#verified.values()];
  }

  failed(): readonly FailedVerification[] {
    return [...this.#failed.values()];
  }

  async touched(position: Position, options: ReplayWish = {}): Promise<readonly TouchedView[]> {
    const known = this.#touched.get(position);
    if (known) return known;
    const touched = await this.#turns.take({ kind: 'touched', subject: formatPosition(position) }, options, (to) =>
      this.#parts.workbench.work({ kind: 'touched', position }, to),
    );
    this.#touched.set(position, touched);
    const [oldest] = this.#touched.size > MOST_KNOWN ? this.#touched.keys() : [];
    if (oldest !== undefined) this.#touched.delete(oldest);
    return touched;
  }

  knownTouched(position: Position): readonly TouchedView[] | undefined {
    return this.#touched.get(position);
  }

  async replay(until: Until, madeBy: string): Promise<ScratchArea> {
    this.#requirePast(until);
    const live = ['thread', 'post-list'].map((view) => this.#parts.views.db(view).name);
    this.#scratches.requireRoom(this.#parts.dataDir, live);
    const subject = 'position' in until ? formatPosition(until.position) : new Date(until.time).toISOString();
    const end = 'position' in until ? { ...until, newest: await this.#newestUpTo(until.position) } : until;
    let dir = '';
    const keep = (made: string): void => {
      dir = made;
    };
    const replayed = await this.#turns.take({ kind: 'replay', subject }, {}, (to) =>
      this.#parts.workbench.work({ kind: 'replay', until: end }, { ...to, keep }),
    );
    return this.#scratches.keep(replayed, dir, madeBy);
  }

  scratches(): readonly ScratchArea[] {
    return this.#scratches.list();
  }

  scratch(id: string): { readonly area: ScratchArea; readonly files: ScratchFiles } {
    return this.#scratches.read(id);
  }

  drop(id: string): void {
    this.#scratches.drop(id);
  }

  async close(): Promise<void> {
    await this.#scratches.close();
    await this.#parts.workbench.close();
  }

  async #digests(): Promise<readonly ViewFigures[]> {
    const state = this.#parts.views.state();
    const files = state.map(({ name }) => [name, this.#live(name)] as const);
    const digests = await this.#parts.workbench.work({ kind: 'digests', files });
    return digests.map(({ view, position, digest }) => {
      const version = state.find(({ name }) => name === view)?.version ?? 0;
      return { name: view, version, position: formatPosition(position), digest };
    });
  }

  async #newestUpTo(position: Position): Promise<Position> {
    return (await this.#parts.places.around(position)).floor;
  }

  #live(view: string): LiveFile {
    const db = this.#parts.views.db(view);
    return { file: db.name, reached: toldPosition(db) };
  }

  #requirePast(until: Until): void {
    const isToCome = 'position' in until ? until.position > this.#parts.views.position() : until.time > Date.now();
    if (!isToCome) return;
    const field = 'position' in until ? 'position' : 'at';
    const message = field === 'position' ? 'lies beyond the end of the log' : 'lies in the future';
    throw new DomainError('invalid', `${field} ${message}.`, [{ field, message }]);
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function verifiedView(name: string, found: WorkResults['verify'], milliseconds: number): VerifiedView {
  const { version, position, live, rebuilt, equal, difference } = found;
  return {
    name,
    version,
    position: formatPosition(position),
    live,
    rebuilt,
    equal,
    difference: difference && differenceOf(difference),
    at: new Date().toISOString(),
    milliseconds: Math.round(milliseconds),
  };
}

function differenceOf({ table, key, live, rebuilt }: Difference): VerifiedView['difference'] {
  return { table, key: texts(key), live: live && texts(live), rebuilt: rebuilt && texts(rebuilt) };
}

/** Bytes as hexadecimal digits; what is longer than a screen is cut. */
function texts(row: Row): Readonly<Record<string, string>> {
  const text = (value: Row[string]): string =>
    value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value ?? 'NULL');
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, text(value).slice(0, 200)]));
}
