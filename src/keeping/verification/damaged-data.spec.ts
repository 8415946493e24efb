import { copyFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import Database from 'better-sqlite3';
import 'reflect-metadata';
import { type Chance, chanceOf, changeRow, copyRow } from '../../../test/support/change-row.ts';
import { copyByHand, eventByHand, eventsByHand } from '../../../test/support/log-by-hand.ts';
import { newId, startForum } from '../../../test/support/running-forum.ts';
import { runCli } from '../../cli/program.ts';
import type { DataReport } from './verify-data.ts';

/** Each takes some 45 ms: all of them are for test:long. */
const CHANGES = process.env.COLLOQUY_LONG === '1' ? 2_000 : 40;
const SEED = 20_151_011;

const scratch = mkdtempSync(join(tmpdir(), 'colloquy-damaged-'));
const whole = join(scratch, 'whole');
const dataDir = join(scratch, 'data');
const kept = join(scratch, 'kept.checkpoint');

/** Some of everything that a comment can be. */
beforeAll(async () => {
  const forum = await startForum({ env: { DATA_DIR: whole, PUBLIC_URL: 'https://forum.example' } });
  const { token } = await forum.member('thida', ['editor']);
  const moderator = await forum.member('dara', ['moderator']);
  const { id: post } = await forum.done<{ id: string }>('POST', '/api/v1/posts', {
    token,
    body: { title: 'Borders', body: 'Text.' },
  });
  for (let n = 0; n < 6; n += 1) {
    const id = newId();
    await forum.done('POST', `/api/v1/posts/${post}/comments`, { token, body: { id, body: `Comment ${n}` } });
    await forum.done('PUT', `/api/v1/comments/${id}/reactions/like`, { token });
    await forum.done('PATCH', `/api/v1/comments/${id}`, { token, body: { body: `Edited ${n}`, revision: 0 } });
    const decision = { action: 'remove', reason: 'spam', revision: 1 };
    if (n % 3 === 0)
      await forum.done('POST', `/api/v1/comments/${id}/decisions`, {
        token: moderator.token,
        body: decision,
      });
  }
  writeFileSync(kept, await (await fetch(`${forum.url}/api/v1/audit/checkpoint`)).text());
  await forum.close();
  cpSync(whole, dataDir, { recursive: true });
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** The report; undefined when the command ended without one. */
async function reported(): Promise<{ readonly report: DataReport | undefined; readonly said: string }> {
  const [out, said]: [string[], string[]] = [[], []];
  await runCli(['verify', dataDir, '--checkpoint', kept, '--json'], {
    environment: { PUBLIC_URL: 'https://forum.example' },
    out: (line) => out.push(line),
    say: (line) => said.push(line),
    error: Object.assign(new PassThrough(), { isTTY: false }),
    input: Object.assign(new PassThrough(), { isTTY: false }),
  });
  return { report: out[0] === undefined ? undefined : JSON.parse(out[0]), said: said.join('\n') };
}

function restore(name: string): void {
  for (const end of ['-wal', '-shm']) rmSync(join(dataDir, name + end), { force: true });
  copyFileSync(join(whole, name), join(dataDir, name));
}

/** The change made to a row, and whether it altered the log's first events; null when SQLite refused it. */
function changeLog(chance: Chance): { readonly what: string; readonly isOther: boolean } | null {
  restore('log.db');
  const db = new Database(join(dataDir, 'log.db'));
  const all = db.prepare('SELECT * FROM events ORDER BY position').raw();
  try {
    const before = all.all();
    const what = changeRow(db, chance);
    return { what, isOther: JSON.stringify(all.all().slice(0, before.length)) !== JSON.stringify(before) };
  } catch {
    return null;
  } finally {
    db.close();
  }
}

function postedIn(db: Database.Database): number {
  return Number(eventsByHand(db).find(({ type }) => type === 'CommentPosted.v1')?.position);
}

const COPIED_BELOW = (db: Database.Database) => copyByHand(db, 3, { position: -5n, revision: 1_000n });
/** The last value of a posted comment is null, and null could be written as JSON too. */
const LONGER = (db: Database.Database) =>
  db
    .prepare(
      "UPDATE events SET body = CAST(substr(body, 1, length(body) - 1) || x'05046e756c6c' AS BLOB) WHERE position = ?",
    )
    .run(postedIn(db));
/** Read as the number that stands for it, but no stream is found by it. */
const SPELT_OUT = (db: Database.Database) =>
  db.prepare('UPDATE events SET stream = ? WHERE position = ?').run(eventByHand(db, postedIn(db)).stream, postedIn(db));

describe('a data folder that somebody has changed', () => {
  it(
    'always gets a report, whichever row of the log was changed and how',
    async () => {
      const chance = chanceOf(SEED);
      const wrong: string[] = [];
      for (let done = 0; done < CHANGES; ) {
        const changed = changeLog(chance);
        if (changed === null) continue;
        done += 1;
        const { report, said } = await reported();
        if (report === undefined) wrong.push(`${changed.what}: no report: ${said}`);
        else if (changed.isOther && report.faults.length === 0) wrong.push(`${changed.what}: nothing was found`);
      }
      restore('log.db');
      expect(wrong).toEqual([]);
    },
    CHANGES * 3_000,
  );

  it('names a copied comment, which the log by itself does not tell from a new one', async () => {
    const db = new Database(join(dataDir, 'log.db'));
    copyRow(db, postedIn(db));
    const position = Number(db.prepare('SELECT max(position) FROM events').pluck().get());
    db.close();
    const { report } = await reported();
    restore('log.db');
    const stop = `the view thread cannot be made from the log: it stops at position ${position}: CommentPosted.v1: `;
    expect(report?.faults).toContainEqual(expect.stringContaining(stop));
  });

  it.each([
    ['below the first position', 'an event stands at position -5', COPIED_BELOW],
    ['in another form', 'is stored as another text', LONGER],
    ['under its stream’s name in full', 'is stored as another text', SPELT_OUT],
  ])('names an event %s, which no hash tells of', async (_, said, change) => {
    const db = new Database(join(dataDir, 'log.db'));
    change(db);
    db.close();
    const { report } = await reported();
    restore('log.db');
    expect(report?.faults).toContainEqual(expect.stringMatching(new RegExp(`^log\\.db: .*${said}`)));
  });

  it('always gets a report, whichever bytes of a file beside the log are others', async () => {
    const chance = chanceOf(SEED);
    const files = [
      'vault.db',
      ...['tree', 'views'].flatMap((dir) => readdirSync(join(whole, dir)).map((name) => join(dir, name))),
    ];
    const silent: string[] = [];
    for (const name of files) {
      for (const damage of [zeroed, cut, (bytes: Buffer) => scattered(bytes, chance)]) {
        writeFileSync(join(dataDir, name), damage(readFileSync(join(whole, name))));
        const { report, said } = await reported();
        if (report === undefined) silent.push(`${name}: ${said}`);
        restore(name);
      }
    }
    expect(silent).toEqual([]);
  });
});

function zeroed(bytes: Buffer): Buffer {
  return Buffer.alloc(bytes.length);
}

function cut(bytes: Buffer): Buffer {
  return bytes.subarray(0, Math.floor(bytes.length / 2));
}

function scattered(bytes: Buffer, chance: Chance): Buffer {
  for (let n = 0; n < 64 && bytes.length > 0; n += 1) bytes[chance(bytes.length)] = chance(256);
  return bytes;
}
