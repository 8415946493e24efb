import { randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import { trusted } from '../../libs/kernel/index.ts';
import { changeByHand, eventsByHand } from '../../test/support/log-by-hand.ts';
import 'reflect-metadata';
import type { LogKeyHistory } from '../../libs/client/index.ts';
import { newSigner, newVerifier, openKeyChange, signerKey, verifierKey } from '../../libs/transparency/index.ts';
import { newId, type RunningForum, startForum } from '../../test/support/running-forum.ts';
import { ConfigError } from '../config.ts';
import type { DataReport } from '../keeping/verification/verify-data.ts';
import { runCli } from './program.ts';

const PUBLIC_URL = 'https://forum.example';
const scratch = mkdtempSync(join(tmpdir(), 'colloquy-rotate-'));
const dataDir = join(scratch, 'data');
const [second, third] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
const at = (name: string): string => join(scratch, name);
/** The session of one writer goes on over restarts. */
let token: string;
let post: string;

async function started<T>(
  env: Readonly<Record<string, string>>,
  work: (forum: RunningForum) => Promise<T>,
): Promise<T> {
  const forum = await startForum({ env: { DATA_DIR: dataDir, PUBLIC_URL, ...env } });
  try {
    return await work(forum);
  } finally {
    await forum.close();
  }
}

const text = async (forum: RunningForum, path: string): Promise<string> =>
  (await fetch(`${forum.url}/api/v1${path}`)).text();

async function run(env: Readonly<Record<string, string>>, ...words: readonly string[]) {
  const out: string[] = [];
  const said: string[] = [];
  const status = await runCli(words, {
    environment: { DATA_DIR: dataDir, PUBLIC_URL, ...env },
    out: (line) => out.push(line),
    say: (line) => said.push(line),
    error: Object.assign(new PassThrough(), { isTTY: false }),
    input: Object.assign(new PassThrough(), { isTTY: false }),
  });
  return { status, out: out.join('\n'), said: said.join('\n') };
}

async function verified(env: Readonly<Record<string, string>>, ...words: readonly string[]): Promise<DataReport> {
  const { out, said } = await run(env, 'verify', ...words, '--json');
  expect(said).toBe('');
  return JSON.parse(out);
}

/** Comments on a post, and what an auditor keeps of that time. */
async function keep(forum: RunningForum, name: string): Promise<void> {
  token ??= (await forum.member('writer', ['editor'])).token;
  const body = { title: `By ${name}`, body: 'Text.' };
  post ??= (await forum.done<{ id: string }>('POST', '/api/v1/posts', { token, body })).id;
  const id = newId();
  await forum.done('POST', `/api/v1/posts/${post}/comments`, { token, body: { id, body: `Comment by ${name}` } });
  await forum.forum.views.reached(await forum.forum.log.store.head());
  writeFileSync(at(`${name}.receipt`), await text(forum, `/comments/${id}/receipt`));
  writeFileSync(at(`${name}.checkpoint`), await text(forum, '/audit/checkpoint'));
  writeFileSync(at(`${name}.key`), await text(forum, '/audit/key'));
  writeFileSync(at(`${name}.keys`), await text(forum, '/audit/keys'));
}

const history = (name: string): LogKeyHistory => JSON.parse(readFileSync(at(`${name}.keys`), 'utf8'));
const key = (name: string): string => readFileSync(at(`${name}.key`), 'utf8').trim();

beforeAll(() => started({}, (forum) => keep(forum, 'first')));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe('another AUDIT_KEY', () => {
  it('is refused at the start while nobody asked for it, with what to do, and nothing is recorded', async () => {
    const refusal = started({ AUDIT_KEY: second }, () => Promise.resolve());
    await expect(refusal).rejects.toThrow(ConfigError);
    await expect(refusal).rejects.toThrow(/colloquy audit-key rotate/);
    await started({}, async (forum) => expect(await text(forum, '/audit/key')).toBe(`${key('first')}\n`));
  });

  it('is told by verify as one that does not follow', async () => {
    const report = await verified({ AUDIT_KEY: second }, '--no-views');
    expect(report.faults.join('\n')).toMatch(/is refused: .*No change of the key in this log leads there\./);
  });
});

describe('colloquy audit-key rotate', () => {
  it('wants the server to be ended, another key, and the one of before', async () => {
    await started({}, async () => {
      expect(await run({ AUDIT_KEY: second }, 'audit-key', 'rotate')).toMatchObject({
        status: 1,
        said: expect.stringContaining('is served by another process already'),
      });
    });
    expect(await run({}, 'audit-key', 'rotate')).toMatchObject({ status: 2 });
    writeFileSync(at('third'), `${third}\n`);
    writeFileSync(at('none'), 'nothing\n');
    expect(await run({ AUDIT_KEY: second }, 'audit-key', 'rotate', '--from', at('none'))).toMatchObject({ status: 2 });
    expect(await run({ AUDIT_KEY: second }, 'audit-key', 'rotate', '--from', at('third'))).toMatchObject({
      status: 1,
      said: expect.stringContaining('is signed with the key'),
    });
  });

  it('records a checkpoint that both keys signed, once, however often it is asked', async () => {
    const made = await run({ AUDIT_KEY: second }, 'audit-key', 'rotate', '--json');
    const again = await run({ AUDIT_KEY: second }, 'audit-key', 'rotate', '--json');
    expect(made.status).toBe(0);
    expect(again).toEqual(made);
    const { from, to, note } = JSON.parse(made.out);
    const change = openKeyChange(note);
    expect([from, verifierKey(change.from), verifierKey(change.to)]).toEqual([key('first'), from, to]);
  });

  it('lets the server start with the new key alone, which shows both', async () => {
    await expect(started({}, () => Promise.resolve())).rejects.toThrow(/is signed with the key/);
    await started({ AUDIT_KEY: second }, (forum) => keep(forum, 'later'));
    const { items } = history('later');
    expect(items.map((item) => item.key)).toEqual([key('later'), key('first')]);
    expect(items.map(({ note, position }) => [note !== null, position !== null])).toEqual([
      [true, true],
      [false, false],
    ]);
  });

  it('goes on from key to key', async () => {
    writeFileSync(at('second'), second);
    const { status } = await run({ AUDIT_KEY: third }, 'audit-key', 'rotate', '--from', at('second'));
    expect(status).toBe(0);
    await started({ AUDIT_KEY: third }, (forum) => keep(forum, 'last'));
    expect(history('last').items.map((item) => item.key)).toEqual([key('last'), key('later'), key('first')]);
  });
});

describe('what was kept over changes of the key', () => {
  const kept = ['first', 'later', 'last'].flatMap((name) => ['--checkpoint', at(`${name}.checkpoint`)]);

  it('holds in a folder, with its own key and with any of them', async () => {
    for (const words of [[], ['--key', key('first')], ['--key', key('later')], ['--key', key('last')]]) {
      const report = await verified({ AUDIT_KEY: third }, ...kept, ...words);
      expect(report).toMatchObject({ faults: [], integrity: 'shown', completeness: 'shown' });
    }
  });

  it('holds in an export, for whoever has the first key alone', async () => {
    const file = at('log.ndjson');
    expect((await run({ AUDIT_KEY: third }, 'export', '--out', file)).status).toBe(0);
    const report = await verified({}, file, '--key', key('first'), ...kept);
    expect(report).toMatchObject({ faults: [], covered: report.events, integrity: 'shown', completeness: 'shown' });
    const names = report.checkpoints.map(({ name }) => name).filter((name) => name.startsWith('the change'));
    expect(names).toHaveLength(2);
  });

  it('holds for receipts, by the changes that the forum answers', async () => {
    const changes = ['--changes', at('last.keys')];
    for (const name of ['first', 'later', 'last']) {
      for (const known of ['first', 'last']) {
        const found = await run({}, 'verify', at(`${name}.receipt`), '--key', key(known), ...changes);
        expect(found).toMatchObject({ status: 0, said: expect.stringContaining('The receipt holds') });
      }
    }
    expect((await run({}, 'verify', at('last.receipt'), '--key', key('first'))).status).toBe(1);
    const stranger = verifierKey(newSigner(signerKey(newVerifier(key('first')).name, randomBytes(32))));
    expect((await run({}, 'verify', at('last.receipt'), '--key', stranger, ...changes)).status).toBe(1);
  });
});

describe('a change that the key of before did not sign', () => {
  it('is a fault that names its position, and leads nowhere', async () => {
    const dir = at('forged');
    cpSync(dataDir, dir, { recursive: true });
    const db = new Database(join(dir, 'log.db'));
    const changed = eventsByHand(db).findLast(({ type }) => type === 'LogKeyChanged.v1');
    const position = changed?.position ?? 0n;
    const change = trusted<{ readonly note: string }>(changed?.data);
    const [head, ...signatures] = change.note.split('\n\u2014 ');
    const note = [head, ...signatures.slice(1)].join('\n\u2014 ');
    changeByHand(db, position, () => ({ data: { ...change, note } }));
    db.close();
    const report = await verified({}, dir, '--no-views', '--key', key('first'));
    expect(report.faults).toContainEqual(
      `the change of the log's key at position ${position} is not signed by both keys: whoever recorded it had not the key of before`,
    );
    expect(report.faults.join('\n')).toContain('No change of the key in this log leads there.');
  });
});
