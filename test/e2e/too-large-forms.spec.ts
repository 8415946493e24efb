import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { formOf } from '../support/image-form.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { until } from '../support/until.ts';

const MEBIBYTE = 1_048_576;

let forum: RunningForum;
let admin: TestMember;
let post: Post;
beforeAll(async () => {
  forum = await startForum({ env: { IMPORT_MIB: '1' } });
  admin = await forum.admin();
  await forum.done('PATCH', '/api/v1/members/me', { token: admin.token, body: { locale: 'vi' } });
  post = await forum.publish(admin);
}, 60_000);
afterAll(() => forum?.close());

/** What an admin who reads Vietnamese is answered. */
async function answered(path: string, body: URLSearchParams) {
  const headers = { accept: 'text/html,*/*;q=0.8', cookie: `colloquy_session=${admin.token}` };
  const answer = await fetch(`${forum.url}${path}`, { method: 'POST', body, headers, redirect: 'manual' });
  const page = await answer.text();
  const [, text = ''] = /<p class="lead">([^<]*)/.exec(page) ?? [];
  return {
    status: answer.status,
    type: answer.headers.get('content-type'),
    language: /<html lang="([^"]*)"/.exec(page)?.[1],
    most: /tối đa ([^.]*)\./.exec(text)?.[1],
  };
}

const PAGE = { status: 413, type: 'text/html; charset=utf-8', language: 'vi' };

test.each([
  ['/forgot', 'email', '64 KB'],
  ['/sign-in', 'login', '64 KB'],
  ['/admin/import', 'folder', '64 KB'],
  ['/admin/settings', 'about', '5 MB'],
  ['a comment', 'body', '238 KB'],
  ['a comment in a frame', 'body', '238 KB'],
])('a form of 6 MiB is answered with a page that says how much may be sent: %s', async (where, field, most) => {
  const frame = `/embed?post=${post.id}`;
  const fields = where.endsWith('frame') ? { frame } : {};
  const path = { 'a comment': `/posts/${post.slug}/comments`, 'a comment in a frame': '/embed/comments' }[where];
  const form = new URLSearchParams({ ...fields, [field]: 'a'.repeat(6 * MEBIBYTE) });
  expect(await answered(path ?? where, form)).toEqual({ ...PAGE, most });
});

/** A connection on which the head of an admin's form of so many bytes is sent. */
async function beginning(path: string, type: string, bytes: number): Promise<Socket> {
  const { hostname, host, port } = new URL(forum.url);
  const socket = connect(Number(port), hostname).setEncoding('utf8');
  await once(socket, 'connect');
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: ${host}`,
    'Accept: text/html',
    `Cookie: colloquy_session=${admin.token}`,
    `Content-Type: ${type}`,
    `Content-Length: ${bytes}`,
  ];
  socket.write(`${head.join('\r\n')}\r\n\r\n`);
  return socket;
}

/** The page that answers, which is read once all is sent. */
async function answerTo(socket: Socket, body: Buffer): Promise<string> {
  await new Promise<void>((sent, failed) => {
    socket.write(body, (error) => (error ? failed(error) : sent()));
  });
  let answer = '';
  for await (const piece of socket) {
    answer += String(piece);
    if (answer.includes('</html>')) break;
  }
  return answer;
}

const PICTURE = '--x\r\nContent-Disposition: form-data; name="logo"; filename="logo.png"\r\n\r\n';

test.each([
  ['a picture of 40 MiB', 'multipart/form-data; boundary=x', PICTURE, 40],
  ['a text of 40 MiB', 'application/x-www-form-urlencoded', 'about=', 40],
  ['a picture of 70 MiB', 'multipart/form-data; boundary=x', PICTURE, 70],
  ['a text of 70 MiB', 'application/x-www-form-urlencoded', 'about=', 70],
])('so it is for what browsers send to its end before they read: %s', async (_, type, begin, mebibytes) => {
  const socket = await beginning('/admin/settings', type, begin.length + mebibytes * MEBIBYTE);
  const answer = await answerTo(socket, Buffer.concat([Buffer.from(begin), Buffer.alloc(mebibytes * MEBIBYTE, 'a')]));
  expect(answer).toMatch(/^HTTP\/1\.1 413 /);
  expect(answer).toMatch(/content-type: text\/html; charset=utf-8\r\n/i);
  expect(answer).toMatch(/<html lang="vi".*tối đa 5 MB\./s);
});

const filesOfImports = () => readdirSync(join(forum.dataDir, 'import-jobs'));

test.each([1.05, 1.5, 8, 70])(
  'so it is for an export of %d MiB where 1 is taken, of which nothing stays',
  async (mebibytes) => {
    const { raw, headers } = formOf([['file', Buffer.alloc(mebibytes * MEBIBYTE, 'x')]]);
    const socket = await beginning('/admin/import', headers['content-type'], raw.length);
    const answer = await answerTo(socket, raw);
    expect(answer).toMatch(/^HTTP\/1\.1 413 /);
    expect(answer).toMatch(/<html lang="vi".*Tệp lớn hơn 1 MiB/s);
    expect(filesOfImports()).toEqual([]);
  },
);

test('nothing stays of an export whose sender goes away', async () => {
  const { raw, headers } = formOf([['file', Buffer.alloc(MEBIBYTE / 2, 'x')]]);
  const socket = await beginning('/admin/import', headers['content-type'], raw.length);
  socket.write(raw.subarray(0, raw.length - 1_000));
  await until(() => filesOfImports().length === 1);
  socket.destroy();
  await until(() => filesOfImports().length === 0);
});

test('a program is told in JSON', async () => {
  const body = { email: 'a'.repeat(6 * MEBIBYTE) };
  const answer = await forum.call('POST', '/api/v1/sessions', { body });
  expect([answer.status, answer.headers.get('content-type'), answer.body]).toEqual([
    413,
    'application/problem+json; charset=utf-8',
    expect.objectContaining({
      code: 'too_large',
      detail: 'The request is larger than this address takes: 64 KiB at most.',
    }),
  ]);
});
