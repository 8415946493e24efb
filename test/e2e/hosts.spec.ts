import { once } from 'node:events';
import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it, test } from '@jest/globals';
import { TestSocket } from '../support/live-socket.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

let demo: RunningForum;
let named: RunningForum;
let open: RunningForum;
beforeAll(async () => {
  [demo, named, open] = await Promise.all([
    startForum({ env: { DEMO: 'on' } }),
    startForum({ env: { PUBLIC_URL: 'https://forum.example' } }),
    startForum(),
  ]);
  // A forum without members shows one page alone.
  await Promise.all([demo, named, open].map((forum) => forum.admin()));
}, 60_000);
afterAll(() => Promise.all([demo, named, open].map((forum) => forum.close())));

interface Asked {
  readonly status: number | undefined;
  readonly body: string;
  readonly cookie: readonly string[] | undefined;
}

/** What fetch does not let anybody send: another Host. */
async function ask(forum: RunningForum, path: string, headers: Record<string, string>, method = 'GET'): Promise<Asked> {
  const sent = request(`${forum.url}${path}`, { method, headers });
  sent.end();
  const [response] = await once(sent, 'response');
  let body = '';
  for await (const part of response.setEncoding('utf8')) body += part;
  return { status: response.statusCode, body, cookie: response.headers['set-cookie'] };
}

const codeOf = (refusal: unknown): unknown => Reflect.get(Object(refusal), 'code');

const OUTSIDE = [
  'evil.example',
  'evil.example:3000',
  'localhost.evil.example',
  '127.0.0.1.evil.example',
  'evil.example:80@127.0.0.1',
  '10.0.0.7',
  '[fe80::1]',
  'localhost:x',
];
const PROXIED = [
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'X-Forwarded-Anything',
  'forwarded',
  'via',
  'x-real-ip',
  'cf-connecting-ip',
  'true-client-ip',
  'fly-client-ip',
  'x-cluster-client-ip',
  'x-envoy-external-address',
  'x-original-host',
  'x-original-forwarded-for',
];
const PATHS = ['/', '/sign-in', '/api/v1/posts', '/api/v1/audit/events', '/nothing/here', '/assets/nothing.js'];

describe('the demo', () => {
  it.each(['localhost', 'LOCALHOST', 'localhost:3000', '127.0.0.1', '127.8.9.10:1', '[::1]', '[::1]:3000'])(
    'answers this machine by the name %s',
    async (host) => {
      expect((await ask(demo, '/', { host })).status).toBe(200);
    },
  );

  it.each(OUTSIDE)('answers nothing by the name %j, and signs nobody in', async (host) => {
    for (const path of PATHS) {
      const { status, body } = await ask(demo, path, { host });
      expect({ path, status }).toEqual({ path, status: 421 });
      expect(JSON.parse(body)).toMatchObject({ code: 'misdirected', status: 421 });
    }
    const signIn = await ask(demo, '/demo/sign-in', { host, origin: `http://${host}` }, 'POST');
    expect([signIn.status, signIn.cookie]).toEqual([421, undefined]);
  });

  it.each(PROXIED)('answers no proxy that sends %s', async (header) => {
    const { status, body } = await ask(demo, '/', { host: 'localhost', [header]: '127.0.0.1' });
    expect([status, JSON.parse(body).detail]).toEqual([421, expect.stringContaining(header.toLowerCase())]);
  });

  it.each(['websocket', 'polling'] as const)('opens no live connection by another name over %s', async (transport) => {
    // Over polling the client insists on its own Host.
    const foreign = transport === 'websocket' ? [{ host: 'evil.example' }, { via: '1.1 proxy' }] : [];
    for (const headers of [...foreign, { 'x-real-ip': '203.0.113.7' }]) {
      const socket = new TestSocket(demo.url, { headers, transports: [transport] });
      expect(await socket.connected().then(() => 'connected', codeOf)).toBe('misdirected');
      socket.close();
    }
    const own = new TestSocket(demo.url, { transports: [transport] });
    expect(await own.connected().then(() => 'connected', codeOf)).toBe('connected');
    own.close();
  });
});

describe('a forum with PUBLIC_URL', () => {
  it.each(['forum.example', 'FORUM.example', 'forum.example:8443', 'localhost:3000', '127.0.0.1', '[::1]:9'])(
    'answers by the name %s, also through a proxy',
    async (host) => {
      expect((await ask(named, '/', { host, 'x-forwarded-for': '203.0.113.7' })).status).toBe(200);
    },
  );

  it('tells its figures to nobody for coming from its machine, since a relay there does too', async () => {
    expect((await ask(named, '/metrics', { host: '127.0.0.1' })).status).toBe(403);
    expect((await ask(open, '/metrics', { host: '127.0.0.1' })).status).toBe(200);
  });

  it.each(OUTSIDE)('answers nothing by the name %j', async (host) => {
    for (const path of PATHS) expect((await ask(named, path, { host })).status).toBe(421);
  });

  it('opens no live connection by another name', async () => {
    const socket = new TestSocket(named.url, { headers: { host: 'evil.example' } });
    expect(await socket.connected().then(() => 'connected', codeOf)).toBe('misdirected');
    socket.close();
  });
});

test('a balancer asks after the health of a node by whatever address it has', async () => {
  for (const forum of [demo, named]) {
    for (const path of ['/health/live', '/health/ready']) {
      expect((await ask(forum, path, { host: '10.0.0.7:3000', via: '1.1 balancer' })).status).toBe(200);
    }
  }
});

test('without PUBLIC_URL a forum answers by any name, as a server that is being set up must', async () => {
  expect((await ask(open, '/', { host: 'forum.example' })).status).toBe(200);
});
