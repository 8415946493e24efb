import { get, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

interface Answered {
  readonly status: number | undefined;
  readonly headers: IncomingMessage['headers'];
  readonly bytes: Buffer;
}

describe('answers of the API', () => {
  let forum: RunningForum;
  let auditor: TestMember;
  let postId: string;

  beforeAll(async () => {
    forum = await startForum();
    const editor = await forum.member('an-editor', ['editor']);
    auditor = await forum.member('an-auditor', ['auditor']);
    for (let n = 0; n < 8; n += 1) postId = (await forum.publish(editor, { body: 'What of the rice? '.repeat(40) })).id;
    for (let n = 0; n < 12; n += 1) await forum.comment(editor, postId, { body: 'Rice.' });
  });
  afterAll(() => forum.close());

  /** As it comes over the wire; fetch would decompress it. */
  async function ask(path: string, headers: Readonly<Record<string, string>>): Promise<Answered> {
    const token = { authorization: `Bearer ${auditor.token}` };
    const answer = await new Promise<IncomingMessage>((done, fail) => {
      get(forum.url + path, { headers: { ...token, ...headers } }, done).on('error', fail);
    });
    return { status: answer.statusCode, headers: answer.headers, bytes: await buffer(answer) };
  }
  const plainOf = ({ headers, bytes }: Answered): string => {
    const coding = headers['content-encoding'];
    return String(coding === 'br' ? brotliDecompressSync(bytes) : coding === 'gzip' ? gunzipSync(bytes) : bytes);
  };

  const long = () => [
    '/api/v1/posts',
    `/api/v1/posts/${postId}`,
    `/api/v1/posts/${postId}/activity`,
    `/api/v1/posts/${postId}/comments`,
    '/api/v1/audit/events?limit=20&before=20',
    '/api/v1/openapi.json',
    '/api/v1/docs',
    '/metrics',
  ];

  it('given a client that takes compressed ones, are the same text in fewer bytes, and say what they vary by', async () => {
    for (const path of long()) {
      const isFixed = path !== '/metrics';
      const plain = await ask(path, { 'accept-encoding': 'identity' });
      expect([path, plain.status, plain.headers['content-encoding']]).toEqual([path, 200, undefined]);
      for (const coding of ['br', 'gzip']) {
        const coded = await ask(path, { 'accept-encoding': coding });
        expect([path, coded.status, coded.headers['content-encoding']]).toEqual([path, 200, coding]);
        if (isFixed) expect(plainOf(coded)).toBe(plainOf(plain));
        expect(Number(coded.headers['content-length'])).toBe(coded.bytes.length);
        expect(coded.bytes.length * 1.5).toBeLessThan(plain.bytes.length);
      }
      for (const { vary } of [plain.headers, (await ask(path, { 'accept-encoding': 'br' })).headers])
        expect(vary).toMatch(/\bAccept-Encoding\b/);
    }
  });

  it('given a client that has a form of the description already, that form alone is not sent again', async () => {
    const path = '/api/v1/openapi.json';
    const tags = new Map<string, string>();
    for (const coding of ['identity', 'gzip', 'br'])
      tags.set(coding, (await ask(path, { 'accept-encoding': coding })).headers.etag ?? '');
    expect(new Set(tags.values()).size).toBe(3);

    for (const coding of tags.keys()) {
      for (const [of, tag] of tags) {
        const again = await ask(path, { 'accept-encoding': coding, 'if-none-match': tag });
        expect([coding, of, again.status]).toEqual([coding, of, coding === of ? 304 : 200]);
        if (again.status === 304)
          expect([again.bytes.length, again.headers['content-encoding']]).toEqual([0, undefined]);
      }
    }
  });

  it('which are short, or come in pieces, are sent as they are', async () => {
    const short = await ask('/health/live', { 'accept-encoding': 'br' });
    const lines = await ask('/api/v1/audit/events?format=ndjson', { 'accept-encoding': 'br' });
    expect([short, lines].map(({ headers }) => headers['content-encoding'])).toEqual([undefined, undefined]);
    expect(plainOf(lines).split('\n').length).toBeGreaterThan(20);
  });
});
