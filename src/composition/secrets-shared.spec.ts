import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  type EventStore,
  openSqliteEventStore,
  type SqliteEventStore,
  StoreUnavailable,
} from '../../libs/event-store/index.ts';
import { ConfigError } from '../config.ts';
import { loadSecrets } from './secrets.ts';
import { SharedSecrets } from './secrets-shared.ts';

describe('the secrets that nodes share', () => {
  let dir: string;
  let store: SqliteEventStore;

  beforeEach(async () => {
    dir = mkdtempSync(join(tmpdir(), 'colloquy-'));
    store = await openSqliteEventStore({ file: join(dir, 'log.db') });
  });
  afterEach(async () => {
    await store.close();
    rmSync(dir, { recursive: true, force: true });
  });

  const node = (name: string, sessionSecret: string | null = null, over: EventStore = store): SharedSecrets =>
    new SharedSecrets({ dataDir: join(dir, name), sessionSecret }, over);

  it('are made by whoever comes first, and the same for all who come at the same moment', async () => {
    const nodes = ['one', 'two', 'three'].map((name) => node(name));
    await Promise.all(nodes.map((each) => each.load()));
    const [first, ...others] = nodes.map(({ emailKey, sessionSecret }) => ({ emailKey, sessionSecret }));
    expect(others).toEqual([first, first]);
    expect(first?.emailKey).not.toBe(first?.sessionSecret);
  });

  it('are not known before they were read; then a copy is kept for its owner alone', async () => {
    const secrets = node('one');
    expect(() => secrets.emailKey).toThrow(/^storage_unavailable/);
    await secrets.load();
    expect(readdirSync(join(dir, 'one'))).toEqual(['shared-secrets.json']);
    expect(statSync(join(dir, 'one', 'shared-secrets.json')).mode & 0o777).toBe(0o600);

    const away: EventStore = Object.assign(Object.create(store), {
      readStream: () => {
        throw new StoreUnavailable('unreachable', 'away');
      },
    });
    const later = node('one', null, away);
    await expect(later.load()).rejects.toMatchObject({ reason: 'unreachable' });
    expect([later.emailKey, later.sessionSecret]).toEqual([secrets.emailKey, secrets.sessionSecret]);
  });

  it('of a forum that kept its log in a file are those that it had', async () => {
    const before = loadSecrets({ dataDir: join(dir, 'one'), sessionSecret: null });
    const moved = node('one');
    await moved.load();
    expect([moved.emailKey, moved.sessionSecret]).toEqual([before.emailKey, before.sessionSecret]);
  });

  it('are those beside the log, whatever copy there is; SESSION_SECRET goes before', async () => {
    const [one, two] = [node('one'), node('two', 'x'.repeat(40))];
    await one.load();
    writeFileSync(
      join(dir, 'two', 'shared-secrets.json'),
      JSON.stringify({ sessionSecret: 'y'.repeat(40), emailKey: 'z'.repeat(40) }),
    );
    await two.load();
    expect([two.emailKey, two.sessionSecret]).toEqual([one.emailKey, 'x'.repeat(40)]);
  });

  it('that are something else are refused', async () => {
    const event = { id: '00000000-0000-4000-8000-000000000000', type: 'Other.v1', data: { emailKey: 7 } };
    const envelope = { sealed: null, occurredAt: '2015-10-09T08:07:06.005Z', actor: 'system', correlationId: 'c' };
    await store.append('vault-secrets', [{ ...event, ...envelope, causationId: null }], 'no-stream');
    await expect(node('one').load()).rejects.toBeInstanceOf(ConfigError);
  });
});
