import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { commentBytes } from '../../src/api/input/body-sizes.ts';
import { MOST_PACKETS } from '../../src/api/live/connection-buffer.ts';
import { MOST_UNWANTED } from '../../src/api/live/unwanted.ts';
import { type LiveForum, startLiveForum } from '../support/live-forum.ts';
import { PollingSession } from '../support/polling-session.ts';
import { RawSocket } from '../support/raw-socket.ts';
import { newId } from '../support/running-forum.ts';

const [TEXT, BINARY, PING, PONG] = [1, 2, 9, 10];

let live: LiveForum;
let postId: string;
const raws: RawSocket[] = [];
const faults: unknown[] = [];
const note = (fault: unknown): void => {
  faults.push(fault);
};

beforeAll(async () => {
  live = await startLiveForum();
  postId = await live.post();
  process.on('uncaughtException', note);
  process.on('unhandledRejection', note);
});
/** Whatever was sent: the forum lives, answers others, and recorded nothing. */
afterEach(async () => {
  jest.restoreAllMocks();
  for (const raw of raws.splice(0)) raw.close();
  const other = await live.connect();
  expect(await other.send('thread:join', { postId })).toMatchObject({ ok: true });
  live.closeSockets();
  expect((await live.forum.thread(postId)).items).toEqual([]);
  expect(faults).toEqual([]);
});
afterAll(async () => {
  process.off('uncaughtException', note);
  process.off('unhandledRejection', note);
  await live.forum.close();
});

async function member(): Promise<RawSocket> {
  const raw = await RawSocket.connected(live.forum.url, { token: live.writer.token });
  raws.push(raw);
  return raw;
}

const refused = (code: string, fields?: readonly string[]) => ({
  ok: false,
  error: {
    code,
    detail: expect.any(String),
    ...(fields === undefined ? {} : { errors: fields.map((field) => ({ field, message: expect.any(String) })) }),
  },
});

describe('a message', () => {
  it('given a name that is none, is answered so', async () => {
    const socket = await live.connect({ token: live.writer.token });
    for (const name of [
      '',
      'thread:jion',
      'toString',
      '__proto__',
      'constructor',
      'error',
      'message',
      'x'.repeat(5_000),
    ]) {
      expect([name, await socket.send(name, { postId })]).toEqual([name, refused('not_found')]);
    }
  });

  it('given a payload that is no plain object, is answered so', async () => {
    const socket = await live.connect({ token: live.writer.token });
    const deep = JSON.parse(`${'['.repeat(1_000)}${']'.repeat(1_000)}`);
    const many = Object.fromEntries(Array.from({ length: 3_000 }, (_, index) => [`field${index}`, index]));
    for (const payload of [
      null,
      1,
      'text',
      true,
      [],
      [postId],
      deep,
      { deep },
      many,
      Buffer.from('bytes'),
      new Uint8Array(100),
    ]) {
      for (const message of ['thread:join', 'thread:leave', 'thread:typing', 'comment:post']) {
        expect(await socket.send(message, payload)).toMatchObject({ ok: false, error: { code: 'invalid' } });
      }
    }
    expect(await socket.send('thread:join')).toMatchObject({ ok: false, error: { code: 'invalid' } });
    expect(await socket.send('thread:join', { postId }, { postId })).toMatchObject({
      ok: false,
      error: { code: 'invalid' },
    });
  });

  it('given a field that is wrong in any way, names it', async () => {
    const socket = await live.connect({ token: live.writer.token });
    const right = { id: newId(), postId, body: 'Right.' };
    const wrong: readonly (readonly [string, object])[] = [
      ['id', { id: undefined }],
      ['id', { id: right.id.toUpperCase() }],
      ['id', { id: 7 }],
      ['postId', { postId: null }],
      ['postId', { postId: 'a-slug' }],
      ['postId', { postId: { toString: 'x' } }],
      ['parentId', { parentId: '' }],
      ['parentId', { parentId: 1e308 }],
      ['body', { body: undefined }],
      ['body', { body: null }],
      ['body', { body: '' }],
      ['body', { body: ' \n\t ' }],
      ['body', { body: 'x'.repeat(10_001) }],
      ['body', { body: 'a\u0000b' }],
      ['body', { body: 'a\ud800b' }],
      ['body', { body: 'a\u202eb' }],
      ['body', { body: ['x'] }],
      ['author', { author: 'somebody else' }],
    ];
    for (const [field, change] of wrong) {
      expect([change, await socket.send('comment:post', { ...right, ...change })]).toEqual([
        change,
        refused('invalid', [field]),
      ]);
    }
    for (const after of [7, '-1', '01', '1.5', '1e3', '99999999999999999999', '', null, {}]) {
      expect(await socket.send('thread:join', { postId, after })).toEqual(refused('invalid', ['after']));
    }
    const proto: unknown = JSON.parse(`{"postId":"${postId}","__proto__":{"after":"1"}}`);
    expect(await socket.send('thread:join', proto)).toEqual(refused('invalid', ['__proto__']));
  });

  it('given anything at all, is answered with a refusal', async () => {
    const socket = await live.connect({ token: live.writer.token });
    const name = fc.oneof(fc.constantFrom('thread:join', 'thread:leave', 'thread:typing', 'comment:post'), fc.string());
    const field = fc.constantFrom('id', 'postId', 'parentId', 'after', 'body', '__proto__', 'then');
    const payload = fc.oneof(fc.jsonValue(), fc.dictionary(field, fc.jsonValue()));
    const reserved = ['connect', 'connect_error', 'disconnect', 'disconnecting', 'newListener', 'removeListener'];
    await fc.assert(
      fc.asyncProperty(name, payload, async (message, value) => {
        fc.pre(!reserved.includes(message));
        expect(await socket.send(message, value)).toMatchObject({
          ok: false,
          error: { code: expect.stringMatching(/^(invalid|not_found)$/) },
        });
      }),
      { numRuns: 500 },
    );
  });

  it('given nobody to answer, is taken all the same', async () => {
    const raw = await member();
    raw.send(`42/live,${JSON.stringify(['thread:join', { postId }])}`);
    raw.send(`42/live,${JSON.stringify(['comment:post', { postId }])}`);
    raw.send('42/live,["thread:join"]');
    raw.send(`42/live,7${JSON.stringify(['thread:leave', { postId }])}`);
    await raw.until(() => raw.texts.includes('43/live,7[{"ok":true}]'));
  });
});

describe('a connection', () => {
  const packets: readonly (readonly [string, string])[] = [
    ['a name of Socket.IO’s own', '42/live,["disconnect","x"]'],
    ['another of its names', '42/live,["connect_error"]'],
    ['an error', '42/live,["error",{"message":"x"}]'],
    ['an error in the namespace /', '42["error",{"message":"x"}]'],
    ['no name', '42/live,[]'],
    ['a name that is a number', '42/live,[7,{}]'],
    ['a name that is an object', '42/live,[{"toString":1},{}]'],
    ['no array', '42/live,{"a":1}'],
    ['no JSON', '42/live,["thread:join",{'],
    ['a packet of no type', '49/live,[]'],
    ['an answer that nobody asked for', '43/live,99[{"ok":true}]'],
    ['an answer without a number', '43/live,[]'],
    [
      'bytes that are announced and do not come',
      `451-/live,${JSON.stringify(['thread:join', { _placeholder: true, num: 0 }])}`,
    ],
    ['more bytes than anybody sends', '45999999999-/live,["thread:join"]'],
    ['a huge number of an answer', `42/live,${'9'.repeat(400)}["thread:join"]`],
    ['another namespace', '40/admin,'],
    ['the namespace twice', '40/live,{}'],
    ['JSON that is deep', `42/live,["thread:join",${'['.repeat(30_000)}${']'.repeat(30_000)}]`],
    ['an upgrade', '5'],
    ['a ping of its own', '2probe'],
    ['nothing', ''],
    ['what is no packet', 'zzzz'],
  ];

  it.each(packets)('given %s, ends nothing but itself', async (_what, packet) => {
    const raw = await member();
    raw.send(packet);
    raw.send(`42/live,5${JSON.stringify(['thread:leave', { postId }])}`);
    await raw.until(
      () => raw.closed || raw.texts.some((text) => text.startsWith('43/live,5')) || raw.texts.includes('41/live,'),
      3_000,
    );
  });

  it('given a message over the limit, is closed before it is read', async () => {
    const raw = await member();
    const body = 'x'.repeat(commentBytes(10_000));
    raw.send(`42/live,5${JSON.stringify(['comment:post', { id: newId(), postId, body }])}`);
    await raw.until(() => raw.closed);
    expect(raw.texts.filter((text) => text.startsWith('43/live,5'))).toEqual([]);
  });

  it('given broken UTF-8, unknown frames and bytes of no frame, is closed', async () => {
    for (const send of [
      (raw: RawSocket) => raw.write(1, Buffer.from([0x34, 0xff, 0xfe])),
      (raw: RawSocket) => raw.write(0xb, Buffer.from('x')),
      (raw: RawSocket) => raw.writeBytes(Buffer.alloc(200, 0xff)),
    ]) {
      const raw = await member();
      send(raw);
      await raw.until(() => raw.closed);
    }
  });

  it('given bytes in place of fields, is answered so', async () => {
    const raw = await member();
    raw.send(`451-/live,3${JSON.stringify(['thread:join', { postId: { _placeholder: true, num: 0 } }])}`);
    raw.sendBinary(Buffer.from(postId));
    await raw.until(() => raw.texts.some((text) => text.startsWith('43/live,3')));
    expect(raw.texts.at(-1)).toContain('"code":"invalid"');
  });

  const joins = (count: number): readonly string[] =>
    Array.from({ length: count }, (_, n) => `42/live,${100 + n}${JSON.stringify(['thread:join', { postId }])}`);

  it('given many messages in one request, answers some and says that it is too many', async () => {
    const session = await PollingSession.connected(live.forum.url);
    await session.post(joins(MOST_PACKETS));
    const answers: string[] = [];
    while (answers.length < MOST_PACKETS) {
      answers.push(...(await session.fetch()).filter((text) => text.startsWith('43/live,')));
    }
    const taken = answers.filter((text) => text.includes('"ok":true'));
    const tooMany = answers.filter((text) => text.includes('"code":"rate_limited"'));
    expect(taken.length).toBeGreaterThan(0);
    expect(tooMany.length).toBeGreaterThan(0);
    expect(taken.length + tooMany.length).toBe(MOST_PACKETS);
  });

  it('given hundreds of messages one after the other, answers each of them', async () => {
    const raw = await member();
    for (const join of joins(500)) raw.send(join);
    const answers = () => raw.texts.filter((text) => text.startsWith('43/live,'));
    await raw.until(() => answers().length === 500);
    expect(answers().filter((text) => /"ok":true|"code":"rate_limited"/.test(text))).toHaveLength(500);
  });

  it('given messages on and on that are refused, is closed after so many of them', async () => {
    const raw = await member();
    const answers = () => raw.texts.filter((text) => text.startsWith('43/live,'));
    while (!raw.closed && answers().length <= MOST_UNWANTED) {
      const before = answers().length;
      for (let number = 0; number < 100; number += 1) raw.send(`42/live,${before + number}["thread:jion"]`);
      await raw.until(() => raw.closed || answers().length >= before + 100);
    }
    expect(raw.closed).toBe(true);
    expect(answers().length).toBeGreaterThanOrEqual(MOST_UNWANTED);
  });

  const unwanted: readonly (readonly [string, number, string])[] = [
    ['pings', PING, ''],
    ['pongs', PONG, ''],
    ['heartbeats', TEXT, '3'],
    ['no-ops', TEXT, '6'],
    ['answers that nobody asked for', TEXT, '43/live,1[]'],
    ['messages that are none', TEXT, '42/live,["x"]'],
    ['names of nothing', TEXT, '42/live,1["x"]'],
    ['bytes', BINARY, 'x'],
  ];

  it.each(unwanted)(
    'given thousands of %s in one write, is closed after so many of them',
    async (_what, opcode, text) => {
      const raw = await member();
      raw.flood(opcode, text, 10 * MOST_UNWANTED);
      await raw.until(() => raw.closed);
      const answers = raw.texts.filter((answer) => answer.startsWith('43/live,'));
      expect(raw.pongs + answers.length).toBeLessThanOrEqual(MOST_UNWANTED);
    },
  );

  it('given fewer than so many, goes on', async () => {
    const raw = await member();
    raw.flood(PING, '', MOST_UNWANTED / 2);
    raw.send(`42/live,5${JSON.stringify(['thread:leave', { postId }])}`);
    await raw.until(() => raw.texts.includes('43/live,5[{"ok":true}]'));
    expect(raw.pongs).toBe(MOST_UNWANTED / 2);
  });

  it('given namespaces that the forum does not have, is told so of one of them, and closed', async () => {
    const raw = await member();
    raw.flood(TEXT, '40/n,', 100);
    await raw.until(() => raw.closed);
    expect(raw.texts.filter((text) => text.startsWith('44/n,'))).toHaveLength(1);
  });

  it('given a WebSocket that would take over and says so on and on, is closed after so many times', async () => {
    const session = await PollingSession.connected(live.forum.url);
    const [began, ended] = [jest.spyOn(globalThis, 'setInterval'), jest.spyOn(globalThis, 'clearInterval')];
    const raw = await RawSocket.takingOver(session.address);
    raws.push(raw);
    raw.flood(TEXT, '2probe', 10 * MOST_UNWANTED);
    await raw.until(() => raw.closed);
    // Engine.IO looks every 100 ms after a connection that changes its transport.
    const looks = began.mock.results.filter((_, n) => began.mock.calls[n]?.[1] === 100).map(({ value }) => value);
    expect(looks.length).toBeGreaterThan(0);
    expect(looks.filter((timer) => !ended.mock.calls.some(([one]) => one === timer))).toEqual([]);
    expect(raw.texts.filter((text) => text === '3probe').length).toBeLessThanOrEqual(MOST_UNWANTED + 1);
    expect(await session.post(['3'])).toBe(400);
  });

  it('given a polling session that sends on and on and never fetches an answer, is closed after so many refusals', async () => {
    const session = await PollingSession.connected(live.forum.url);
    const packets = Array.from({ length: MOST_PACKETS }, () => `42/live,7${JSON.stringify(['thread:join', {}])}`);
    const statuses: number[] = [];
    while (!statuses.includes(400) && statuses.length <= MOST_UNWANTED) statuses.push(await session.post(packets));
    expect(statuses.length - 1).toBe(Math.ceil((MOST_UNWANTED + 1) / MOST_PACKETS));
  });

  it('given 10,000 packets in one request, is closed without having taken one', async () => {
    const session = await PollingSession.connected(live.forum.url, { token: live.writer.token });
    const body = { id: newId(), postId, body: 'Hello' };
    const packets = [`42/live,${JSON.stringify(['comment:post', body])}`, ...Array.from({ length: 9_999 }, () => '3')];
    await session.post(packets);
    expect(await session.post(['3'])).toBe(400);
  });

  it('given more threads than one can follow, refuses the next and keeps the others', async () => {
    const socket = await live.connect();
    const posts: string[] = [];
    for (let count = 0; count < 51; count += 1) posts.push(await live.post());
    const answers = [];
    for (const post of posts) answers.push(await socket.send('thread:join', { postId: post }));
    expect(answers.slice(0, 50).every((answer) => JSON.stringify(answer).includes('"ok":true'))).toBe(true);
    expect(answers.at(-1)).toEqual(refused('invalid'));
    await socket.ask('thread:leave', { postId: String(posts[0]) });
    expect(await socket.send('thread:join', { postId: String(posts.at(-1)) })).toMatchObject({ ok: true });
  });
});
