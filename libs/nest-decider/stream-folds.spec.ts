import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { openSqliteEventStore, type SqliteEventStore } from '../event-store/index.ts';
import { type Erased, type Fact, isErased } from '../kernel/index.ts';
import { type DataKey, type ErasingVault, openSqliteVault } from '../vault/index.ts';
import { Decoder } from './decode.ts';
import { type Folding, keptFoldsOf, StreamFolds } from './stream-folds.ts';

type Named = Fact<'Named.v1', object, { readonly name: string }>;
type Remarked = Fact<'Remarked.v1', object, { readonly remark: string }>;
type Tale = Named | Remarked;

interface TaleState {
  names: number;
  newest: string | Erased;
  readonly revisions: Set<bigint>;
}

const tale: Folding<TaleState, Tale> = {
  initial: () => ({ names: 0, newest: '', revisions: new Set() }),
  evolve: (state, fact) => {
    if (fact.type !== 'Named.v1') return state;
    state.names += 1;
    state.newest = isErased(fact.personal) ? fact.personal : fact.personal.name;
    state.revisions.add(fact.envelope.revision);
    return state;
  },
};
const decoder = new Decoder<Tale>(['Named.v1', 'Remarked.v1']);

let folder: string;
let store: SqliteEventStore;
let vault: ErasingVault;
let key: DataKey;
let opened: string[];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'colloquy-folds-'));
  store = await openSqliteEventStore({ file: join(folder, 'log.db') });
  vault = await openSqliteVault({ file: join(folder, 'vault.db') });
  key = await vault.takeKey();
  opened = [];
});
afterEach(async () => {
  await store.close();
  await vault.close();
  rmSync(folder, { recursive: true });
});

/** Adds events to the stream `tale` at once, each with a name or remark of its own. */
async function add(many: number, { type = 'Named.v1', from = -1n, log = store } = {}): Promise<string[]> {
  const ids = Array.from({ length: many }, () => randomUUID());
  const events = ids.map(async (id, n) => {
    const personal = { name: `name-${Number(from) + 1 + n}`, remark: 'a remark' };
    const sealed = await vault.seal(key, personal, { stream: 'tale', type, id });
    const envelope = { occurredAt: '2015-10-05T08:00:00.000Z', actor: 'system', correlationId: 'x', causationId: null };
    return { id, type, data: {}, sealed, ...envelope };
  });
  await log.append('tale', await Promise.all(events), from < 0n ? 'no-stream' : from);
  return ids;
}

function foldsOver(log = store): StreamFolds<TaleState, Tale> {
  const counting = new Proxy(vault, {
    get: (target, name) => {
      const value: unknown = Reflect.get(target, name);
      if (typeof value !== 'function') return value;
      return (...given: readonly unknown[]) => {
        const [, at] = given;
        if (name === 'open' && typeof at === 'object' && at !== null) opened.push(String(Reflect.get(at, 'type')));
        return Reflect.apply(value, target, given);
      };
    },
  });
  return new StreamFolds({ store: log, vault: counting }, { folding: tale, decoder, ignores: ['Remarked.v1'] });
}

it('reads a long stream once, and from then on what was added to it', async () => {
  await add(500);
  const folds = foldsOver();
  const first = await folds.load('tale');
  const [ids, read] = [await add(2, { from: 499n }), store.stats().eventsRead];
  opened = [];

  const second = await folds.load('tale');

  expect(second.state).toEqual({
    names: 502,
    newest: 'name-501',
    revisions: new Set(Array.from({ length: 502 }, (_, n) => BigInt(n))),
  });
  expect([second.revision, second.position, second.key]).toEqual([501n, 502n, key]);
  expect(ids.map(second.positionOf)).toEqual([501n, 502n]);
  expect(store.stats().eventsRead - read).toBe(2);
  expect(opened).toEqual(['KeptFold', 'Named.v1', 'Named.v1']);
  // A caller's state is its own.
  expect([first.state.names, first.revision]).toEqual([500, 499n]);
});

it('knows where each event of a kept stream stands', async () => {
  const ids = await add(100);
  const folds = foldsOver();
  await folds.load('tale');
  const again = await folds.load('tale');
  expect(ids.map(again.positionOf)).toEqual(ids.map((_, n) => BigInt(n + 1)));
  expect(again.positionOf(randomUUID())).toBeUndefined();
});

it('goes on with what another node has added', async () => {
  await add(64);
  const other = await openSqliteEventStore({ file: join(folder, 'log.db') });
  const [ours, theirs] = [foldsOver(), foldsOver(other)];
  for (let round = 0; round < 6; round += 1) {
    const [log, revision] = [round % 2 === 0 ? store : other, (await ours.load('tale')).revision];
    await add(20, { from: revision, log });
    const [one, two] = await Promise.all([ours.load('tale'), theirs.load('tale')]);
    expect(one.state).toEqual(two.state);
    expect([one.revision, one.state.names]).toEqual([revision + 20n, 64 + 20 * (round + 1)]);
  }
  await other.close();
});

it('keeps nothing that could be read without the key, and nothing at all of it once the key is destroyed', async () => {
  await add(64);
  const folds = foldsOver();
  await folds.load('tale');
  const kept = keptFoldsOf(store, tale);
  const bytes = Buffer.from(kept.get('tale')?.bytes ?? []);
  expect(bytes.length).toBeGreaterThan(0);
  for (const text of ['name-63', Buffer.from('name-63').toString('base64').slice(0, 8)])
    expect(bytes.includes(text)).toBe(false);

  await vault.destroy(key);
  const { state } = await folds.load('tale');
  expect([state.names, isErased(Object(state.newest))]).toEqual([64, true]);
  const again = await folds.load('tale');
  expect(again.state).toEqual(state);
});

it('does not open what its rules do not look at, and keeps what nobody opened as it is', async () => {
  await add(64, { type: 'Remarked.v1' });
  const folds = foldsOver();
  await folds.load('tale');
  await folds.load('tale');
  expect(opened).toEqual([]);
});

it('lets others be heard while it opens a long stream', async () => {
  await add(3_000);
  let turns = 0;
  let isRead = false;
  const turn = (): void => {
    turns += 1;
    if (!isRead) setImmediate(turn);
  };
  setImmediate(turn);
  await foldsOver().load('tale');
  isRead = true;
  // A page of the log has 1,000 events: more turns than pages were given by the work itself.
  expect(turns).toBeGreaterThan(4);
});
