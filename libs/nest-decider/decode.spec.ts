import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { RecordedEvent } from '../event-store/index.ts';
import type { Fact } from '../kernel/index.ts';
import { openSqliteVault, type Vault } from '../vault/index.ts';
import { Decoder } from './decode.ts';

type Named = Fact<'Named.v3', { readonly names: readonly string[] }, { readonly real: string }>;

const EVENT: RecordedEvent = {
  id: 'e0000000-0000-4000-8000-000000000001',
  stream: 'thing-1',
  revision: 4n,
  position: 9n,
  type: 'Named.v1',
  recordedAt: '2015-10-05T08:00:00.000Z',
  occurredAt: '2015-10-05T08:00:00.000Z',
  actor: 'system',
  correlationId: 'x',
  causationId: null,
  data: { name: 'a' },
  sealed: null,
};

let folder: string;
let vault: Vault;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'colloquy-decode-'));
  vault = await openSqliteVault({ file: join(folder, 'vault.db') });
});
afterEach(async () => {
  await vault.close();
  rmSync(folder, { recursive: true });
});

const decoder = new Decoder<Named>(['Named.v3'], {
  'Named.v1': (stored) => ({ ...stored, type: 'Named.v2', data: { label: field(stored.data, 'name') } }),
  'Named.v2': (stored) => ({ ...stored, type: 'Named.v3', data: { names: [field(stored.data, 'label')] } }),
});

test('an old version reads as the newest, step by step, its personal part opened as it was sealed', async () => {
  const sealed = await vault.seal(await vault.takeKey(), { real: 'A' }, EVENT);
  const { type: _, data: __, sealed: ___, ...envelope } = EVENT;
  expect(await decoder.open({ ...EVENT, sealed }, vault)).toEqual({
    type: 'Named.v3',
    data: { names: ['a'] },
    personal: { real: 'A' },
    envelope,
  });
});

test('reading without opening leaves what is sealed alone', () => {
  expect(decoder.read({ ...EVENT, sealed: new Uint8Array([0]) })).toMatchObject({
    type: 'Named.v3',
    data: { names: ['a'] },
  });
});

test('a type of a newer program is no fact', async () => {
  const error = 'thing-1 holds an event of the unknown type Named.v4 at position 9';
  expect(() => decoder.read({ ...EVENT, type: 'Named.v4' })).toThrow(error);
  await expect(decoder.open({ ...EVENT, type: 'Named.v4' }, vault)).rejects.toThrow(error);
});

test('what was sealed for another place does not open', async () => {
  const sealed = await vault.seal(await vault.takeKey(), { real: 'A' }, { ...EVENT, stream: 'thing-2' });
  await expect(decoder.open({ ...EVENT, sealed }, vault)).rejects.toMatchObject({ name: 'SealBroken' });
});

function field(data: unknown, name: string): unknown {
  return typeof data === 'object' && data !== null ? Reflect.get(data, name) : undefined;
}
