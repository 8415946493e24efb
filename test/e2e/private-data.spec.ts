import { chmodSync, lstatSync, readdirSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { ForumCaller } from '../support/forum-caller.ts';
import { TestSocket } from '../support/live-socket.ts';
import { newDataDir, type ServedForum, serveForum } from '../support/served-forum.ts';
import { until } from '../support/until.ts';

const PASSWORD = 'a secret that nobody logs';
let served: ServedForum;
let forum: ForumCaller;
const dataDir = newDataDir();
beforeAll(async () => {
  // As an earlier version left it, under a umask that keeps nothing to anybody.
  chmodSync(dataDir, 0o755);
  served = await serveForum({
    dataDir,
    env: { LOG_LEVEL: 'debug', RATE_LIMITS: 'on', METRICS_TOKEN: 'a-token-for-metrics' },
    under: ['sh', '-c', 'umask 000; exec "$@"', 'sh'],
  });
  forum = new ForumCaller(served.address);
});
afterAll(async () => {
  await served.end();
  rmSync(dataDir, { recursive: true, force: true });
});

/** What others could read or write, below and with the directory. */
function openPaths(dir: string): readonly string[] {
  const mode = lstatSync(dir).mode & 0o777;
  const below = lstatSync(dir).isDirectory() ? readdirSync(dir).flatMap((name) => openPaths(join(dir, name))) : [];
  return (mode & 0o077) === 0 ? below : [`${dir} ${mode.toString(8)}`, ...below];
}

test('everything in DATA_DIR is its owner’s alone, whatever the umask', async () => {
  const admin = await forum.admin();
  await forum.comment(admin, (await forum.publish(admin)).id);
  await forum.call('GET', '/api/v1/audit/events?type=CommentPosted.v1', { token: admin.token });
  await until(() => readdirSync(dataDir).includes('tree') && readdirSync(join(dataDir, 'views')).length > 1);

  expect(readdirSync(dataDir)).toEqual(
    expect.arrayContaining(['log.db', 'log.db-wal', 'vault.db', 'secrets.json', 'views']),
  );
  expect(openPaths(dataDir)).toEqual([]);
});

test('a failed sign-in is told to the log without a name, an address of mail or a password', async () => {
  const body = { login: 'Somebody@Example.org', password: PASSWORD };
  expect((await forum.call('POST', '/api/v1/sessions', { body })).status).toBe(401);
  await forum.call('POST', '/api/v1/sessions', { body: { login: PASSWORD, password: 'in the wrong field' } });
  await until(() => served.stderr().split('a sign-in failed').length === 3);

  const [first] = served
    .stderr()
    .split('\n')
    .filter((line) => line.includes('a sign-in failed'));
  expect(JSON.parse(first ?? '')).toEqual({
    level: 30,
    time: expect.any(Number),
    login: expect.stringMatching(/^[0-9a-f]{16}$/),
    network: '127.0.0.1',
    msg: 'a sign-in failed',
  });
  expect(served.stderr()).not.toMatch(/somebody|example\.org|secret that/i);
});

test('a refusal is told to the log with whom it met, by HTTP and live, and with no word that was sent', async () => {
  const { member, token } = await forum.member('curious');
  expect((await forum.call('GET', '/api/v1/audit/events?actor=a-word-of-theirs', { token })).status).toBe(403);
  const socket = await new TestSocket(served.address, { token }).connected();
  for (const name of ['moderation:join', 'a-word-of-theirs']) await socket.send(name, { word: 'a-word-of-theirs' });
  socket.close();
  const lines = () =>
    served
      .stderr()
      .split('\n')
      .filter((line) => line.includes('was refused') && line.includes(member.id))
      .map((line) => JSON.parse(line));
  await until(() => lines().length === 2);

  const met = { level: 30, time: expect.any(Number), code: 'forbidden', network: '127.0.0.1', member: member.id };
  expect(lines()).toEqual([
    {
      ...met,
      correlationId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      route: '/api/v1/audit/events',
      method: 'GET',
      msg: 'a request was refused',
    },
    { ...met, message: 'live moderation:join', msg: 'a live message was refused' },
  ]);
  expect(served.stderr()).not.toContain('a-word-of-theirs');
});

test('a request that breaks off in its body is no fault of the forum', async () => {
  const { port } = new URL(served.address);
  const head = [
    'POST /api/v1/members HTTP/1.1',
    'Host: localhost',
    'Content-Type: application/json',
    'Content-Length: 1000',
    '',
    '{"handle":',
  ].join('\r\n');
  const socket = connect(Number(port), '127.0.0.1', () => socket.write(head, () => socket.destroy()));
  await until(() => /broke off|a request failed/.test(served.stderr()));

  expect(served.stderr()).not.toContain('a request failed');
  expect((await forum.call('GET', '/health/live')).status).toBe(200);
});

test('the metrics are for this machine, and for whoever has the token', async () => {
  const ask = async (headers: Record<string, string>) => (await forum.call('GET', '/metrics', { headers })).status;
  const { token } = await forum.admin();
  expect(await ask({})).toBe(200);
  expect(await ask({ 'x-forwarded-for': '203.0.113.7' })).toBe(403);
  expect(await ask({ authorization: `Bearer ${token}`, via: '1.1 proxy' })).toBe(403);
  expect(await ask({ authorization: 'Bearer a-token-for-metrics', via: '1.1 proxy' })).toBe(200);
  expect(await ask({ authorization: 'Bearer a-token-for-metrics-2', via: '1.1 proxy' })).toBe(403);
});
