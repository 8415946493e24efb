import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { newEvent } from '../../libs/event-store/contract/new-events.ts';
import { openSqliteEventStore, type SqliteEventStore } from '../../libs/event-store/index.ts';
import { ConfigError } from '../config.ts';
import { FollowedLog, type LogPlace } from './followed-log.ts';

describe('the log that a DATA_DIR follows', () => {
  let dir: string;
  let dataDir: string;
  const logs: SqliteEventStore[] = [];
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'colloquy-followed-'));
    dataDir = join(dir, 'data');
    mkdirSync(dataDir);
  });
  afterEach(async () => {
    for (const log of logs.splice(0)) await log.close();
    rmSync(dir, { recursive: true });
  });

  async function newLog(name: string): Promise<SqliteEventStore> {
    const log = await openSqliteEventStore({ file: join(dir, name) });
    logs.push(log);
    return log;
  }
  const say = (log: SqliteEventStore) => log.append('comment-1', [newEvent()], 'no-stream');
  const node = (place: LogPlace) => new FollowedLog({ dataDir }, place);

  it.each<[LogPlace, LogPlace, string]>([
    [
      'file',
      'server',
      'its files were made from a log in this directory, and EVENT_STORE_URL names a log at KurrentDB',
    ],
    [
      'server',
      'file',
      'its files were made from a log at KurrentDB, and EVENT_STORE_URL names a log in this directory',
    ],
  ])('is in its place: %s, never %s', (before, now, what) => {
    node(before);
    expect(() => node(now)).toThrow(`DATA_DIR=${dataDir}: ${what}`);
    expect(() => node(before)).not.toThrow();
  });

  it.each<[string, LogPlace]>([
    ['log.db', 'server'],
    ['shared-secrets.json', 'file'],
    ['vault-cache.db', 'file'],
  ])('is known by what it left before that was written down: %s', (file, other) => {
    writeFileSync(join(dataDir, file), '');
    expect(() => node(other)).toThrow(ConfigError);
  });

  it('is the same one as long as it begins with the same event', async () => {
    const log = await newLog('a.db');
    await node('server').check(log);
    await say(log);
    await node('server').check(log);
    await node('server').check(log);
  });

  it('is not one that begins with another event, or was emptied', async () => {
    const [log, other, empty] = [await newLog('a.db'), await newLog('b.db'), await newLog('c.db')];
    await Promise.all([say(log), say(other)]);
    await node('server').check(log);
    await expect(node('server').check(other)).rejects.toThrow(/log that begins with event .* and the one there begins/);
    await expect(node('server').check(empty)).rejects.toThrow(/and the one there is empty/);
    await expect(node('server').check(log)).resolves.toBeUndefined();
  });

  it.each([
    '{"place": "moon", "first": null}',
    '{"place": "file"}',
    '{"place": "file", "first": {"id": 7, "position": {}}}',
    'file',
  ])('is told of a file that something else has written: %s', (text) => {
    writeFileSync(join(dataDir, 'followed-log.json'), text);
    expect(() => node('file')).toThrow(/followed-log.json: is not what the forum wrote/);
  });
});
