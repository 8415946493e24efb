import type { ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { EndedEarly } from '../support/child-program.ts';
import { type Account, newAccount, newPost } from '../support/forum-account.ts';
import { unlessMissing } from '../support/left-out.ts';
import { logLines } from '../support/log-lines.ts';
import { type Ran, runColloquy } from '../support/run-colloquy.ts';
import { runHere } from '../support/run-here.ts';
import { type ServedForum, serveForum } from '../support/served-forum.ts';
import { mayMount, smallFileSystem } from '../support/small-disk.ts';
import { sendComment } from '../support/writers.ts';

const COMMENTS = 120;
const BODY = 'A comment that takes some room. '.repeat(200);
const KEPT = ['log.db', 'manifest.json', 'secrets.json', 'vault.db'];

let place: string;
let forum: ServedForum;
let admin: Account;
let postId: string;
/** A whole backup, which tests copy before they damage it. */
let whole: string;

beforeAll(async () => {
  place = mkdtempSync(join(tmpdir(), 'colloquy-backups-'));
  forum = await serveForum();
  admin = await newAccount(forum.address, 'ada');
  postId = await newPost(forum.address, admin, 'One');
  for (let number = 0; number < COMMENTS; number += 1) await comment();
  whole = join(place, 'whole');
  await succeeds(await runColloquy(['backup', whole], { dataDir: forum.dataDir }));
}, 120_000);

afterAll(async () => {
  await forum.end('SIGKILL');
  rmSync(place, { recursive: true, force: true });
  rmSync(forum.dataDir, { recursive: true, force: true });
});

async function comment(): Promise<void> {
  const sent = { id: crypto.randomUUID(), postId, body: BODY };
  const outcome = await sendComment({ address: forum.address }, sent, admin.token);
  if (outcome === 'lost' || outcome.status !== 201) throw new Error(JSON.stringify(outcome));
}

function succeeds(ran: Ran): void {
  if (ran.status !== 0) throw new Error(`${ran.status}: ${ran.said}`);
}

const refused = (naming: RegExp) => ({ status: 1, out: '', said: expect.stringMatching(naming) });
const newPlace = (): string => mkdtempSync(join(place, 'in-'));

/** Kills the process once the directory that `draft` names in `parent` has at least so many files. */
function killAt(parent: string, draft: RegExp, files: number): (child: ChildProcess) => Promise<void> {
  return async (child) => {
    while (child.exitCode === null && child.signalCode === null) {
      const name = readdirSync(parent).find((entry) => draft.test(entry));
      if (name !== undefined && filesIn(join(parent, name)).length >= files) {
        child.kill('SIGKILL');
        return;
      }
      await nextTurn();
    }
  };
}

/** Every place where it may be killed, or the first, one between and the last. */
const LONG = process.env['COLLOQUY_LONG'] !== undefined;

/** Without the lock that keeps servers out. */
function filesIn(directory: string): string[] {
  return readdirSync(directory).filter((name) => !name.startsWith('serve.lock'));
}

describe('a backup that is killed', () => {
  test.each(LONG ? [0, 1, 2, 3, 4] : [0, 2, 4])(
    'when %d of its files are there leaves nothing that looks like one',
    async (files) => {
      const parent = newPlace();
      const directory = join(parent, 'backup');
      const whileRunning = killAt(parent, /^backup\.unfinished-/, files);
      const killed = await runColloquy(['backup', directory], { dataDir: forum.dataDir, whileRunning });
      expect(killed.status).toBe('SIGKILL');

      const left = readdirSync(parent);
      expect(left).toEqual([expect.stringMatching(/^backup\.unfinished-/)]);
      const unfinished = join(parent, left[0] ?? '');
      const said = await runColloquy(['restore', unfinished], { dataDir: join(parent, 'data') });
      if (said.status === 0) expect(readdirSync(unfinished).sort()).toEqual(KEPT);
      else expect(said).toEqual(refused(/is no whole backup|is damaged/));
      succeeds(await runColloquy(['backup', directory], { dataDir: forum.dataDir }));
      succeeds(await runColloquy(['restore', directory, '--verify-only']));
    },
    60_000,
  );

  test('gently, by SIGTERM, leaves nothing at all and says so', async () => {
    const parent = newPlace();
    const whileRunning = async (child: ChildProcess): Promise<void> => {
      while (readdirSync(parent).length === 0) await nextTurn();
      child.kill('SIGTERM');
    };
    const ended = await runColloquy(['backup', join(parent, 'backup')], { dataDir: forum.dataDir, whileRunning });
    if (ended.status === 0) expect(readdirSync(parent)).toEqual(['backup']);
    else expect([ended, readdirSync(parent)]).toEqual([refused(/stopped by SIGTERM/), []]);
  }, 60_000);
});

describe('a damaged backup is refused with the name of the file, and nothing is restored', () => {
  const damages: [string, (file: string) => void][] = [
    ['missing', (file) => rmSync(file)],
    ['cut', (file) => truncateSync(file, Math.floor(statSync(file).size / 2))],
    ['empty', (file) => truncateSync(file, 0)],
    ['bent at its start', (file) => bend(file, 0)],
    ['bent in its middle', (file) => bend(file, Math.floor(statSync(file).size / 2))],
    ['bent at its end', (file) => bend(file, statSync(file).size - 1)],
    ['longer', (file) => writeFileSync(file, 'x', { flag: 'a' })],
  ];
  const cases = KEPT.flatMap((name) => damages.map(([how, damage]) => [name, how, damage] as const));

  test.each(cases)(
    '%s %s',
    async (name, _, damage) => {
      const parent = newPlace();
      const backup = join(parent, 'backup');
      cpSync(whole, backup, { recursive: true });
      damage(join(backup, name));
      const naming = new RegExp(`backup/${name.replace('.', '\\.')} is (damaged|missing)`);
      expect(await runHere(['restore', backup, '--verify-only'])).toEqual(refused(naming));
      const dataDir = join(parent, 'data');
      expect(await runHere(['restore', backup], { dataDir })).toEqual(refused(naming));
      expect(readdirSync(parent)).toEqual(['backup']);
    },
    60_000,
  );

  test('a directory that is none', async () => {
    expect(await runColloquy(['restore', place], { dataDir: join(place, 'd') })).toEqual(refused(/is no whole backup/));
    expect(await runColloquy(['restore', join(place, 'none')])).toEqual(refused(/none is no whole backup/));
  });

  test('one that a newer program wrote', async () => {
    const backup = join(newPlace(), 'backup');
    cpSync(whole, backup, { recursive: true });
    const file = join(backup, 'manifest.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"format": 1', '"format": 2'));
    expect(await runColloquy(['restore', backup, '--verify-only'])).toEqual(refused(/a newer Colloquy wrote/));
  });

  test('one whose files were used by a server', async () => {
    const backup = join(newPlace(), 'backup');
    cpSync(whole, backup, { recursive: true });
    writeFileSync(join(backup, 'log.db-wal'), 'x');
    expect(await runColloquy(['restore', backup])).toEqual(refused(/log\.db-wal is no part of the backup/));
  });
});

function bend(file: string, at: number): void {
  const bytes = readFileSync(file);
  bytes.writeUInt8((bytes[at] ?? 0) ^ 0x01, at);
  writeFileSync(file, bytes);
}

describe('a disk that gets full', () => {
  const small = ['prlimit', '--fsize=400000:unlimited'];

  test('ends a backup with a message, and nothing of it is left', async () => {
    const parent = newPlace();
    const ran = await runColloquy(['backup', join(parent, 'backup')], { dataDir: forum.dataDir, under: small });
    expect(ran).toEqual(refused(/backup was given up, and nothing of it is left: .*disk is full/));
    expect(ran.said).not.toMatch(/^\s+at /m);
    expect(readdirSync(parent)).toEqual([]);
  });

  test.each([[[]], [['--until', '60']]])(
    'ends a restore %j with a message, and DATA_DIR is empty again',
    async (more) => {
      const dataDir = newPlace();
      const ran = await runColloquy(['restore', whole, ...more], {
        dataDir,
        under: ['prlimit', '--fsize=200000:unlimited'],
      });
      expect(ran).toEqual(refused(/restore was given up, and .* is empty again: .*disk is full/));
      expect(ran.said).not.toMatch(/^\s+at /m);
      expect(readdirSync(dataDir)).toEqual(['serve.lock.db']);
      succeeds(await runColloquy(['restore', whole, ...more], { dataDir }));
    },
    60_000,
  );

  unlessMissing(mayMount() ? null : 'this user may mount nothing').it('of its own file system: the same', async () => {
    const disk = smallFileSystem(1);
    try {
      const ran = await runColloquy(['backup', join(disk.dataDir, 'backup')], { dataDir: forum.dataDir });
      expect(ran).toEqual(refused(/backup was given up, and nothing of it is left: .*disk is full/));
      expect(readdirSync(disk.dataDir)).toEqual([]);
    } finally {
      disk.remove();
    }
  });
});

describe('a restore that is killed', () => {
  test.each(LONG ? [1, 2, 3, 4] : [1, 4])(
    'when %d files are there is marked: no server starts on it, and it is run again',
    async (files) => {
      const parent = newPlace();
      const dataDir = join(parent, 'data');
      const whileRunning = killAt(parent, /^data$/, files);
      const killed = await runColloquy(['restore', whole], { dataDir, whileRunning });
      expect(killed.status).toBe('SIGKILL');
      expect(readdirSync(dataDir)).toContain('unfinished.json');

      const server = await serveForum({ dataDir }).catch((error: unknown) => error);
      if (!(server instanceof EndedEarly)) throw new Error('a server started on half a forum');
      expect({ status: server.status, said: server.stderr }).toEqual({
        status: 1,
        said: expect.stringMatching(/holds half a forum: a restore was interrupted; run `colloquy restore` again/),
      });
      expect(await runColloquy(['backup', join(parent, 'b')], { dataDir })).toEqual(refused(/holds half a forum/));
      succeeds(await runColloquy(['restore', whole], { dataDir }));
      expect(await logLines(dataDir)).toEqual(await logLines(whole));
    },
    60_000,
  );
});

describe('a forum whose server was killed', () => {
  test('is backed up as it is, with what still stands in its write-ahead log', async () => {
    const killed = await serveForum();
    const account = await newAccount(killed.address, 'ana');
    await newPost(killed.address, account, 'Two');
    await killed.end('SIGKILL');
    expect(readdirSync(killed.dataDir)).toContain('log.db-wal');
    const backup = join(newPlace(), 'backup');
    succeeds(await runColloquy(['backup', backup], { dataDir: killed.dataDir }));
    expect(await logLines(backup)).toEqual(await logLines(killed.dataDir));
    expect((await logLines(backup)).length).toBeGreaterThan(3);
    rmSync(killed.dataDir, { recursive: true });
  }, 60_000);
});
