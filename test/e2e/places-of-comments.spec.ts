import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Comment, Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

/** Conversations, how deep each is, and a text: pages of such discussions have no room for all comments that they may hold. */
const DISCUSSIONS = [
  { conversations: 5, depth: 10, body: 'A word.' },
  { conversations: 52, depth: 1, body: 'A word.' },
  { conversations: 30, depth: 1, body: '- one\n'.repeat(60) },
] as const;

let forum: RunningForum;
let admin: TestMember;
let mali: TestMember;

beforeAll(async () => {
  forum = await startForum();
  admin = await forum.admin();
  mali = await forum.member('mali');
}, 60_000);
afterAll(() => forum?.close());

describe.each(DISCUSSIONS)('of $conversations conversations, $depth deep,', ({ conversations, depth, body }) => {
  let post: Post;
  const comments: Comment[] = [];

  beforeAll(async () => {
    post = await forum.publish(admin, { title: `Of ${conversations}, ${depth} deep` });
    for (let n = 0; n < conversations * depth; n += 1) {
      const parent = n % depth === 0 ? undefined : comments.at(-1)?.id;
      comments.push(await forum.comment(mali, post.id, { body, ...(parent !== undefined && { parentId: parent }) }));
    }
  }, 60_000);

  it.each(['a visitor', 'a member', 'staff'])(
    'each comment is on the page that its address leads %s to',
    async (who) => {
      const as = { 'a visitor': undefined, 'a member': mali, staff: admin }[who];
      const missed: string[] = [];
      for (const { id } of comments) {
        const { headers } = await forum.call('GET', `/comments/${id}`, cookieOf(as));
        const { body: page } = await forum.call('GET', headers.get('location') ?? '', cookieOf(as));
        if (!String(page).includes(`id="comment-${id}"`)) missed.push(id);
      }
      expect(missed).toEqual([]);
    },
    60_000,
  );

  it('a new one is on the page that its form leads to', async () => {
    const fields = { body: 'By the form', parentId: '', sort: 'oldest' };
    const form = 'application/x-www-form-urlencoded';
    const sent = cookieOf(mali, { 'content-type': form });
    const raw = new URLSearchParams(fields).toString();
    const { headers } = await forum.call('POST', `/posts/${post.slug}/comments`, { ...sent, raw });
    const to = headers.get('location') ?? '';
    const { body: page } = await forum.call('GET', to, cookieOf(mali));
    expect(String(page)).toContain(`id="${to.split('#')[1]}"`);
  });
});

function cookieOf(as: TestMember | undefined, more: Readonly<Record<string, string>> = {}) {
  return { headers: { ...more, ...(as && { cookie: `colloquy_session=${as.token}` }) } };
}
