import { once } from 'node:events';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type RunningForum, startForum } from '../support/running-forum.ts';

let forum: RunningForum;
beforeAll(async () => {
  forum = await startForum();
}, 60_000);
afterAll(() => forum?.close());

const HTML = 'Accept: text/html,application/xhtml+xml';

/** The answer to a request whose pieces are sent one after the other. */
async function answered(...pieces: readonly string[]): Promise<string> {
  const { hostname, port } = new URL(forum.url);
  const socket = connect(Number(port), hostname).setNoDelay(true).setEncoding('latin1');
  const chunks: string[] = [];
  socket.on('data', (chunk) => chunks.push(String(chunk))).on('error', () => undefined);
  await once(socket, 'connect');
  for (const piece of pieces) await new Promise((sent) => socket.write(piece, sent));
  await once(socket, 'close');
  return Buffer.from(chunks.join(''), 'latin1').toString('utf8');
}

const long = (path: string, letters: number): string => `GET ${path}?q=${'a'.repeat(letters)}`;
const end = (...headers: readonly string[]): string => ` HTTP/1.1\r\n${['Host: x', ...headers].join('\r\n')}\r\n\r\n`;

test.each([
  ['at once', [`${long('/search', 70_000)}${end(HTML, 'Accept-Language: th')}`]],
  ['in two pieces', [long('/search', 60_000), `${'a'.repeat(20_000)}${end(HTML, 'Accept-Language: th')}`]],
])('a page whose address is too long is answered with a page: %s', async (_, pieces) => {
  const answer = await answered(...pieces);
  expect(answer).toMatch(/^HTTP\/1\.1 413 [^\r]+\r\nContent-Type: text\/html; charset=utf-8\r\n/);
  expect(answer).toContain('<meta name="color-scheme" content="light dark">');
  expect(answer).toMatch(/<main><h1>[^<]+<\/h1><p>[^<]+64 KB[^<]*<\/p><p><a href="\/">[^<]+<\/a><\/p><\/main>/);
});

test('it is in a language that was asked for, where that can be read', async () => {
  const answer = await answered(long('/search', 60_000), `${'a'.repeat(20_000)}${end(HTML, 'Accept-Language: th')}`);
  expect(answer).toMatch(/<html lang="th">.*<h1>[^<]*\p{Script=Thai}/su);
});

test('a program is answered with JSON', async () => {
  for (const path of ['/api/v1/search', '/search']) {
    for (const pieces of [[long(path, 70_000)], [long(path, 60_000), 'a'.repeat(20_000)]]) {
      const answer = await answered(...pieces.slice(0, -1), `${pieces.at(-1)}${end('Accept: application/json')}`);
      expect(answer).toMatch(/^HTTP\/1\.1 413 [^\r]+\r\nContent-Type: application\/problem\+json/);
    }
  }
});
