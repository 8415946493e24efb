import type { RecordedEvent } from '../../libs/event-store/index.ts';
import { isOld, isRecord, type Json, trusted, upcast, versionOf, versionsUpTo } from '../../libs/kernel/index.ts';
import type { Projection, ViewDefinition } from '../../libs/projections/port.ts';
import { keepOpened, type Vault } from '../../libs/vault/index.ts';
import { UPCASTERS } from '../domain/upcasters.ts';

/**
 * The versions ahead of this program that a view looks out for, so that it stops rather than misses what a newer
 * program recorded.
 */
const VERSIONS_AHEAD = 3;

/** An event that reads as a newer version than the one that it was stored with. */
interface ReadAsNewer extends RecordedEvent {
  readonly storedAs: string;
}

/** The type under which the event's personal part was sealed. */
export function storedTypeOf(event: RecordedEvent | ReadAsNewer): string {
  return 'storedAs' in event ? event.storedAs : event.type;
}

/**
 * An event in its newest version, with its personal part still sealed as it was stored. The upcaster throws when the
 * data of an old version is malformed.
 */
export function newest(event: RecordedEvent): RecordedEvent | ReadAsNewer {
  if (!isOld(event.type, UPCASTERS)) return event;
  const { type, data } = upcast({ type: event.type, data: event.data, personal: null }, UPCASTERS);
  const current = { ...event, type, data: asJson(data), storedAs: event.type };
  keepOpened(event, current);
  return current;
}

/**
 * The same with its personal part opened: null when there is none, ERASED when its key was destroyed. Sealed bytes open
 * under the type that they were stored with, whatever type the event reads as now. Throws SealBroken.
 */
export async function openNewest(
  event: RecordedEvent,
  vault: Pick<Vault, 'open'>,
): Promise<{ readonly event: RecordedEvent; readonly personal: object | null }> {
  const opened = event.sealed === null ? null : await vault.open(event.sealed, event);
  const { type, data, personal } = upcast({ type: event.type, data: event.data, personal: opened }, UPCASTERS);
  return { event: { ...event, type, data: asJson(data) }, personal: typeof personal === 'object' ? personal : null };
}

/**
 * The view over a log of all versions. It is written for the newest version of each type alone, and stops with a
 * message at an event of a version that this program does not know. Every view goes through here, in `definitions.ts`.
 */
export function readingAllVersions<Change>(view: ViewDefinition<Change>): ViewDefinition<Change> {
  let all: readonly string[] | undefined;
  return {
    ...view,
    // Made when a projector asks: the thread that starts a forum never does.
    get eventTypes() {
      all ??= view.eventTypes.flatMap(allVersions);
      return all;
    },
    open: (db, log) => inNewest(view, view.open(db, log)),
    ...(view.previous && { previous: readingAllVersions(view.previous) }),
    openBuild: (db, log) => inNewest(view, (view.openBuild ?? view.open)(db, log)),
  };
}

function inNewest<Change>(view: ViewDefinition<Change>, inner: Projection<Change>): Projection<Change> {
  const known = new Set(view.eventTypes);
  const project: Projection<Change> = (event) => {
    if (known.has(event.type)) return inner(event);
    const current = newest(event);
    if (known.has(current.type)) return inner(current);
    throw new TypeError('a newer Colloquy recorded it; this one does not know the version');
  };
  project.flush = () => inner.flush?.() ?? [];
  project.finish = () => inner.finish?.();
  project.finishing = () => inner.finishing?.() ?? [];
  project.settle = () => inner.settle?.() ?? true;
  return project;
}

/** Most types are folded by several views. */
const NAMES = new Map<string, readonly string[]>();

function allVersions(type: string): readonly string[] {
  const versions = NAMES.get(type) ?? [...versionsUpTo(type), ...versionsAfter(type)];
  NAMES.set(type, versions);
  return versions;
}

function versionsAfter(type: string): readonly string[] {
  const { name, version } = versionOf(type);
  return Array.from({ length: VERSIONS_AHEAD }, (_, index) => `${name}.v${version + index + 1}`);
}

function asJson(data: unknown): Json {
  if (isRecord(data)) return trusted<Json>(data);
  throw new TypeError('the data of an event is a plain object');
}
