import { once } from 'node:events';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { KeptAnswer, KeptWish } from '../../../access/kept-answers.ts';
import { answerKept, type KeptParts } from './answer-kept.ts';

const ANSWER: KeptAnswer = {
  status: 200,
  route: '/posts/:slug',
  headers: { 'cache-control': 'no-cache', etag: '"one"' },
  bytes: Buffer.from('kept'),
};
const UNCHANGED: KeptAnswer = { ...ANSWER, status: 304, bytes: null };
const ID = 'a0000000-0000-8000-8000-000000000001';

let server: Server;
let standing: KeptAnswer | undefined;
let wishes: KeptWish[];
let taken: string[];
let times: string[];
let state: { isAllowed: boolean; isClosing: boolean; counts: boolean; mayRead: boolean };

const parts: KeptParts = {
  kept: {
    standing: (wish) => {
      wishes.push(wish);
      return standing;
    },
  },
  hosts: { isAllowed: () => state.isAllowed },
  limits: {
    get on() {
      return state.counts;
    },
    take: async (kind, key) => {
      taken.push(`${kind} ${key}`);
      if (!state.mayRead) throw new Error('too often');
    },
  },
  headers: { forPages: { 'cache-control': 'no-store', 'x-frame-options': 'DENY' } },
  metrics: {
    times: ({ method, route, status }) => ({
      add: (seconds) => times.push(`${method} ${route} ${status} ${seconds < 5}`),
    }),
  },
  proxies: 1,
  cookiesIn: (header) => ({ all: header }),
  isClosing: () => state.isClosing,
};

beforeEach(async () => {
  [standing, wishes, taken, times] = [ANSWER, [], [], []];
  state = { isAllowed: true, isClosing: false, counts: true, mayRead: true };
  server = createServer((_request, response) => response.end('made'));
  answerKept(server, parts);
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
});

async function ask(headers: Record<string, string> = {}, method = 'GET') {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const [answer]: IncomingMessage[] = await once(get({ port, method, path: '/posts/one', headers }), 'response');
  if (answer === undefined) throw new Error('no answer');
  return { status: answer.statusCode, headers: answer.headers, body: await text(answer) };
}

describe('an answer that is kept', () => {
  it('is sent with the headers of all pages and its own, and counts as a read of its route', async () => {
    const { status, headers, body } = await ask({
      'x-request-id': ID,
      'x-forwarded-for': '203.0.113.7',
      cookie: 'a=1',
    });
    const { date, connection, 'keep-alive': _, ...rest } = headers;
    expect({ status, body, rest }).toEqual({
      status: 200,
      body: 'kept',
      rest: {
        'cache-control': 'no-cache',
        'x-frame-options': 'DENY',
        etag: '"one"',
        'content-length': '4',
        'x-request-id': ID,
      },
    });
    expect([taken, times]).toEqual([['read 203.0.113.7'], ['GET /posts/:slug 200 true']]);
    expect(wishes.map(({ method, url, cookies }) => [method, url, cookies])).toEqual([
      ['GET', '/posts/one', { all: 'a=1' }],
    ]);
  });

  it('is said to be unchanged without a body', async () => {
    standing = UNCHANGED;
    const { status, headers, body } = await ask();
    expect([status, body, headers.etag, headers['content-length']]).toEqual([304, '', '"one"', undefined]);
    expect(times).toEqual(['GET /posts/:slug 304 true']);
  });

  it('is sent at once where nothing is counted', async () => {
    state.counts = false;
    expect([(await ask()).body, taken]).toEqual(['kept', []]);
  });

  it.each<[string, () => void]>([
    ['nothing stands', () => [(standing = undefined)]],
    ['the host is none of the forum', () => [(state.isAllowed = false)]],
    ['the forum closes', () => [(state.isClosing = true)]],
    ['its network has read too often', () => [(state.mayRead = false)]],
  ])('is not sent when %s: the request goes on', async (_name, given) => {
    given();
    expect([(await ask()).body, times]).toEqual(['made', []]);
  });

  it('is not sent to who asks for its headers alone', async () => {
    await ask({}, 'HEAD');
    expect([wishes, taken]).toEqual([[], []]);
  });
});
