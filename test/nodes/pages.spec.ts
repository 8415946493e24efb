import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Post } from '../../libs/client/index.ts';
import { startThreeNodes, type ThreeNodes } from './three-nodes.ts';

const URL_OF_PAGE = 'https://blog.example/shared?utm_source=a&n=1';

let three: ThreeNodes;
beforeAll(async () => {
  three = await startThreeNodes({ env: { EMBED_ORIGINS: 'https://blog.example' } });
}, 120_000);
afterAll(() => three?.remove());

test('a page that is asked for on three nodes at once is one post, and the first comments on each of them meet there', async () => {
  const [first] = three.nodes;
  await first.forum.admin();
  const member = await first.forum.member('somchai');
  const { headers } = await first.forum.call('GET', '/api/v1/members/me', { token: member.token });
  await three.reached(headers.get('colloquy-position') ?? '');
  const found = await Promise.all(
    three.nodes.map(({ forum }, index) =>
      forum.done<Post>('PUT', '/api/v1/pages', { body: { url: URL_OF_PAGE, title: `Named by ${index}` } }),
    ),
  );
  const [page] = found;
  expect(new Set(found.map(({ id, slug, url }) => `${id} ${slug} ${url}`)).size).toBe(1);
  const id = page?.id ?? '';
  const { token } = member;
  const answers = await Promise.all(
    three.nodes.map(({ forum }, index) =>
      forum.call('POST', `/api/v1/posts/${id}/comments`, { token, body: { body: `From node ${index}` } }),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
  for (const { headers: told } of answers) await three.reached(told.get('colloquy-position') ?? '');
  for (const { forum } of three.nodes) {
    const texts = (await forum.thread(id)).items.map(({ body }) => body).sort();
    expect(texts).toEqual(['From node 0', 'From node 1', 'From node 2']);
    const again = await forum.done<Post>('PUT', '/api/v1/pages', { body: { url: URL_OF_PAGE } });
    expect(again).toMatchObject({ id, revision: 1, commentCount: 3 });
  }
  const titles = await Promise.all(
    three.nodes.map(async ({ forum }) => (await forum.done<Post>('GET', `/api/v1/posts/${id}`)).title),
  );
  expect(new Set(titles).size).toBe(1);
}, 120_000);
