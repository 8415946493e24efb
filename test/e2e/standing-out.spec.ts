import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type {
  Comment,
  CommentPage,
  Discussion,
  LogEntry,
  NotificationList,
  Page,
  Post,
  ThreadChange,
} from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { changesOf, type LiveForum, remove, startLiveForum } from '../support/live-forum.ts';
import type { RunningForum } from '../support/running-forum.ts';
import { until } from '../support/until.ts';

let live: LiveForum;
let forum: RunningForum;
let editor: TestMember;
let moderator: TestMember;
let asker: TestMember;
let writer: TestMember;
let reader: TestMember;
let post: Post;

beforeAll(async () => {
  live = await startLiveForum();
  ({ forum, writer, reader } = live);
  editor = await forum.member('only-editor', ['editor']);
  moderator = live.editor;
  asker = await forum.member('an-asker', ['editor']);
  post = await forum.publish(asker, { title: 'Why do you think so?' });
  const admin = await forum.admin();
  await forum.done('PUT', `/api/v1/members/${asker.member.id}/roles`, {
    token: admin.token,
    body: { roles: ['member'] },
  });
});
afterEach(() => live.closeSockets());
afterAll(() => forum.close());

const does = (by: TestMember, method: string, path: string, body?: object) =>
  forum.call(method, `/api/v1${path}`, { token: by.token, ...(body === undefined ? {} : { body }) });
const ask = (by = editor) => does(by, 'PUT', `/posts/${post.id}/asking`);
const accept = (by: TestMember, { id }: Comment) => does(by, 'PUT', `/comments/${id}/accepted`);
const takeBack = (by: TestMember, { id }: Comment) => does(by, 'DELETE', `/comments/${id}/accepted`);
const feature = (by: TestMember, { id }: Comment) => does(by, 'PUT', `/comments/${id}/featured`);
const discussionNow = async (): Promise<Discussion> =>
  (await forum.done<Post>('GET', `/api/v1/posts/${post.id}`)).discussion;
const commentNow = ({ id }: Comment): Promise<Comment> => forum.done('GET', `/api/v1/comments/${id}`);
const pageNow = (query = ''): Promise<CommentPage> => forum.done('GET', `/api/v1/posts/${post.id}/comments${query}`);
const html = async (query = '', by?: TestMember): Promise<string> => {
  const headers = by === undefined ? {} : { cookie: `colloquy_session=${by.token}` };
  return String((await forum.call('GET', `/posts/${post.slug}${query}`, { headers })).body);
};
const decide = async ({ id }: Comment, action: string) => {
  const { revision } = await forum.done<Comment>('GET', `/api/v1/comments/${id}`, { token: moderator.token });
  await forum.done('POST', `/api/v1/comments/${id}/decisions`, { token: moderator.token, body: { action, revision } });
};
const toldOf = async ({ id }: Comment): Promise<readonly (string | null)[]> => {
  const { items } = await forum.done<NotificationList>('GET', '/api/v1/notifications?limit=100', {
    token: writer.token,
  });
  return items.filter(({ comment }) => comment?.id === id).map(({ outcome }) => outcome);
};

describe('the accepted answer of a post that asks', () => {
  it('is accepted by who asked, taken back, and another one takes its place', async () => {
    const [one, other] = [await forum.comment(writer, post.id), await forum.comment(writer, post.id)];
    expect(await accept(asker, one)).toMatchObject({ status: 409, body: { code: 'conflict' } });
    expect(await ask(asker)).toMatchObject({ status: 403 });
    expect(await ask()).toMatchObject({ status: 200, body: { state: 'open', asks: true } });
    expect(await accept(writer, one)).toMatchObject({ status: 403, body: { code: 'forbidden' } });
    expect(await accept(moderator, one)).toMatchObject({ status: 200 });
    expect(await accept(asker, one)).toMatchObject({ status: 200, body: { id: one.id, accepted: true } });
    expect(await accept(asker, one)).toMatchObject({ status: 200, body: { id: one.id, accepted: true } });
    expect(await discussionNow()).toMatchObject({ asks: true, acceptedCommentId: one.id });
    expect(await accept(editor, other)).toMatchObject({ status: 200, body: { id: other.id, accepted: true } });
    expect(await commentNow(one)).not.toHaveProperty('accepted');
    expect((await pageNow('?limit=100')).items.filter(({ accepted }) => accepted)).toMatchObject([{ id: other.id }]);
    expect(await takeBack(asker, other)).toMatchObject({ status: 200, body: { id: other.id } });
    expect(await discussionNow()).toEqual({ state: 'open', slowModeSeconds: 0, pinnedCommentId: null, asks: true });
  });

  it('is named at the head of the thread and at the comment, by a form that needs no program', async () => {
    const comment = await forum.comment(writer, post.id);
    const path = `/comments/${comment.id}/accepted`;
    expect(await html('', asker)).toContain(`action="${path}"`);
    expect(await html('', reader)).not.toContain(`action="${path}"`);
    const sent = await forum.call('POST', path, {
      headers: { cookie: `colloquy_session=${asker.token}`, 'content-type': 'application/x-www-form-urlencoded' },
      raw: 'accepted=1',
    });
    expect(sent.status).toBe(303);
    const shown = await html();
    expect(shown).toContain('Answer by ');
    expect(shown).toContain('class="notice answered"');
    expect(shown.match(/badge accepted/g)).toHaveLength(1);
    await takeBack(asker, comment);
    expect(await html()).not.toContain('class="notice answered"');
  });

  it.each([
    ['removed by its author', (comment: Comment) => remove(forum, writer, comment)],
    ['held', (comment: Comment) => decide(comment, 'hold')],
    ['removed by a moderator', (comment: Comment) => decide(comment, 'remove')],
  ])('is no longer shown as one when it is %s', async (_, take) => {
    const comment = await forum.comment(writer, post.id);
    await accept(asker, comment);
    expect(await html()).toContain('class="notice answered"');
    await take(comment);
    expect(await discussionNow()).not.toHaveProperty('acceptedCommentId');
    expect((await pageNow('?limit=100')).items.filter(({ accepted }) => accepted)).toEqual([]);
    expect(await html()).not.toContain('class="notice answered"');
    expect(await html()).not.toContain('badge accepted');
    expect(await toldOf(comment)).not.toContain('accepted');
  });

  it('is one again when a moderator shows it again', async () => {
    const comment = await forum.comment(writer, post.id);
    await accept(asker, comment);
    await decide(comment, 'hold');
    await decide(comment, 'approve');
    expect(await discussionNow()).toMatchObject({ acceptedCommentId: comment.id });
  });

  it('is told live, with the discussion, also when it goes', async () => {
    const socket = await live.connect();
    await socket.ask('thread:join', { postId: post.id });
    const comment = await forum.comment(writer, post.id);
    await accept(asker, comment);
    const told = (kind: ThreadChange['kind']) =>
      changesOf(socket).filter((change) => change.kind === kind && change.comment?.id === comment.id);
    await until(() => told('discussion-changed').length === 1);
    expect(told('discussion-changed')).toMatchObject([
      { comment: { accepted: true }, discussion: { asks: true, acceptedCommentId: comment.id } },
    ]);
    await remove(forum, writer, comment);
    await until(() => told('comment-removed').length === 1);
    expect(told('comment-removed')[0]?.discussion).toEqual({
      state: 'open',
      slowModeSeconds: 0,
      pinnedCommentId: null,
      asks: true,
    });
  });

  it('is told to its author, until it is taken back; nobody is told of what they accepted of their own', async () => {
    const comment = await forum.comment(writer, post.id);
    await accept(asker, comment);
    const { items } = await forum.done<NotificationList>('GET', '/api/v1/notifications', { token: writer.token });
    expect(items[0]).toMatchObject({
      kind: 'decision',
      outcome: 'accepted',
      comment: { id: comment.id },
      post: { id: post.id },
    });
    await takeBack(asker, comment);
    const after = await forum.done<NotificationList>('GET', '/api/v1/notifications', { token: writer.token });
    expect(after.items.filter(({ outcome }) => outcome === 'accepted')).toHaveLength(
      items.filter(({ outcome }) => outcome === 'accepted').length - 1,
    );
    const own = await forum.comment(asker, post.id);
    await accept(asker, own);
    const ofAsker = await forum.done<NotificationList>('GET', '/api/v1/notifications', { token: asker.token });
    expect(ofAsker.items.filter(({ outcome }) => outcome === 'accepted')).toEqual([]);
  });

  it('is told nobody who muted the discussion', async () => {
    const comment = await forum.comment(writer, post.id);
    await does(writer, 'PUT', `/posts/${post.id}/mute`);
    await accept(asker, comment);
    const told = async () =>
      (await forum.done<NotificationList>('GET', '/api/v1/notifications', { token: writer.token })).items.filter(
        (item) => item.comment?.id === comment.id,
      );
    expect(await told()).toEqual([]);
    await does(writer, 'DELETE', `/posts/${post.id}/mute`);
    expect(await told()).toMatchObject([{ outcome: 'accepted' }]);
  });

  it('is the answer of its time in the past', async () => {
    const [one, other] = [await forum.comment(writer, post.id), await forum.comment(writer, post.id)];
    const { headers } = await accept(asker, one);
    const position = headers.get('colloquy-position');
    await accept(asker, other);
    const then = await pageNow(`?limit=100&position=${position}`);
    expect(then.items.filter(({ accepted }) => accepted)).toMatchObject([{ id: one.id }]);
    const shown = await html(`?at=${position}`);
    expect(shown.match(/badge accepted/g)).toHaveLength(1);
  });

  it('is none where the post asks no more', async () => {
    const comment = await forum.comment(writer, post.id);
    await accept(asker, comment);
    expect(await does(editor, 'DELETE', `/posts/${post.id}/asking`)).toMatchObject({ status: 200 });
    expect(await discussionNow()).toEqual({ state: 'open', slowModeSeconds: 0, pinnedCommentId: null });
    expect(await commentNow(comment)).not.toHaveProperty('accepted');
    await ask();
    expect(await discussionNow()).toMatchObject({ acceptedCommentId: comment.id });
  });
});

describe('featured comments', () => {
  let root: Comment;
  let answer: Comment;
  beforeAll(async () => {
    post = await forum.publish(editor, { title: 'Featured here' });
    root = await forum.comment(writer, post.id, { body: 'A root' });
    answer = await forum.comment(reader, post.id, { parentId: root.id, body: 'A fine answer' });
    await forum.comment(reader, post.id, { body: 'Another root' });
  });

  it('are featured by editors alone, and found by who asks for these', async () => {
    expect(await feature(moderator, answer)).toMatchObject({ status: 200 });
    expect(await feature(writer, answer)).toMatchObject({ status: 403 });
    expect(await feature(editor, answer)).toMatchObject({ status: 200, body: { id: answer.id, featured: true } });
    expect(await pageNow('?only=featured')).toMatchObject({ total: 1, next: null, items: [{ id: answer.id }] });
    expect((await pageNow()).items).toHaveLength(3);
    expect(await discussionNow()).toMatchObject({ featuredCount: 1 });
    expect(await does(editor, 'GET', `/posts/${post.id}/comments?only=best`)).toMatchObject({ status: 400 });
    expect(await does(editor, 'GET', `/posts/${post.id}/comments?only=featured&position=1`)).toMatchObject({
      status: 400,
    });
  });

  it('have pages of their own, which are never older than what was featured last', async () => {
    const shown = await html('?only=featured');
    expect(shown).toContain('A fine answer');
    expect(shown).not.toContain('Another root');
    await feature(editor, root);
    const both = await html('?only=featured');
    expect(both.match(/<li class="comment"/g)).toHaveLength(2);
    const first = await pageNow('?only=featured&limit=1&sort=newest');
    expect(first).toMatchObject({ total: 2, items: [{ id: answer.id }] });
    const second = await pageNow(`?only=featured&limit=1&sort=newest&cursor=${first.next}`);
    expect(second).toMatchObject({ next: null, items: [{ id: root.id }] });
    expect(await does(editor, 'GET', `/posts/${post.id}/comments?sort=newest&cursor=${first.next}`)).toMatchObject({
      status: 400,
    });
    await does(editor, 'DELETE', `/comments/${root.id}/featured`);
    expect((await html('?only=featured')).match(/<li class="comment"/g)).toHaveLength(1);
  });

  it('are told live, and are none when they go', async () => {
    const socket = await live.connect();
    await socket.ask('thread:join', { postId: post.id });
    await feature(editor, root);
    await until(() => changesOf(socket).length === 1);
    expect(changesOf(socket)).toMatchObject([
      { kind: 'discussion-changed', comment: { id: root.id, featured: true }, discussion: { featuredCount: 2 } },
    ]);
    await remove(forum, reader, answer);
    expect((await pageNow('?only=featured')).items.map(({ id }) => id)).toEqual([root.id]);
    expect(await commentNow(answer)).not.toHaveProperty('featured');
  });
});

describe('a day of a discussion', () => {
  beforeAll(async () => {
    post = await forum.publish(editor, { title: 'On a day' });
  });
  const goTo = (on: string) => forum.call('GET', `/posts/${post.slug}?on=${on}`);
  const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

  it('leads to its first comment that the reader sees, or to one of a later day, without a program', async () => {
    expect(await html()).not.toContain('name="on"');
    const held = await forum.comment(writer, post.id);
    const first = await forum.comment(writer, post.id);
    await forum.comment(writer, post.id);
    await decide(held, 'hold');
    expect(await html()).toContain('name="on"');
    const today = dayOf(Date.parse(first.createdAt));
    const earlier = dayOf(Date.parse(first.createdAt) - 3 * 86_400_000);
    for (const day of [today, earlier]) {
      const { status, headers } = await goTo(day);
      expect({ status, location: headers.get('location') }).toEqual({ status: 303, location: `/comments/${first.id}` });
    }
  });

  it.each(['2999-01-01', '2015-02-31', 'yesterday'])('is told at its field where there is none: %s', async (day) => {
    const { status, body } = await goTo(day);
    expect(status).toBe(200);
    expect(String(body)).toMatch(/<input id="jump-on"[^>]*aria-invalid="true"/);
    expect(String(body)).toContain('Nothing was said on this day or later.');
    expect(String(body)).toContain('On a day');
  });

  it('is named with the zone of the forum', async () => {
    const { token } = await forum.admin();
    const turn = (timeZone: string) => forum.done('PATCH', '/api/v1/site', { token, body: { timeZone } });
    await turn('Asia/Bangkok');
    expect(await html()).toContain('or of the next one with comments (Bangkok, UTC+7)');
    await turn('UTC');
    expect(await html()).toContain('or of the next one with comments (UTC)');
  });

  it('is of no use to who asks about a post that is not there', async () => {
    expect((await forum.call('GET', '/posts/no-such-post?on=2015-10-21')).status).toBe(404);
  });

  it('stands beside the orders, each of which says what it means', async () => {
    for (const [sort, words] of [
      ['oldest', 'By time:'],
      ['newest', 'The newest conversation comes first'],
      ['best', 'most reactions from others'],
    ])
      expect(/<p class="sort-meaning">([^<]*)</.exec(await html(`?sort=${sort}`))?.[1]).toContain(words);
  });
});

it('the moderation log tells when a comment was accepted or featured, by whom, and when no longer', async () => {
  const comment = await forum.comment(writer, post.id);
  const answers = [
    await ask(),
    await accept(editor, comment),
    await takeBack(moderator, comment),
    await feature(editor, comment),
    await does(moderator, 'DELETE', `/comments/${comment.id}/featured`),
  ];
  expect(answers).toMatchObject(answers.map(() => ({ status: 200 })));
  const { items } = await forum.done<Page<LogEntry>>('GET', `/api/v1/moderation/log?commentId=${comment.id}`, {
    token: moderator.token,
  });
  const about = { commentId: comment.id, postId: post.id, member: { id: writer.member.id } };
  const marked = { ...about, kind: 'discussion-changed', byPolicy: false };
  expect(items).toMatchObject(
    (
      [
        ['unfeatured', moderator],
        ['featured', editor],
        ['unaccepted', moderator],
        ['accepted', editor],
      ] as const
    ).map(([action, { member }]) => ({ ...marked, action, actor: { id: member.id } })),
  );
  const headers = { cookie: `colloquy_session=${moderator.token}` };
  const page = String((await forum.call('GET', `/moderation/log?comment=${comment.id}`, { headers })).body);
  for (const words of [
    'answer accepted',
    'answer no longer accepted',
    'comment featured',
    'comment no longer featured',
  ]) {
    expect(page).toContain(words);
  }
});
