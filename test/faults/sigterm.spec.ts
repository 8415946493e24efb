import { once } from 'node:events';
import { readdirSync, rmSync, statSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { UNFINISHED_MS } from '../../src/composition/listening.ts';
import { newAccount, newPost } from '../support/forum-account.ts';
import { RawSocket } from '../support/raw-socket.ts';
import { type ServedForum, serveForum } from '../support/served-forum.ts';
import { recordedComments } from '../support/stopped-forum.ts';
import { sendComment } from '../support/writers.ts';

/** Bytes of the files beside databases that hold what was not yet moved into them, or that are of use to a running forum alone. */
function besideDatabases(dataDir: string): Readonly<Record<string, number>> {
  const files = readdirSync(dataDir, { recursive: true, encoding: 'utf8' }).filter((file) => /-(wal|shm)$/.test(file));
  return Object.fromEntries(files.map((file) => [file, statSync(join(dataDir, file)).size]));
}

describe('a server that gets SIGTERM while people write', () => {
  let forum: ServedForum;
  let acknowledged: string[];
  let status: number | NodeJS.Signals;
  let running: Readonly<Record<string, number>>;
  let left: Readonly<Record<string, number>>;

  beforeAll(async () => {
    forum = await serveForum();
    const admin = await newAccount(forum.address, 'ada');
    const postId = await newPost(forum.address, admin, 'One');
    acknowledged = [];
    let stopped = false;
    const write = async (): Promise<void> => {
      while (!stopped) {
        const id = crypto.randomUUID();
        const outcome = await sendComment({ address: forum.address }, { id, postId, body: 'Hello' }, admin.token);
        if (outcome !== 'lost' && outcome.status === 201) acknowledged.push(id);
        if (acknowledged.length === 100) stop();
      }
    };
    let stop = (): void => undefined;
    const hundred = new Promise<void>((resolve) => {
      stop = resolve;
    });
    const writers = Promise.all(Array.from({ length: 16 }, write));
    await hundred;
    running = besideDatabases(forum.dataDir);
    status = await forum.end('SIGTERM');
    left = besideDatabases(forum.dataDir);
    stopped = true;
    await writers;
  }, 60_000);

  afterAll(() => rmSync(forum.dataDir, { recursive: true, force: true }));

  test('ends with status 0 and without complaint', () => {
    expect({ status, stderr: forum.stderr() }).toEqual({ status: 0, stderr: '' });
  });

  test('leaves nothing beside its databases: all is moved into them', () => {
    expect(Object.keys(running)).toEqual(expect.arrayContaining(['log.db-wal', 'vault.db-wal']));
    expect(Object.keys(running).some((file) => /views.thread.*-wal$/.test(file))).toBe(true);
    expect(left).toEqual({});
  });

  test('finishes and answers all that it took on: who got no answer finds nothing recorded', async () => {
    expect([...(await recordedComments(forum.dataDir))].sort()).toEqual([...acknowledged].sort());
  });
});

describe('a server that gets SIGTERM while requests are half sent', () => {
  const ended = async (send: (address: string) => Promise<readonly Socket[]>): Promise<number> => {
    const forum = await serveForum();
    const sockets = await send(forum.address);
    const started = performance.now();
    expect(await forum.end('SIGTERM')).toBe(0);
    const took = performance.now() - started;
    for (const socket of sockets) socket.destroy();
    rmSync(forum.dataDir, { recursive: true, force: true });
    return took;
  };

  test('waits for none of them longer than it says', async () => {
    const alone = await ended(async () => []);
    const withHalves = await ended(async (address) => {
      const { hostname, port } = new URL(address);
      const head = `POST /api/v1/sessions HTTP/1.1\r\nHost: ${hostname}\r\nContent-Type: application/json\r\n`;
      const halves = ['', 'POST /api', head, `${head}Content-Length: 100\r\n\r\n{"login":`];
      const sockets = halves.map(() => connect(Number(port), hostname));
      for (const [at, socket] of sockets.entries()) {
        socket.on('error', () => undefined);
        await once(socket, 'connect');
        socket.write(halves[at] ?? '');
      }
      await (await fetch(`${address}/health/live`)).text();
      return sockets;
    });
    expect(withHalves).toBeLessThan(3 * alone + 2 * UNFINISHED_MS);
  });
});

describe('a server that gets SIGTERM while readers ask for what they missed', () => {
  test('drops what waits, says nothing of it, and leaves its DATA_DIR to the next one', async () => {
    const forum = await serveForum();
    const { address, dataDir } = forum;
    const admin = await newAccount(address, 'ada');
    const postId = await newPost(address, admin, 'Long');
    for (let at = 0; at < 105; at += 15) {
      const some = Array.from({ length: 15 }, () => ({ id: crypto.randomUUID(), postId, body: 'word '.repeat(1_900) }));
      const sent = await Promise.all(some.map((wish) => sendComment({ address }, wish, admin.token)));
      expect(sent.map((outcome) => outcome !== 'lost' && outcome.status)).toEqual(some.map(() => 201));
    }
    const raws = await Promise.all(Array.from({ length: 12 }, () => RawSocket.connected(address)));
    const ask = (raw: RawSocket): void => {
      for (let asked = 0; asked < 30; asked += 1) {
        raw.send(`42/live,${asked}${JSON.stringify(['thread:join', { postId, after: '0' }])}`);
      }
    };
    for (const raw of raws) ask(raw);
    const [first] = raws;
    await first?.until(() => first.texts.some((text) => text.startsWith('43/live,0')));
    const ended = forum.end('SIGTERM');
    for (const raw of raws.slice(6)) raw.close();
    expect({ status: await ended, stderr: forum.stderr() }).toEqual({ status: 0, stderr: '' });
    const answers = raws.flatMap(({ texts }) => texts.filter((text) => text.startsWith('43/live,')));
    expect(answers.some((text) => text.includes('"reload":false') && text.length > 1_000_000)).toBe(true);
    expect(answers.length).toBeLessThan(12 * 30);
    for (const raw of raws) raw.close();

    const next = await serveForum({ dataDir });
    expect(await next.end('SIGTERM')).toBe(0);
    rmSync(dataDir, { recursive: true, force: true });
  }, 120_000);
});

describe('a server that gets SIGINT while nothing happens', () => {
  test('ends with status 0, keeps-alive connections or not', async () => {
    const forum = await serveForum();
    await (await fetch(`${forum.address}/health/live`)).text();
    expect(await forum.end('SIGINT')).toBe(0);
    rmSync(forum.dataDir, { recursive: true, force: true });
  });
});
