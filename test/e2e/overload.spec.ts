import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Admission, LANES, type LaneName } from '../../src/access/admission/admission.ts';
import type { Pass } from '../../src/access/admission/lane.ts';
import { type LiveForum, startLiveForum } from '../support/live-forum.ts';
import { newId } from '../support/running-forum.ts';

const MOST_SOCKETS = 2;

let live: LiveForum;
let postId: string;
let passes: Pass[] = [];
let half: Socket[] = [];

beforeAll(async () => {
  live = await startLiveForum({ ANSWER_WITHIN_MS: '200', LIVE_SOCKETS: String(MOST_SOCKETS) });
  postId = await live.post();
});
afterEach(() => {
  for (const pass of passes) pass.leave();
  for (const socket of half) socket.destroy();
  [passes, half] = [[], []];
  live.closeSockets();
});
afterAll(() => live.forum.close());

/** Work of this kind that does not end before the test does. */
async function stall(lane: LaneName): Promise<void> {
  const admission = live.forum.forum.app.get(Admission);
  while (passes.length < LANES[lane].slots) passes.push(await admission.enter(lane));
}

const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  fetch(`${live.forum.url}${path}`, { headers });

async function metric(name: string): Promise<number> {
  const text = await (await get('/metrics')).text();
  return Number(
    text
      .split('\n')
      .find((line) => line.startsWith(`${name} `))
      ?.split(' ')[1],
  );
}

describe('a forum whose pages are not ready in time', () => {
  it('refuses the next with a small page in the language of the reader, that says when to ask again', async () => {
    await stall('pages');
    const refused = await get('/', { 'accept-language': 'vi' });
    const page = await refused.text();

    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('2');
    expect(refused.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page).toContain('<html lang="vi">');
    expect(page.length).toBeLessThan(1_000);
    expect(await metric('colloquy_work_refused_total{lane="pages"}')).toBeGreaterThan(0);
  });

  it('answers what asks for its health, reads and writes as ever, and pages again once there is room', async () => {
    await stall('pages');
    expect((await get('/health/live')).status).toBe(200);
    expect((await get('/health/ready')).status).toBe(200);
    expect((await get('/api/v1/posts')).status).toBe(200);
    await live.forum.comment(live.writer, postId);
    const page = get('/');
    for (const pass of passes.splice(0)) pass.leave();

    expect((await page).status).toBe(200);
  });
});

describe('a forum whose views rest', () => {
  it('has them begin again with whoever asks for anything, but for its health and its figures', async () => {
    const attend = jest.spyOn(live.forum.forum.views, 'attend');
    const asked: number[] = [];
    // A page that is kept needs no view.
    for (const path of ['/archive', '/api/v1/posts', '/assets/none.css', '/health/ready', '/metrics']) {
      attend.mockClear();
      await get(path);
      asked.push(attend.mock.calls.length);
    }
    attend.mockRestore();
    expect(asked).toEqual([1, 1, 1, 0, 0]);
  });
});

describe('a forum that cannot record in time', () => {
  it('refuses with a problem, over HTTP and live, and records nothing of it', async () => {
    const socket = await live.connect({ token: live.writer.token });
    await stall('writes');
    const before = (await live.forum.thread(postId)).items.length;
    const body = { id: newId(), body: 'Hello' };
    const answer = await live.forum.call('POST', `/api/v1/posts/${postId}/comments`, {
      token: live.writer.token,
      body,
    });

    expect({ status: answer.status, retry: answer.headers.get('retry-after') }).toEqual({ status: 503, retry: '2' });
    expect(answer.body).toMatchObject({ code: 'overloaded', status: 503 });
    expect(await socket.send('comment:post', { ...body, postId })).toMatchObject({
      ok: false,
      error: { code: 'overloaded', retryAfterSeconds: 2 },
    });
    expect((await live.forum.thread(postId)).items.length).toBe(before);
  });

  it('keeps no slot for those who have not sent their bodies yet', async () => {
    const { hostname, port } = new URL(live.forum.url);
    const head = [
      `POST /api/v1/posts/${postId}/comments HTTP/1.1`,
      `Host: ${hostname}`,
      `Authorization: Bearer ${live.writer.token}`,
      'Content-Type: application/json',
      'Content-Length: 100',
    ];
    while (half.length <= LANES.writes.slots) {
      const socket = connect(Number(port), hostname);
      half.push(socket);
      await once(socket, 'connect');
      socket.write(`${head.join('\r\n')}\r\n\r\n{`);
    }
    await live.forum.comment(live.writer, postId);
    expect(await metric('colloquy_work_under_way{lane="writes"}')).toBe(0);
  });
});

describe('live connections', () => {
  it('are so many and no more: the next is told so, the others and requests go on', async () => {
    for (let count = 0; count < MOST_SOCKETS; count += 1) await live.connect();
    for (const connection of ['', '&sid=', '&sid=x&sid=']) {
      const polling = await get(`/socket.io/?EIO=4&transport=polling${connection}`);
      const { status, headers } = polling;
      expect({ connection, status, retry: headers.get('retry-after') }).toEqual({
        connection,
        status: 503,
        retry: '10',
      });
      expect(await polling.json()).toMatchObject({ code: 'overloaded' });
    }
    expect(await upgrade()).toMatch(/^HTTP\/1\.1 503 [\s\S]*retry-after: 10[\s\S]*"code":"overloaded"/i);

    expect((await get('/api/v1/posts')).status).toBe(200);
    expect(await metric('colloquy_live_sockets')).toBe(MOST_SOCKETS);
    expect(await metric('colloquy_live_sockets_most')).toBe(MOST_SOCKETS);
    expect(await metric('colloquy_live_sockets_refused_total')).toBe(4);
  });

  async function upgrade(): Promise<string> {
    const { hostname, port } = new URL(live.forum.url);
    const socket = connect(Number(port), hostname);
    half.push(socket);
    await once(socket, 'connect');
    const head = [
      'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
      `Host: ${hostname}:${port}`,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==',
    ];
    socket.write(`${head.join('\r\n')}\r\n\r\n`);
    let text = '';
    for await (const bytes of socket) text += bytes;
    return text;
  }
});
