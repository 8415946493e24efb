import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, beforeEach, expect, it, jest } from '@jest/globals';
import type {
  Comment,
  Notification,
  Page,
  Post,
  PostedComment,
  Preview,
  StoredImage,
} from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { formOf } from '../support/image-form.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

jest.setTimeout(60_000);

/** 1000 by 420 pixels. */
const PICTURE = new URL('../../docs/images/receipt.png', import.meta.url);
const HINT = 'value="Add a picture"';
const TOLD = '"images":true';

let forum: RunningForum;
let admin: TestMember;
let linh: TestMember;
let post: Post;

beforeAll(async () => {
  forum = await startForum();
  admin = await forum.admin();
  linh = await forum.member('linh');
});
beforeEach(async () => {
  await allow(true);
  post = await forum.publish(admin, { title: 'A post', body: 'A line.' });
});
afterAll(() => forum.close());

const allow = (images: boolean) =>
  forum.done('PATCH', '/api/v1/site', { token: admin.token, body: { discussion: { images } } });

async function brought(): Promise<StoredImage> {
  const { headers, raw } = formOf([['file', readFileSync(PICTURE)]]);
  return (await forum.done<{ image: StoredImage }>('POST', '/api/v1/images', { token: linh.token, headers, raw }))
    .image;
}

const said = async (by: TestMember, body: string, parentId?: string): Promise<Comment> =>
  (
    await forum.done<PostedComment>('POST', `/api/v1/posts/${post.id}/comments`, {
      token: by.token,
      body: { body, parentId },
    })
  ).comment;

it('a picture that a member brings is shown as its preview was, also once the site takes none any more', async () => {
  const { address } = await brought();
  const body = `Look:\n\n![A river](${address})\n\n![A view](https://else.example/a.jpg)`;
  const { bodyHtml: preview } = await forum.done<Preview>('POST', '/api/v1/previews', {
    token: linh.token,
    body: { body },
  });
  const comment = await said(linh, body);
  expect(comment.bodyHtml).toBe(preview);
  expect(preview).toContain('alt="A river" width="1000" height="420" loading="lazy" decoding="async">');
  expect(preview).toContain('<a href="https://else.example/a.jpg" rel="nofollow ugc noopener">A view</a>');
  const files = [...(preview ?? '').matchAll(/\/images\/[\w.-]+/g)].map(([file]) => file);
  expect(new Set(files).size).toBe(9);
  for (const file of new Set(files)) expect((await fetch(`${forum.url}${file}`)).status).toBe(200);
  await allow(false);
  const page = await forum.call('GET', `/posts/${post.slug}`);
  expect(page.body).toContain(preview);
});

it('a picture is told as its description where words alone are shown', async () => {
  const { address } = await brought();
  const comment = await said(admin, 'A question');
  await said(linh, `![A river](${address})`, comment.id);
  const { items } = await forum.done<Page<Notification>>('GET', '/api/v1/notifications', { token: admin.token });
  expect(items.map(({ comment: told }) => told?.excerpt)).toContain('A river');
});

it('members alone are offered pictures, and where the site takes them', async () => {
  const shown = async (by?: TestMember): Promise<readonly boolean[]> => {
    const { body } = await forum.call(
      'GET',
      `/posts/${post.slug}`,
      by && { headers: { cookie: `colloquy_session=${by.token}` } },
    );
    return [String(body).includes(TOLD), String(body).includes(HINT)];
  };
  expect([await shown(linh), await shown()]).toEqual([
    [true, true],
    [false, false],
  ]);
  await allow(false);
  expect(await shown(linh)).toEqual([false, false]);
});
