import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Comment, Page } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';

let forum: RunningForum;
let moderator: TestMember;
let comments: Comment[];
beforeAll(async () => {
  forum = await startForum({ env: { PUBLIC_MODERATION_LOG: 'on' } });
  moderator = await forum.member('sokha', ['moderator']);
  const writer = await forum.member('writer');
  const post = await forum.publish(await forum.admin());
  comments = [];
  for (const body of ['A secret text', 'Another text', 'A third text']) {
    comments.push(await forum.comment(writer, post.id, { body }));
  }
  for (const { id, revision } of comments) {
    const body = { action: 'remove', reason: 'spam', note: 'Between moderators', revision };
    await forum.done('POST', `/api/v1/comments/${id}/decisions`, { token: moderator.token, body });
  }
  await forum.done('POST', `/api/v1/members/${writer.member.id}/sanctions`, {
    token: moderator.token,
    body: { kind: 'ban', reason: 'abuse', statement: 'A statement of reasons' },
  });
}, 60_000);
afterAll(() => forum?.close());

const page = async (path: string) => String((await forum.call('GET', path)).body);

it('stands at the foot of every page and tells readers what was done, by day', async () => {
  expect(await page('/')).toContain('href="/moderation-log"');
  const html = await page('/moderation-log');
  expect(html.match(/decision: Remove/g)).toHaveLength(3);
  expect(html).toMatch(/sanction: Ban/);
  expect(html).toContain(`id="day-${new Date().toISOString().slice(0, 10)}"`);
});

it('tells no name, no text, and nothing that leads to either', async () => {
  const html = await page('/moderation-log');
  const answer = await forum.call('GET', '/api/v1/moderation/public-log');
  const told = [html.slice(html.indexOf('<main')), JSON.stringify(answer.body)];
  for (const text of told) {
    expect(text).not.toMatch(/writer|sokha|secret|Another|third|Between|statement/i);
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-/);
    expect(text).not.toMatch(/\d\d:\d\d/);
    for (const { id } of comments) expect(text).not.toContain(id.slice(0, 8));
  }
  const day = new Date().toISOString().slice(0, 10);
  expect(answer.body).toEqual({
    items: [
      { day, kind: 'sanction', action: 'ban', reason: 'abuse', undone: false, byPolicy: false },
      ...comments.map(() => ({
        day,
        kind: 'decision',
        action: 'remove',
        reason: 'spam',
        undone: false,
        byPolicy: false,
      })),
    ],
    next: null,
  });
});

it('is paged, each entry once, by cursors that tell no place in the log', async () => {
  const seen: object[] = [];
  let cursor = '';
  do {
    const { items, next }: Page<object> = await forum.done('GET', `/api/v1/moderation/public-log?limit=1${cursor}`, {});
    seen.push(...items);
    cursor = next === null ? '' : `&cursor=${next}`;
  } while (cursor !== '');
  expect(seen).toHaveLength(4);
  expect(await forum.call('GET', '/api/v1/moderation/public-log?cursor=bent')).toMatchObject({ status: 400 });
});
