import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { openSqliteEventStore, type SqliteEventStore } from '../event-store/index.ts';
import { Command, type Decider, type Fact } from '../kernel/index.ts';
import { type ErasingVault, openSqliteVault } from '../vault/index.ts';
import { CommandHandling, type Handling } from './command-handling.ts';
import { Decoder } from './decode.ts';

type Noted = Fact<'Noted.v1', object, { readonly text: string }>;

class Note extends Command<{ readonly text: string }> {
  readonly type = 'Note';
}

const notes: Decider<number, Note, Noted, undefined> = {
  initial: () => 0,
  evolve: (count) => count + 1,
  decide: ({ data }) => [{ type: 'Noted.v1', data: {}, personal: { text: data.text } }],
};

let folder: string;
let store: SqliteEventStore;
let vault: ErasingVault;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'colloquy-handling-'));
  store = await openSqliteEventStore({ file: join(folder, 'log.db') });
  vault = await openSqliteVault({ file: join(folder, 'vault.db') });
});
afterEach(async () => {
  await store.close();
  await vault.close();
  rmSync(folder, { recursive: true });
});

const note = (text: string): Note => {
  const meta = { actor: 'system', now: '2015-10-05T08:00:00.000Z', correlationId: 'x', causationId: null };
  return new Note({ text }, { ...meta, commandId: randomUUID() });
};

const handling = (meanwhile: () => Promise<void>) =>
  new CommandHandling(
    {
      decider: notes,
      decoder: new Decoder<Noted>(['Noted.v1']),
      stream: () => 'notes',
      needs: async () => {
        await meanwhile();
        return undefined;
      },
    },
    { store, vault, commands: { execute: () => Promise.reject(new Error('no other command is sent')) } },
  );

test('a fact is by whoever sent the command, unless its kind of stream says by whom', async () => {
  await handling(() => Promise.resolve()).handle(note('one'));
  const ofPolicy = new CommandHandling(
    {
      decider: notes,
      decoder: new Decoder<Noted>(['Noted.v1']),
      stream: () => 'notes',
      needs: () => Promise.resolve(undefined),
      actor: ({ personal }) => (personal.text === 'two' ? 'policy' : undefined),
    },
    { store, vault, commands: { execute: () => Promise.reject(new Error('no other command is sent')) } },
  );
  for (const text of ['two', 'three']) await ofPolicy.handle(note(text));
  const actors: string[] = [];
  for await (const { actor } of store.readStream('notes')) actors.push(actor);
  expect(actors).toEqual(['system', 'policy', 'system']);
});

test('what is erased between the reading and the sealing is refused as erased, and nothing is recorded', async () => {
  const first = await handling(() => Promise.resolve()).handle(note('one'));
  expect(first).toEqual({
    position: 1n,
    revision: 0n,
    repeated: false,
    facts: [{ type: 'Noted.v1', data: {}, personal: { text: 'one' } }],
  });

  const erase = async (): Promise<void> => {
    for await (const { sealed } of store.readStream('notes')) if (sealed) await vault.destroy(vault.keyOf(sealed));
  };
  await expect(handling(erase).handle(note('two'))).rejects.toMatchObject({
    name: 'DomainError',
    code: 'erased',
    status: 410,
    detail: 'What this belongs to was erased; nothing personal can be added to it.',
  });
  expect(await store.head()).toBe(1n);
});

test('however many write to one stream at once, each is recorded, one after the other', async () => {
  const writers = 60;
  const asked = handling(() => Promise.resolve());
  const recorded = await Promise.all(Array.from({ length: writers }, (_, at) => asked.handle(note(`${at}`))));
  expect(recorded.map(({ revision }) => revision).toSorted((a, b) => Number(a - b))).toEqual(
    Array.from({ length: writers }, (_, at) => BigInt(at)),
  );
});

test('whoever is overtaken again and again from elsewhere is told so after six attempts', async () => {
  let attempts = 0;
  const elsewhere = handling(() => Promise.resolve());
  const overtaken = handling(async () => {
    attempts += 1;
    await elsewhere.handle(note('faster'));
  });
  await expect(overtaken.handle(note('slow'))).rejects.toMatchObject({ code: 'conflict' });
  expect(attempts).toBe(6);
});

test('a stream has one key, unless its kind has one for each personal part', async () => {
  const keys = async (of: Partial<Handling<number, Note, Noted, undefined>>): Promise<number> => {
    const stream = randomUUID();
    const kind = { decider: notes, decoder: new Decoder<Noted>(['Noted.v1']), needs: async () => undefined, ...of };
    const commands = { execute: () => Promise.reject(new Error('no other command is sent')) };
    const noting = new CommandHandling({ ...kind, stream: () => stream }, { store, vault, commands });
    for (const text of ['one', 'two']) await noting.handle(note(text));
    const ids = new Set<string>();
    for await (const { sealed } of store.readStream(stream)) if (sealed !== null) ids.add(vault.keyOf(sealed).id);
    return ids.size;
  };
  expect([await keys({}), await keys({ keyForEach: true })]).toEqual([1, 2]);
});
