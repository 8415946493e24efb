import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { PostedComment, Preview } from '../../libs/client/index.ts';
import { MOST_COMMENT_IMAGES } from '../../libs/markdown/index.ts';
import { networkOf } from '../../src/access/network.ts';
import { RATE_LIMITS, RateLimits } from '../../src/access/rate-limits.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';

jest.setTimeout(120_000);

/** As browsers ask for an image of a page. */
const AS_IMAGE = { accept: 'image/avif,image/webp,image/apng,image/*,*/*;q=0.8' };
const AS_PAGE = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
/** The most comments of which a reader of one page sees images within a minute. */
const COMMENTS_READ = 25;

let forum: RunningForum;
let admin: TestMember;

beforeAll(async () => {
  forum = await startForum({ env: { RATE_LIMITS: 'on', TRUST_PROXY: '1' } });
  admin = await forum.admin();
});
afterAll(() => forum.close());

/** Such an address names an image, whether there is one or not. */
const nowhere = () => `/images/${newId()}-480.jpg`;

function ask(path: string, network: string, headers: Readonly<Record<string, string>> = AS_IMAGE) {
  return fetch(forum.url + path, { headers: { ...headers, 'x-forwarded-for': network } });
}

/** The statuses of so many images that are nowhere, each once. */
async function asked(count: number, network: string): Promise<ReadonlySet<number>> {
  const statuses = new Set<number>();
  for (let left = count; left > 0; left -= 50) {
    const answers = await Promise.all(Array.from({ length: Math.min(50, left) }, () => ask(nowhere(), network)));
    for (const answer of answers) {
      statuses.add(answer.status);
      await answer.arrayBuffer();
    }
  }
  return statuses;
}

async function pageAndApi(network: string): Promise<readonly number[]> {
  return [(await ask('/', network, AS_PAGE)).status, (await ask('/api/v1/posts', network, {})).status];
}

test('a comment asks for so many images and no more, in its preview too', async () => {
  const post = await forum.publish(admin);
  const body = Array.from({ length: 170 }, () => `![](${nowhere()})`).join(' ');
  const sent = { token: admin.token, body: { body } };
  const { bodyHtml } = await forum.done<Preview>('POST', '/api/v1/previews', sent);
  const { comment } = await forum.done<PostedComment>('POST', `/api/v1/posts/${post.id}/comments`, sent);
  expect(comment.bodyHtml).toBe(bodyHtml);
  expect(bodyHtml.match(/<img/g)).toHaveLength(MOST_COMMENT_IMAGES);
  expect(bodyHtml.match(/<a /g)).toHaveLength(170 - MOST_COMMENT_IMAGES);
});

test('images that are nowhere are refused shortly, and as a page to who opens one', async () => {
  const refused = await ask(nowhere(), '192.0.2.1');
  expect([refused.status, refused.headers.get('content-type')]).toEqual([
    404,
    'application/problem+json; charset=utf-8',
  ]);
  expect((await refused.text()).length).toBeLessThan(300);
  const opened = await ask(nowhere(), '192.0.2.1', AS_PAGE);
  expect([opened.status, opened.headers.get('content-type')]).toEqual([404, 'text/html; charset=utf-8']);
});

test('the images of a page keep no network from reading, and what is beyond their own limit fails alone', async () => {
  const network = '192.0.2.2';
  const { points } = RATE_LIMITS.file;
  expect(points).toBeGreaterThan(COMMENTS_READ * MOST_COMMENT_IMAGES);
  expect(await asked(RATE_LIMITS.read.points + 80, network)).toEqual(new Set([404]));
  expect(await pageAndApi(network)).toEqual([200, 200]);
  const limits = forum.forum.app.get(RateLimits, { strict: false });
  for (let n = RATE_LIMITS.read.points + 80; n < points; n += 1) await limits.take('file', networkOf(network));
  expect(await asked(50, network)).toEqual(new Set([429]));
  expect(await pageAndApi(network)).toEqual([200, 200]);
});
