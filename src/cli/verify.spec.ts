import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import Database from 'better-sqlite3';
import { changeByHand, copyByHand, eventsByHand } from '../../test/support/log-by-hand.ts';
import 'reflect-metadata';
import { newSigner, newSignerKey, verifierKey } from '../../libs/transparency/index.ts';
import { newId, startForum } from '../../test/support/running-forum.ts';
import type { DataReport } from '../keeping/verification/verify-data.ts';
import { runCli } from './program.ts';

const PUBLIC_URL = 'https://forum.example';
const scratch = mkdtempSync(join(tmpdir(), 'colloquy-verify-cli-'));
const dataDir = join(scratch, 'data');
const exported = join(scratch, 'log.ndjson');
/** The verifier key, and a checkpoint that an auditor kept. */
const [key, kept] = [join(scratch, 'key'), join(scratch, 'kept.checkpoint')];
const receipt = join(scratch, 'comment.tlog-proof');
let events = 0;
/** Recorded after the export that the tests look at. */
let exportsSince = 0;

/** A forum that was served and ended, with some comments; its key and a checkpoint as an auditor gets them. */
beforeAll(async () => {
  const forum = await startForum({ env: { DATA_DIR: dataDir, PUBLIC_URL } });
  const editor = await forum.member('thida', ['editor']);
  const { id } = await forum.done<{ id: string }>('POST', '/api/v1/posts', {
    token: editor.token,
    body: { title: 'Borders', body: 'Text.' },
  });
  for (let n = 0; n < 12; n += 1) {
    await forum.done('POST', `/api/v1/posts/${id}/comments`, {
      token: editor.token,
      body: { id: newId(), body: `Comment ${n}` },
    });
  }
  const { items } = await forum.done<{ items: { id: string }[] }>('GET', `/api/v1/posts/${id}/comments`);
  writeFileSync(receipt, await (await fetch(`${forum.url}/api/v1/comments/${items[3]?.id}/receipt`)).text());
  for (const [path, file] of [['checkpoint', kept] as const, ['key', key] as const]) {
    const answer = await fetch(`${forum.url}/api/v1/audit/${path}`);
    writeFileSync(file, await answer.text());
  }
  events = Number(forum.forum.views.position());
  await forum.close();
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

async function run(...words: readonly string[]) {
  const out: string[] = [];
  const said: string[] = [];
  const status = await runCli(words, {
    environment: { DATA_DIR: dataDir, PUBLIC_URL },
    out: (line) => out.push(line),
    say: (line) => said.push(line),
    error: Object.assign(new PassThrough(), { isTTY: false }),
    input: Object.assign(new PassThrough(), { isTTY: false }),
  });
  return { status, out: out.join('\n'), said: said.join('\n') };
}

async function report(...words: readonly string[]): Promise<{ status: number; found: DataReport }> {
  const { status, out, said } = await run('verify', ...words, '--json');
  expect(said).toBe('');
  return { status, found: JSON.parse(out) };
}

/** A copy of the data folder whose log was changed by hand. */
function changed(name: string, ...changes: readonly (string | ((db: Database.Database) => void))[]): string {
  const dir = join(scratch, name);
  cpSync(dataDir, dir, { recursive: true });
  const db = new Database(join(dir, 'log.db'));
  for (const change of changes) {
    if (typeof change === 'string') db.exec(change);
    else change(db);
  }
  db.close();
  return dir;
}

describe('colloquy export', () => {
  it('writes every line with a signed checkpoint beside it, which verify accepts', async () => {
    const { status, out } = await run('export', '--out', exported, '--json');
    events += 1;
    expect([status, JSON.parse(out)]).toMatchObject([0, { events, position: String(events), file: exported }]);
    const lines = readFileSync(exported, 'utf8').trimEnd().split('\n');
    expect(lines).toHaveLength(events);
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
      type: 'Exported.v1',
      actor: 'system',
      data: { memberId: null, what: 'events', format: 'ndjson', filter: {}, until: String(events - 1) },
    });
    const own = readFileSync(`${exported}.checkpoint`, 'utf8');
    expect(own).toMatch(/^forum\.example\/colloquy\n/);
  });

  it('writes nothing over, and leaves nothing half', async () => {
    const before = readFileSync(exported);
    const again = await run('export', '--out', exported);
    expect([again.status, again.said]).toEqual([1, expect.stringContaining('there is already a file')]);
    expect(readFileSync(exported)).toEqual(before);
    expect((await report()).found.events).toBe(events);
  });

  it('names the same lines as a kind of its own, too', async () => {
    const file = join(scratch, 'kind.ndjson');
    const { status, out } = await run('export', 'ndjson', file, '--json');
    exportsSince += 1;
    expect([status, JSON.parse(out)]).toMatchObject([0, { file, format: 'ndjson', events: events + exportsSince }]);
    expect(readFileSync(file, 'utf8').startsWith(readFileSync(exported, 'utf8'))).toBe(true);
    expect((await run('verify', file, '--key', key)).status).toBe(0);
  });

  it('writes CSV for spreadsheets', async () => {
    const file = join(scratch, 'log.csv');
    expect((await run('export', '--format', 'csv', '--out', file)).status).toBe(0);
    exportsSince += 1;
    const [head, first] = readFileSync(file, 'utf8').split('\r\n');
    expect(head).toBe(
      '\ufeffposition,stream,revision,id,type,recordedAt,occurredAt,actor,correlationId,causationId,data,sealed',
    );
    expect(first).toMatch(/^1,/);
  });

  it('refuses to sign a log that is not what its tree was made of', async () => {
    const dir = changed('unsigned', (db) => changeByHand(db, 5, () => ({ actor: 'nobody' })));
    const out: string[] = [];
    const status = await runCli(['export', '--out', join(scratch, 'none.ndjson')], {
      environment: { DATA_DIR: dir, PUBLIC_URL },
      out: () => {},
      say: (line) => out.push(line),
      error: Object.assign(new PassThrough(), { isTTY: false }),
      input: Object.assign(new PassThrough(), { isTTY: false }),
    });
    expect([status, out.join()]).toEqual([1, expect.stringContaining('run `colloquy verify`')]);
    expect(existsSync(join(scratch, 'none.ndjson'))).toBe(false);
    expect(existsSync(join(scratch, 'none.ndjson.checkpoint'))).toBe(false);
  });
});

describe('colloquy verify on an export', () => {
  it('accepts it against a checkpoint that was kept', async () => {
    const { status, found } = await report(exported, '--key', key, '--checkpoint', kept);
    expect([status, found.checkpoints.map(({ result }) => result)]).toEqual([0, ['holds', 'holds']]);
    expect(found).toMatchObject({ events, covered: events, integrity: 'shown', completeness: 'shown' });
  });

  it('wants a key, and one that is a key', async () => {
    expect(await run('verify', exported)).toMatchObject({
      status: 2,
      said: expect.stringContaining('--key is needed'),
    });
    expect(await run('verify', exported, '--key', 'x')).toMatchObject({ status: 2 });
    expect(await run('verify', join(scratch, 'nothing'), '--key', key)).toMatchObject({ status: 1 });
  });
});

describe('colloquy verify on a data folder', () => {
  it('shows log, tree and views of a forum that is whole', async () => {
    const { status, found } = await report('--checkpoint', kept);
    expect([status, found.faults]).toEqual([0, []]);
    expect(found).toMatchObject({ events: events + exportsSince, integrity: 'shown', completeness: 'shown' });
    expect(found.views?.every(({ equal }) => equal)).toBe(true);
  });

  it.each([
    [
      'altered',
      (db: Database.Database) => changeByHand(db, 7, () => ({ occurredAt: '2001-01-01T00:00:00.000Z' })),
      'altered',
      7,
    ],
    ['dropped', 'DELETE FROM events WHERE position = 7', 'dropped', 7],
    [
      'dropped, the gap closed',
      'DELETE FROM events WHERE position = 7; UPDATE events SET position = position - 1 WHERE position > 7',
      'dropped',
      7,
    ],
    [
      'inserted',
      (db: Database.Database) => {
        db.exec('UPDATE events SET position = -position - 1 WHERE position >= 7');
        db.exec('UPDATE events SET position = -position WHERE position < 0');
        copyByHand(db, 6, { position: 7n, stream: 'comment-x', revision: 0n, sealed: null });
      },
      'inserted',
      7,
    ],
    [
      'reordered',
      `UPDATE events SET position = -7 WHERE position = 7; UPDATE events SET position = 7 WHERE position = 8;
       UPDATE events SET position = 8 WHERE position = -7`,
      'reordered',
      7,
    ],
    ['truncated', 'DELETE FROM events WHERE position > 10', 'truncated', 11],
  ] as const)('names the first event that was %s', async (name, statement, kind, position) => {
    const { status, found } = await report(changed(name, statement), '--no-views', '--checkpoint', kept);
    expect([status, found.change]).toMatchObject([1, { kind, position: String(position) }]);
  });

  it('names what of the tree and its checkpoints cannot be read, and no line that a power loss has torn', async () => {
    const dir = changed('unreadable-tree');
    const [checkpoints, head] = ['checkpoints', 'head.json'].map((name) => join(dir, 'tree', name));
    const before = readFileSync(`${checkpoints}`, 'utf8');
    const lines = before.trimEnd().split('\n').length;
    writeFileSync(
      `${checkpoints}`,
      `${before}{"at":"2026-01-01T00:00:00.000Z","note":"forum\n{"at"\n{"at":"","note":""}\n`,
    );
    writeFileSync(`${head}`, '{"size":7}');
    const { found } = await report(dir, '--no-views', '--checkpoint', kept);
    expect(found.faults).toEqual([
      `line ${lines + 3} of tree/checkpoints is no checkpoint any more`,
      'tree/head.json cannot be read: the tree beside the log was compared with nothing',
    ]);
  });

  it('tells when it is the tree that was changed', async () => {
    const dir = changed('bent-tree');
    const leaves = readFileSync(join(dir, 'tree', 'leaves'));
    leaves[6 * 40 + 20] = (leaves[6 * 40 + 20] ?? 0) ^ 1;
    writeFileSync(join(dir, 'tree', 'leaves'), leaves);
    const { status, found } = await report(dir, '--no-views', '--checkpoint', kept);
    expect([status, found.change, found.integrity]).toEqual([1, null, 'shown']);
    expect(found.faults.join('\n')).toContain('it is the copy that was changed');
    expect(found.faults.join('\n')).toContain('tree/nodes does not fit tree/leaves at event 8');
  });

  it('tells when the tree has an event at another position than the log', async () => {
    const dir = changed('moved-leaf');
    const file = join(dir, 'tree', 'leaves');
    const leaves = readFileSync(file);
    leaves[6 * 40 + 5] = 0x5a;
    leaves[8 * 40 + 7] = 0xff;
    writeFileSync(file, leaves);
    const { status, found } = await report(dir, '--no-views', '--checkpoint', kept);
    expect([status, found.change, found.integrity]).toEqual([1, null, 'shown']);
    expect(found.faults).toEqual([
      `the tree beside the log has event 7 at position ${0x5a0007}, and the log has it at 7, and 1 more events at others: it is the copy that was changed`,
    ]);
  });

  it('tells of what the forum did not put into its databases', async () => {
    const trigger = "AFTER INSERT ON events BEGIN UPDATE events SET body = x'01'; END";
    const dir = changed('sly', `CREATE TRIGGER sly ${trigger}`);
    const vault = new Database(join(dir, 'vault.db'));
    vault.exec('CREATE VIEW more AS SELECT 1');
    vault.close();
    const { status, found } = await report(dir, '--no-views', '--checkpoint', kept);
    const words = 'is not what the forum made: what was recorded since may be another than what was acknowledged';
    expect([status, found.faults]).toEqual([
      1,
      [`log.db: trigger sly on events ${words}`, `vault.db: view more ${words}`],
    ]);
  });

  it('tells when a view is not what the log says', async () => {
    const dir = changed('bent-view');
    const [view] = readdirSync(join(dir, 'views')).filter((name) => /^members\.v[0-9]+.*\.db$/.test(name));
    const db = new Database(join(dir, 'views', view ?? ''));
    db.exec("UPDATE member SET folded = 'other'");
    db.close();
    const { status, found } = await report(dir, '--checkpoint', kept);
    expect([status, found.integrity]).toEqual([1, 'shown']);
    expect(found.faults.join('\n')).toContain('the view members is not what the log says');
  });

  it("takes the auditor's key alone, and shows nothing with another one", async () => {
    expect((await report('--no-views', '--key', key, '--checkpoint', kept)).status).toBe(0);
    const other = verifierKey(newSigner(newSignerKey('forum.example/colloquy')));
    const { status, found } = await report('--no-views', '--key', other, '--checkpoint', kept);
    expect([status, found.integrity, found.completeness]).toEqual([1, 'not-shown', 'not-shown']);
  });

  it('names a row that cannot be read as an event, and looks at the rest', async () => {
    const dir = changed('torn', "UPDATE events SET body = x'01' WHERE position = 7");
    const { status, found } = await report(dir, '--checkpoint', kept);
    expect([status, found.change]).toMatchObject([1, { kind: 'altered', position: '7' }]);
    expect(found.faults).toContainEqual(expect.stringContaining('the event at position 7 cannot be read'));
    expect(found.events).toBe(events + exportsSince);
  });

  it('reads a log whose newest row is damaged, and names that', async () => {
    const last = events + exportsSince;
    const dir = changed('torn-end', `UPDATE events SET body = x'01' WHERE position = ${last}`);
    const { status, found } = await report(dir, '--checkpoint', kept);
    expect([status, found.faults[0]]).toEqual([1, expect.stringContaining(`position ${last} cannot be read`)]);
  });

  it('says the log first, and then what cannot be compared, for a copied event', async () => {
    const copied = (db: Database.Database): void => {
      const all = eventsByHand(db);
      const posted = all.find(({ type }) => type === 'CommentPosted.v1');
      const [revision, position] = [(posted?.revision ?? 0n) + 1n, BigInt(all.length) + 1n];
      copyByHand(db, posted?.position ?? 0n, { revision, position });
    };
    const { status, said } = await run('verify', changed('copied', copied), '--checkpoint', kept);
    const position = events + exportsSince + 1;
    expect(status).toBe(1);
    expect(said.indexOf('integrity:')).toBeLessThan(said.indexOf('the view thread'));
    expect(said).toContain(
      `the view thread cannot be made from the log: it stops at position ${position}: CommentPosted.v1`,
    );
  });
});

describe('colloquy verify of a receipt', () => {
  it('accepts it with the key, and shows the event', async () => {
    const { status, said } = await run('verify', receipt, '--key', key);
    expect([status, said]).toEqual([
      0,
      expect.stringMatching(/^The receipt holds: .* of the \d+ that forum\.example\/colloquy signed\.$/m),
    ]);
    expect(said).toContain('"type":"CommentPosted.v1"');
    const { out } = await run('verify', receipt, '--key', key, '--json');
    const found = JSON.parse(out);
    expect(found).toMatchObject({ ok: true, refused: null, origin: 'forum.example/colloquy' });
    // The tree has the comment, and of the later events those that it had reached by then.
    expect(found.size).toBeGreaterThan(found.index);
    expect(found.size).toBeLessThanOrEqual(events);
  });

  it('names its comment, and refuses one of another comment than the file’s name or --about says', async () => {
    const [, line = ''] = (await run('verify', receipt, '--key', key)).said.split('\n');
    const { id, stream } = JSON.parse(line.replace('event: ', ''));
    const comment = String(stream).replace('comment-', '');
    const other = newId();
    const [own, strange] = [comment, other].map((one) => join(scratch, `comment-${one}.tlog-proof`));
    for (const file of [own, strange]) cpSync(receipt, String(file));
    for (const words of [[own], [receipt, '--about', comment, '--event', id], [own, '--about', String(stream)]]) {
      const { status, said } = await run('verify', ...words.map(String), '--key', key);
      expect([status, said]).toEqual([
        0,
        expect.stringContaining(`The receipt holds: comment ${comment} (event ${id})`),
      ]);
    }
    const refused = await run('verify', String(strange), '--key', key);
    expect([refused.status, refused.said]).toEqual([
      1,
      `The receipt is refused: the receipt is about another comment than the file's name says: it is about comment ${comment} (event ${id}), and the name says comment ${other}`,
    ]);
    for (const flag of ['--about', '--event']) {
      const { status, out } = await run('verify', receipt, '--key', key, flag, other, '--json');
      expect([status, JSON.parse(out)]).toMatchObject([1, { ok: false, comment, event: id }]);
      expect((await run('verify', receipt, '--key', key, flag, 'x')).status).toBe(2);
    }
    expect((await run('verify', '--about', comment)).status).toBe(2);
  });

  it('refuses a bent one, and another key', async () => {
    const bent = join(scratch, 'bent.tlog-proof');
    writeFileSync(
      bent,
      readFileSync(receipt, 'utf8').replace(/^index (\d+)$/m, (_, index) => `index ${Number(index) + 1}`),
    );
    const refused = await run('verify', bent, '--key', key);
    expect([refused.status, refused.said]).toEqual([1, expect.stringContaining('does not lead from the entry')]);
    const other = verifierKey(newSigner(newSignerKey('forum.example/colloquy')));
    expect((await run('verify', receipt, '--key', other)).status).toBe(1);
    expect((await run('verify', receipt)).status).toBe(2);
  });
});

it('says what the forum answered where that was kept in place of an export, a checkpoint or a key', async () => {
  const refused = join(scratch, 'refused');
  const type = 'urn:colloquy:problem:unauthenticated';
  writeFileSync(refused, JSON.stringify({ type, title: 'Unauthenticated', detail: 'No session.' }));
  for (const words of [
    [refused, '--key', key],
    [exported, '--key', key, '--checkpoint', refused],
    [exported, '--key', refused],
  ]) {
    const { status, said } = await run('verify', ...words);
    expect([status, said]).toEqual([
      2,
      expect.stringContaining('the forum answered instead: Unauthenticated: No session.'),
    ]);
  }
});
