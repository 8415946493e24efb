import { type IncomingMessage, request } from 'node:http';
import type { Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { RATE_LIMITS } from '../../src/access/rate-limits.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

const MOST = 3;
const HERE = '192.0.2.1';
const ELSEWHERE = '192.0.2.2';

let forum: RunningForum;
let raw: Socket[] = [];

beforeEach(async () => {
  const env = { RATE_LIMITS: 'on', TRUST_PROXY: '1', LIVE_SOCKETS_PER_NETWORK: String(MOST) };
  forum = await startForum({ env });
});
afterEach(async () => {
  for (const socket of raw) socket.destroy();
  raw = [];
  await forum.close();
});

const poll = (address: string) =>
  fetch(`${forum.url}/socket.io/?EIO=4&transport=polling`, { headers: { 'x-forwarded-for': address } });

async function opened(address: string): Promise<string> {
  const answer = await poll(address);
  const [, sid = ''] = /"sid":"([^"]+)"/.exec(await answer.text()) ?? [];
  return sid;
}

const leave = (sid: string) =>
  fetch(`${forum.url}/socket.io/?EIO=4&transport=polling&sid=${sid}`, { method: 'POST', body: '1' });

/** The status with which a WebSocket is opened or refused; nobody goes on with it. */
async function upgrade(address: string): Promise<number> {
  const asked = request(`${forum.url}/socket.io/?EIO=4&transport=websocket`, {
    headers: {
      'x-forwarded-for': address,
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    },
  });
  return new Promise((resolve, reject) => {
    asked.on('upgrade', ({ statusCode }: IncomingMessage, socket: Socket) => {
      raw.push(socket);
      resolve(statusCode ?? 0);
    });
    asked.on('response', (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.on('error', reject);
    asked.end();
  });
}

describe('one network', () => {
  it('has so many live connections and no more, by polling and by WebSocket; others find room', async () => {
    await opened(HERE);
    await opened(HERE);
    expect(await upgrade(HERE)).toBe(101);

    const refused = await poll(HERE);
    expect({ status: refused.status, retry: refused.headers.get('retry-after') }).toEqual({ status: 429, retry: '10' });
    expect(await refused.json()).toMatchObject({ code: 'rate_limited', status: 429 });
    expect(await upgrade(HERE)).toBe(429);
    expect((await poll(ELSEWHERE)).status).toBe(200);
  });

  it('of IPv6 is all addresses that begin alike', async () => {
    for (const last of ['1', '2', '3']) expect((await poll(`2001:db8::${last}`)).status).toBe(200);
    expect((await poll('2001:db8::ffff:4')).status).toBe(429);
    expect((await poll('2001:db8:0:1::1')).status).toBe(200);
  });

  it('has the place of a connection again once it has ended, and of one that never became one', async () => {
    const [first] = [await opened(HERE), await opened(HERE)];
    expect(await upgrade(HERE)).toBe(101);
    expect((await poll(HERE)).status).toBe(429);

    await leave(first);
    for (const socket of raw) socket.destroy();
    for (let room = 0; room < 2; ) if ((await poll(HERE)).status === 200) room += 1;
    expect((await poll(HERE)).status).toBe(429);
  });

  it('gives no place to what Engine.IO refuses', async () => {
    for (let n = 0; n < 2 * MOST; n += 1) {
      const unknown = await fetch(`${forum.url}/socket.io/?EIO=4&transport=nothing`, {
        headers: { 'x-forwarded-for': HERE },
      });
      expect(unknown.status).toBe(400);
      await unknown.text();
    }
    expect((await poll(HERE)).status).toBe(200);
  });

  it('opens so many in a minute and no more', async () => {
    const statuses: number[] = [];
    for (let n = 0; n <= RATE_LIMITS.connect.points; n += 1) {
      const answer = await poll(HERE);
      statuses.push(answer.status);
      const [, sid] = /"sid":"([^"]+)"/.exec(await answer.text()) ?? [];
      if (sid !== undefined) await leave(sid);
    }
    expect(statuses.slice(0, -1).every((status) => status === 200)).toBe(true);
    expect(statuses.at(-1)).toBe(429);
    expect((await poll(ELSEWHERE)).status).toBe(200);
  });
});
