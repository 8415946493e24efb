import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { newEvent, newEvents, newStream } from '../event-store/contract/new-events.ts';
import { all, comparable } from '../event-store/contract/opened-log.ts';
import {
  ChainedDigest,
  type EventStore,
  eventLine,
  type LogImport,
  openSqliteEventStore,
  openSqliteLogImport,
  type RecordedEvent,
  type SqliteEventStore,
} from '../event-store/index.ts';
import {
  type DataKey,
  destroyedKeyIn,
  type ErasingVault,
  isDestructionRecorded,
  type KeyStore,
  openSqliteKeyStore,
  openSqliteVault,
} from '../vault/index.ts';
import { type CopyOptions, CopyRefused, type CopySource, copyLog, type LogTarget } from './index.ts';

let directory: string;
let store: SqliteEventStore;
let vault: ErasingVault;
let source: CopySource;
const closing: { close(): Promise<void> }[] = [];
/** The moments at which a key may be destroyed while a log is copied. */
const MOMENTS = ['before the keys are read', 'after the keys are read', 'while the events are read'] as const;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'colloquy-copy-'));
  store = await openSqliteEventStore({ file: join(directory, 'log.db') });
  vault = await openSqliteVault({ file: join(directory, 'vault.db') });
  source = { log: store, keys: openSqliteKeyStore({ file: join(directory, 'vault.db'), readOnly: true }) };
  closing.push(store, vault, source.keys);
});

afterEach(async () => {
  for (const part of closing.splice(0)) await part.close();
  rmSync(directory, { recursive: true });
});

/** Appends so many events, each sealed with a key of its own. */
async function append(count: number, log = store): Promise<void> {
  for (let written = 0; written < count; written += 1) {
    const [stream, event] = [newStream(), newEvent()];
    const sealed = await vault.seal(await vault.takeKey(), { written }, { ...event, stream });
    await log.append(stream, [{ ...event, sealed }], 'no-stream');
  }
}

interface OpenTarget extends LogTarget {
  readonly log: SqliteEventStore;
}

async function openTarget(positions: CopyOptions['positions'] = 'kept'): Promise<OpenTarget> {
  const file = join(directory, 'target.db');
  const into = openSqliteLogImport({ file, positions });
  const log = await openSqliteEventStore({ file });
  const keys = openSqliteKeyStore({ file: join(directory, 'target-vault.db') });
  closing.push(into, log, keys);
  return { log, into, keys };
}

async function digestOf(log: SqliteEventStore): Promise<string> {
  const digest = new ChainedDigest();
  for await (const event of log.readAll()) digest.add(eventLine(event));
  return digest.hex();
}

/** Fails after so many events, like a process killed between two batches. */
class Dying implements LogImport {
  readonly #into: LogImport;
  #left: number;

  constructor(into: LogImport, left: number) {
    this.#into = into;
    this.#left = left;
  }

  async add(events: readonly RecordedEvent[]): Promise<void> {
    const taken = events.slice(0, this.#left);
    this.#left -= taken.length;
    if (taken.length > 0) await this.#into.add(taken);
    if (taken.length < events.length) throw new Error('killed');
  }

  async close(): Promise<void> {
    await this.#into.close();
  }
}

describe('a copied log', () => {
  test('equals its source, event by event, and its vault opens what was sealed', async () => {
    await append(30);
    await store.append(newStream(), newEvents(2_500), 'no-stream');
    const target = await openTarget();
    const copied = await copyLog(source, target, { positions: 'kept' });
    expect(copied).toEqual({
      events: 2_530,
      copied: 2_530,
      keys: 256,
      sourcePosition: 2_530n,
      targetPosition: 2_530n,
      digest: await digestOf(store),
    });
    const [due, found] = [await all(store.readAll()), await all(target.log.readAll())];
    expect(found.map(comparable)).toEqual(due.map(comparable));

    const other = await openSqliteVault({ file: join(directory, 'target-vault.db') });
    closing.push(other);
    for (const [written, event] of found.slice(0, 30).entries()) {
      expect(await other.open(event.sealed ?? new Uint8Array(0), event)).toEqual({ written });
    }
  });

  test('ends at the position that it is told, or where the source ended when its events began to come', async () => {
    await append(20);
    const target = await openTarget();
    const first = await copyLog(source, target, { positions: 'kept', until: 7n });
    expect(first).toMatchObject({ events: 7, copied: 7, sourcePosition: 7n });
    const growing = interruptedAt('while the events are read', () => append(3));
    const second = await copyLog(growing, target, { positions: 'kept' });
    expect(second).toMatchObject({ events: 20, copied: 13, sourcePosition: 20n });
    expect(await store.head()).toBe(23n);
  });

  test.each([0, 1, 999, 1_000, 1_001, 2_499])(
    'that ended after %d events is resumed, and nothing comes twice',
    async (left) => {
      await store.append(newStream(), newEvents(2_500), 'no-stream');
      const target = await openTarget();
      const dying = { ...target, into: new Dying(target.into, left) };
      await expect(copyLog(source, dying, { positions: 'kept' })).rejects.toThrow('killed');
      const steps: string[] = [];
      const copied = await copyLog(source, target, { positions: 'kept', onProgress: (step) => steps.push(step) });
      expect(copied).toMatchObject({ events: 2_500, copied: 2_500 - left, digest: await digestOf(store) });
      expect(steps.filter((step) => step === 'comparing')).toHaveLength(left);
      expect(await copyLog(source, target, { positions: 'kept' })).toMatchObject({ events: 2_500, copied: 0 });
    },
  );

  test('brings what was erased since', async () => {
    const key = await vault.takeKey();
    const target = await openTarget();
    await append(1);
    await copyLog(source, target, { positions: 'kept' });
    expect(await target.keys.stateOf(key.id)).toBe('kept');
    await vault.destroy(key);
    await copyLog(source, target, { positions: 'kept' });
    expect(await target.keys.stateOf(key.id)).toBe('destroyed');
  });

  test.each(MOMENTS)('is whole when keys are destroyed %s', async (moment) => {
    const keys = [await vault.takeKey(), await vault.takeKey()];
    await append(5);
    const target = await openTarget();
    await copyLog(source, target, { positions: 'kept', until: 2n });
    const interrupted = interruptedAt(moment, async () => {
      for (const key of keys) await destroy(key);
    });
    await copyLog(interrupted, target, { positions: 'kept' });
    expect(await store.head()).toBe(7n);
    await holdsTogether(target);
    await copyLog(source, target, { positions: 'kept' });
    expect(await Promise.all(keys.map(({ id }) => target.keys.stateOf(id)))).toEqual(['destroyed', 'destroyed']);
    await holdsTogether(target);
  });

  test('reads on for a key that was made and destroyed while its events came', async () => {
    await append(5);
    const target = await openTarget();
    let destroyed: string | undefined;
    const keys = {
      ...bound(source.keys),
      all: async function* () {
        // The second reading of the keys is the first one after the events.
        if (await target.log.head()) {
          const key = await freshKey();
          if (destroyed === undefined) await destroy(key);
          destroyed ??= key.id;
        }
        yield* source.keys.all();
      },
    };
    await copyLog({ ...source, keys }, target, { positions: 'kept' });
    expect(await target.keys.stateOf(destroyed ?? '')).toBe('destroyed');
    await holdsTogether(target);
    expect(await target.log.head()).toBe(await store.head());
  });

  test('destroys what its log says is destroyed, though the source has it still', async () => {
    const key = await vault.takeKey();
    await recordDestruction(key);
    const target = await openTarget();
    await copyLog(source, target, { positions: 'kept' });
    expect([await source.keys.stateOf(key.id), await target.keys.stateOf(key.id)]).toEqual(['kept', 'destroyed']);
  });

  test('leaves erased what was erased there alone', async () => {
    const key = await vault.takeKey();
    await append(1);
    const target = await openTarget();
    await copyLog(source, target, { positions: 'kept' });
    await target.keys.add([{ id: key.id, key: null }]);
    expect(await copyLog(source, target, { positions: 'kept' })).toMatchObject({ copied: 0, keys: 256 });
    expect(await target.keys.stateOf(key.id)).toBe('destroyed');
  });

  test('takes no key for lost that its source made meanwhile', async () => {
    await append(1);
    const target = await openTarget();
    const busy = { ...source, keys: { ...bound(source.keys), all: () => makingMore(source.keys) } };
    expect(await copyLog(busy, target, { positions: 'kept' })).toMatchObject({ events: 1 });
  });

  test('stops when it is told to, between two batches', async () => {
    await append(3);
    const target = await openTarget();
    const stop = AbortSignal.abort(new Error('stopped'));
    await expect(copyLog(source, target, { positions: 'kept', signal: stop })).rejects.toThrow('stopped');
    expect(await target.log.head()).toBe(0n);
  });
});

async function recordDestruction({ id }: DataKey): Promise<void> {
  const data = { keyId: id, stream: 'comment-c1' };
  await store.append(`key-${id}`, [newEvent({ type: 'KeyDestroyed.v1', data })], 'no-stream');
}

/** Destroys like the forum: the event first. */
async function destroy(key: DataKey): Promise<void> {
  await recordDestruction(key);
  await vault.destroy(key);
}

/** The source, with work done once at a moment of its copy. */
function interruptedAt(moment: (typeof MOMENTS)[number], work: () => Promise<void>): CopySource {
  let due: (() => Promise<void>) | undefined = work;
  const at = async (now: (typeof MOMENTS)[number]): Promise<void> => {
    if (now !== moment || due === undefined) return;
    const doing = due;
    due = undefined;
    await doing();
  };
  const readAll: EventStore['readAll'] = async function* (options) {
    for await (const event of store.readAll(options)) {
      if ((options?.after ?? 0n) > 0n) await at('while the events are read');
      yield event;
    }
  };
  const readKeys = async function* () {
    await at('before the keys are read');
    yield* source.keys.all();
    await at('after the keys are read');
  };
  const log = { readAll, head: () => store.head(), readStream: (stream: string) => store.readStream(stream) };
  return { log, keys: { ...bound(source.keys), all: readKeys } };
}

/** A key that was not made before, since the pool makes many at a time. */
async function freshKey(): Promise<DataKey> {
  const standing = await source.keys.size();
  for (;;) {
    const key = await vault.takeKey();
    if (standing !== (await source.keys.size())) return key;
  }
}

/**
 * Verifies a copy like `colloquy verify`: every seal opens, or an event destroyed its key; and every key that an event
 * destroyed is gone.
 */
async function holdsTogether({ log, keys }: OpenTarget): Promise<void> {
  for await (const event of log.readAll()) {
    const id = destroyedKeyIn(event);
    if (id !== null) expect(await keys.stateOf(id)).toBe('destroyed');
  }
  for await (const batch of keys.all()) {
    for (const { id, key } of batch) if (key === null) expect(await isDestructionRecorded(log, id)).toBe(true);
  }
}

/** The methods of a key store as an object that can be spread. */
function bound(keys: KeyStore): KeyStore {
  return {
    size: () => keys.size(),
    all: () => keys.all(),
    add: (batch) => keys.add(batch),
    stateOf: (id) => keys.stateOf(id),
    open: (sealed, at) => keys.open(sealed, at),
    close: () => keys.close(),
  };
}

/** Takes so many keys at the end that the vault makes more. */
async function* makingMore(keys: KeyStore) {
  yield* keys.all();
  for (let taken = 0; taken < 300; taken += 1) await vault.takeKey();
}

describe('a target is refused', () => {
  const refusal = async (target: LogTarget, positions: CopyOptions['positions'] = 'kept'): Promise<string> => {
    const error: unknown = await copyLog(source, target, { positions }).catch((fault: unknown) => fault);
    if (!(error instanceof CopyRefused)) throw error;
    return error.message;
  };

  test('when it holds other events, and nothing is written to it', async () => {
    await append(5);
    const target = await openTarget();
    await append(3, target.log);
    expect(await refusal(target)).toMatch(/holds something else than the source: its event .* at position 1/);
    expect(await target.log.head()).toBe(3n);
  });

  test('when it went on by itself after an earlier copy', async () => {
    await append(5);
    const target = await openTarget();
    await copyLog(source, target, { positions: 'kept' });
    await append(1, target.log);
    expect(await refusal(target)).toMatch(/holds more than the source: its event .* at position 6/);
    await append(2);
    expect(await refusal(target)).toMatch(/holds something else than the source: .* at position 6/);
  });

  test('when somebody writes to it meanwhile', async () => {
    await append(5);
    const target = await openTarget('new');
    const meddling = {
      ...target,
      keys: { ...bound(target.keys), all: () => write(target) },
    };
    expect(await refusal(meddling, 'new')).toMatch(/does not hold what was copied: 5 events of digest/);
  });

  test('when a key did not arrive as it was', async () => {
    await append(1);
    const target = await openTarget();
    const deaf = { ...target, keys: { ...bound(target.keys), add: async () => undefined } };
    expect(await refusal(deaf)).toMatch(/did not arrive .*: 256;/);
  });

  async function* write(target: OpenTarget) {
    await append(1, target.log);
    yield* target.keys.all();
  }
});
