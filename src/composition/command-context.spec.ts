import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { commandMeta } from '../access/principal.ts';
import { readConfig } from '../config.ts';
import { createCommandContext } from './command-context.ts';

describe('the command context', () => {
  let dataDir: string;

  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'colloquy-'));
  });
  afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

  const founder = {
    handle: 'Somchai',
    displayName: 'Somchai P.',
    email: 'somchai@example.org',
    password: 'a long password',
    locale: 'th',
  };

  it('given an empty directory, records what is told and keeps it for the next context', async () => {
    const config = readConfig({ DATA_DIR: dataDir });
    const first = await createCommandContext(config);
    const registered = await first.registration.register(founder, commandMeta(null));
    await first.close();

    const second = await createCommandContext(config);
    const member = await second.members.byLogin('SOMCHAI@example.org');
    await second.close();

    expect(member).toEqual({
      memberId: registered.memberId,
      handle: 'Somchai',
      displayName: 'Somchai P.',
      roles: ['member', 'admin'],
      locale: 'th',
      email: 'somchai@example.org',
      linked: [],
      membership: 'active',
      passwordHash: expect.stringMatching(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/),
      passwordPosition: 5n,
      lastEnd: null,
      passwordSince: expect.any(String),
      emailConfirmed: false,
      emailSince: expect.any(String),
      emailWantedBy: null,
      secondFactorsFrom: [],
      waysBack: { ended: new Set(), open: new Map() },
    });
    expect(statSync(join(dataDir, 'secrets.json')).mode & 0o777).toBe(0o600);
  });
});
