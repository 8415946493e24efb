import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ConfigError } from '../config.ts';
import { loadSecrets } from './secrets.ts';

describe("the forum's secrets", () => {
  let dataDir: string;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'colloquy-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  it('are made once, for their owner alone, and nothing else is left behind', () => {
    const first = loadSecrets({ dataDir, sessionSecret: null });
    const second = loadSecrets({ dataDir, sessionSecret: null });
    expect(second).toEqual(first);
    expect(first.sessionSecret).not.toBe(first.emailKey);
    expect(readdirSync(dataDir)).toEqual(['secrets.json']);
    expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);
  });

  it('take SESSION_SECRET without keeping it', () => {
    const sessionSecret = 'x'.repeat(40);
    const { emailKey } = loadSecrets({ dataDir, sessionSecret: null });
    expect(loadSecrets({ dataDir, sessionSecret })).toEqual({ sessionSecret, emailKey });
    expect(readFileSync(join(dataDir, 'secrets.json'), 'utf8')).not.toContain(sessionSecret);
  });

  it.each(['', '{', '{}', '{"sessionSecret": "short", "emailKey": 7}'])(
    'given a file with %j, the start is refused',
    (text) => {
      writeFileSync(join(dataDir, 'secrets.json'), text);
      expect(() => loadSecrets({ dataDir, sessionSecret: null })).toThrow(ConfigError);
    },
  );
});
