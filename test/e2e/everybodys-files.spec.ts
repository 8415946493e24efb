import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type RunningForum, startForum } from '../support/running-forum.ts';

let forum: RunningForum;
let banned: string;
beforeAll(async () => {
  forum = await startForum();
  const { token } = await forum.admin();
  const member = await forum.member('keo');
  const body = { kind: 'ban', reason: 'spam' };
  await forum.done('POST', `/api/v1/members/${member.member.id}/sanctions`, { token, body });
  banned = member.token;
}, 60_000);
afterAll(() => forum?.close());

const files = async (): Promise<readonly string[]> => {
  const page = String((await forum.call('GET', '/')).body);
  return [
    ...new Set(page.match(/\/assets\/[\w.-]+/g)),
    '/brand/accent-1f5f8b.css',
    '/counts?url=https://blog.test/peace',
    '/counts.js',
    '/embed.js',
    '/manifest.webmanifest',
    '/sw.js',
    '/audit/verifier.mjs',
    '/assets/unknown.js',
    '/images/unknown',
  ];
};

test('files that are the same for everybody come as to anybody, and leave the session of a browser alone', async () => {
  const paths = await files();
  expect(paths.length).toBeGreaterThan(10);
  for (const session of [banned, 'bent']) {
    for (const path of paths) {
      const { status } = await forum.call('GET', path);
      const answer = await forum.call('GET', path, { headers: { cookie: `colloquy_session=${session}` } });
      expect({ path, status: answer.status, cookie: answer.headers.get('set-cookie') }).toEqual({
        path,
        status,
        cookie: null,
      });
    }
  }
});
