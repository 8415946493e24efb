import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import type { IssueProgress, Post } from '../../libs/client/index.ts';
import { type CountingServer, countsOf, readersReached, startCountingServer } from '../support/counted-mails.ts';
import type { Answer, TestMember } from '../support/forum-caller.ts';
import { newsletterReaders } from '../support/newsletter-readers.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';
import { until } from '../support/until.ts';

jest.setTimeout(60_000);

const READERS = 130;

let server: CountingServer;
let forum: RunningForum;
let admin: TestMember;
let editor: TestMember;
let writer: TestMember;

beforeAll(async () => {
  server = await startCountingServer();
  const env = { SMTP_URL: server.url };
  const resting = await startForum({ env });
  admin = await resting.admin();
  editor = await resting.member('the-editor', ['editor']);
  writer = await resting.member('writer');
  await newsletterReaders(resting, { count: READERS });
  const { dataDir } = resting;
  await resting.close({ keep: true });
  forum = await startForum({ reacts: true, env: { ...env, DATA_DIR: dataDir } });
});
afterAll(async () => {
  await forum.close({ keep: false });
  await server.close();
});

const at = ({ id }: Pick<Post, 'id'>): string => `/api/v1/posts/${id}/issue`;
const call = (post: Pick<Post, 'id'>, act: string, { token }: TestMember): Promise<Answer> =>
  forum.call('POST', at(post), { token, body: { do: act } });
const act = (post: Post, wish: string, { token }: TestMember = editor): Promise<IssueProgress> =>
  forum.done('POST', at(post), { token, body: { do: wish } });
const progress = (post: Post): Promise<IssueProgress> => forum.done('GET', at(post), { token: editor.token });
const of = (post: Post) => server.mails.filter(({ subject }) => subject === post.title);
const codeOf = ({ status, body }: Answer) => [status, Reflect.get(Object(body), 'code')];
const NOTHING_BACK = { bounced: 0, refused: 0, complained: 0, left: 0 };

test('a program sends an issue, stops it and lets it go on; who sends it as well is told that it is being sent', async () => {
  const post = await forum.publish(editor, { title: 'The month', kind: 'newsletter' });
  expect(await progress(post)).toEqual({
    state: 'unsent',
    readers: READERS,
    sent: 0,
    unsent: 0,
    waiting: 0,
    ...NOTHING_BACK,
  });
  const held = Promise.withResolvers<void>();
  server.taking = () => (of(post).length > 10 ? held.promise : undefined);
  const sent = await Promise.all([act(post, 'send'), act(post, 'send', admin), act(post, 'send')]);
  expect(sent.map(({ state }) => state)).toEqual(['sending', 'sending', 'sending']);
  await readersReached(server, 11, ({ subject }) => subject === post.title);
  expect(await act(post, 'stop', admin)).toMatchObject({ state: 'stopped', readers: READERS });
  held.resolve();
  await until(async () => (await progress(post)).waiting === 0);
  expect(await progress(post)).toMatchObject({ state: 'stopped', sent: 100 });
  expect(await act(post, 'resume')).toMatchObject({ state: 'sending' });
  await until(async () => (await progress(post)).state === 'finished');
  expect(await act(post, 'send')).toMatchObject({ state: 'finished', sent: READERS, unsent: 0 });
  expect(countsOf(of(post))).toEqual({ mails: READERS, ids: READERS, readers: READERS, twice: [] });
});

test('what is no issue, and who is no editor, is refused', async () => {
  const [article, scheduled] = [
    await forum.publish(editor, { title: 'No issue' }),
    await forum.publish(editor, {
      title: 'Later',
      kind: 'newsletter',
      publishAt: new Date(Date.now() + 3_600_000).toISOString(),
    }),
  ];
  expect(codeOf(await call(article, 'send', editor))).toEqual([404, 'post_not_found']);
  expect(codeOf(await call({ id: newId() }, 'send', editor))).toEqual([404, 'post_not_found']);
  expect(codeOf(await call(scheduled, 'send', editor))).toEqual([409, 'conflict']);
  expect(codeOf(await call(scheduled, 'test', editor))).toEqual([409, 'conflict']);
  expect(codeOf(await call(scheduled, 'sell', editor))).toEqual([400, 'invalid']);
  expect(codeOf(await call(scheduled, 'send', writer))).toEqual([403, 'forbidden']);
  expect(codeOf(await forum.call('POST', at(scheduled), { body: { do: 'send' } }))).toEqual([401, 'unauthenticated']);
  expect(codeOf(await forum.call('GET', at(scheduled), { token: writer.token }))).toEqual([403, 'forbidden']);
  expect(of(scheduled)).toEqual([]);
});

test('no header comes by a title', async () => {
  const title = 'News\r\nBcc: all@example.org\r\n\r\nText';
  const answer = await forum.call('POST', '/api/v1/posts', {
    token: editor.token,
    body: { title, body: 'b', kind: 'newsletter' },
  });
  expect(codeOf(answer)).toEqual([400, 'invalid']);
  const odd = 'News =?utf-8?q?=0d=0aBcc:_all=40example.org?= Bcc: all@example.org';
  const post = await forum.publish(editor, { title: odd, kind: 'newsletter' });
  const before = server.mails.length;
  await act(post, 'send');
  await until(async () => (await progress(post)).state === 'finished');
  const mails = server.mails.slice(before);
  expect(mails.filter(({ to }) => !/^reader-\d+@readers\.example$/.test(to))).toEqual([]);
  expect(mails.filter(({ heads }) => /^bcc:/im.test(heads))).toEqual([]);
  expect(mails).toHaveLength(READERS);
});
