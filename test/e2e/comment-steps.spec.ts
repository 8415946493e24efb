import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Comment, Post, Revision } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { type LiveForum, startLiveForum } from '../support/live-forum.ts';
import type { RunningForum } from '../support/running-forum.ts';

let live: LiveForum;
let forum: RunningForum;
let asker: TestMember;
let onlyEditor: TestMember;
let moderator: TestMember;
let writer: TestMember;
let post: Post;

beforeAll(async () => {
  live = await startLiveForum();
  ({ forum, writer } = live);
  moderator = live.editor;
  onlyEditor = await forum.member('only-editor', ['editor']);
  asker = await forum.member('an-asker', ['editor']);
  post = await forum.publish(asker, { title: 'Why do you think so?' });
  await forum.done('PUT', `/api/v1/posts/${post.id}/asking`, { token: onlyEditor.token });
  await forum.done('PUT', `/api/v1/members/${asker.member.id}/roles`, {
    token: (await forum.admin()).token,
    body: { roles: ['member'] },
  });
});
afterAll(() => forum.close());

const mark = (by: TestMember, way: 'PUT' | 'DELETE', { id }: Comment, name: 'accepted' | 'featured') =>
  forum.done(way, `/api/v1/comments/${id}/${name}`, { token: by.token });
const edit = async ({ id }: Comment, body: string) => {
  const { revision } = await forum.done<Comment>('GET', `/api/v1/comments/${id}`);
  await forum.done('PATCH', `/api/v1/comments/${id}`, { token: writer.token, body: { body, revision } });
};
const decide = async ({ id }: Comment, action: string) => {
  const { token } = moderator;
  const { revision } = await forum.done<Comment>('GET', `/api/v1/comments/${id}`, { token });
  await forum.done('POST', `/api/v1/comments/${id}/decisions`, { token, body: { action, revision } });
};
const historyOf = ({ id }: Comment, by?: TestMember): Promise<readonly Revision[]> =>
  forum.done('GET', `/api/v1/comments/${id}/history`, by === undefined ? {} : { token: by.token });
const pageOf = async ({ id }: Comment, { locale = 'en', by }: Look = {}): Promise<string> => {
  const cookie = by === undefined ? {} : { cookie: `colloquy_session=${by.token}` };
  const headers = { ...cookie, 'accept-language': locale };
  return String((await forum.call('GET', `/comments/${id}/history`, { headers })).body);
};
interface Look {
  readonly locale?: string;
  readonly by?: TestMember;
}
const wordsIn = (locale: string): Readonly<Record<string, string>> =>
  JSON.parse(readFileSync(new URL(`../../src/web/shell/messages/${locale}.json`, import.meta.url), 'utf8'));
const toldIn = (html: string): readonly (string | undefined)[] =>
  [...html.slice(html.indexOf('class="revisions"')).matchAll(/<p class="post-meta">.*?<span>(.*?)<\/span>/gs)].map(
    ([, words]) => words,
  );
const steps = (history: readonly Revision[]) =>
  history.map(({ revision, kind, by, byStaff }) => [revision, kind, by && 'handle' in by ? by.handle : null, byStaff]);

describe('the steps of staff in a comment’s history', () => {
  it('are by a moderator for readers, and by name for moderators', async () => {
    const comment = await forum.comment(writer, post.id);
    await decide(comment, 'remove');
    await decide(comment, 'restore');
    const name = moderator.member.displayName;
    const posted = `Posted by ${writer.member.displayName}`;
    expect(toldIn(await pageOf(comment))).toEqual([posted, 'Removed by a moderator', 'Restored by a moderator']);
    expect(toldIn(await pageOf(comment, { by: moderator }))).toEqual([
      posted,
      `Removed by ${name}`,
      `Restored by ${name}`,
    ]);
    expect(steps(await historyOf(comment))).toEqual([
      [0, 'posted', writer.member.handle, undefined],
      [1, 'removed', null, true],
      [2, 'restored', null, true],
    ]);
  });

  it.each(['km', 'lo', 'my', 'th', 'vi', 'zh'])('are by nobody who left in %s', async (locale) => {
    const comment = await forum.comment(writer, post.id);
    await decide(comment, 'remove');
    await decide(comment, 'restore');
    const [, ...told] = toldIn(await pageOf(comment, { locale }));
    const words = wordsIn(locale);
    expect(told).toEqual([words['history.removedByStaff'], words['history.restoredByStaff']]);
    expect(told.join()).not.toContain(words['comment.nameless']);
  });
});

describe('acceptance and featuring in a comment’s history', () => {
  it('stand between the comment’s own steps, by whoever asked or by staff', async () => {
    const comment = await forum.comment(writer, post.id);
    await mark(asker, 'PUT', comment, 'accepted');
    await edit(comment, 'Better said');
    await mark(onlyEditor, 'PUT', comment, 'featured');
    await mark(onlyEditor, 'DELETE', comment, 'featured');
    await mark(onlyEditor, 'DELETE', comment, 'accepted');
    const [own, asked, staff] = [writer, asker, onlyEditor].map(({ member }) => member.handle);
    const seenBy = (editor: string | null | undefined) => [
      [0, 'posted', own, undefined],
      [0, 'accepted', asked, undefined],
      [1, 'edited', own, undefined],
      [1, 'featured', editor, true],
      [1, 'unfeatured', editor, true],
      [1, 'unaccepted', editor, true],
    ];
    const history = await historyOf(comment);
    expect(steps(history)).toEqual(seenBy(null));
    expect(history[1]).toEqual({
      revision: 0,
      kind: 'accepted',
      at: expect.any(String),
      by: { id: asker.member.id, handle: asked, displayName: asker.member.displayName },
      body: null,
      diff: null,
    });
    expect(steps(await historyOf(comment, moderator))).toEqual(seenBy(staff));
    expect(toldIn(await pageOf(comment))).toEqual([
      `Posted by ${writer.member.displayName}`,
      `Accepted as the answer by ${asker.member.displayName}`,
      `Edited by ${writer.member.displayName}`,
      'Featured by an editor',
      'Featuring taken back by an editor',
      'Taken back as the answer by an editor',
    ]);
  });

  it('of another comment are not there', async () => {
    const [comment, other] = [await forum.comment(writer, post.id), await forum.comment(writer, post.id)];
    await mark(asker, 'PUT', other, 'accepted');
    await mark(onlyEditor, 'PUT', other, 'featured');
    expect(steps(await historyOf(comment))).toEqual([[0, 'posted', writer.member.handle, undefined]]);
  });

  it('come with the step that they follow, on whichever page that is', async () => {
    const comment = await forum.comment(writer, post.id);
    await mark(onlyEditor, 'PUT', comment, 'featured');
    await edit(comment, 'Two');
    await mark(onlyEditor, 'DELETE', comment, 'featured');
    const path = `/api/v1/comments/${comment.id}/history`;
    const first = await forum.call('GET', `${path}?limit=1`);
    expect(first.body).toMatchObject([{ kind: 'posted' }, { kind: 'featured' }]);
    expect(first.headers.get('link')).toBe(`<${path}?after=0&limit=1>; rel="next"`);
    const second = await forum.call('GET', `${path}?after=0&limit=1`);
    expect(second.body).toMatchObject([{ kind: 'edited', diff: expect.any(Array) }, { kind: 'unfeatured' }]);
    expect(second.headers.get('link')).toBeNull();
  });

  it('are the newest hundred on a page, however often somebody changed their mind', async () => {
    const comment = await forum.comment(writer, post.id);
    for (let turn = 0; turn < 51; turn += 1) {
      await mark(onlyEditor, 'PUT', comment, 'featured');
      await mark(onlyEditor, 'DELETE', comment, 'featured');
    }
    const history = await historyOf(comment);
    expect(history).toHaveLength(101);
    expect(history.at(-1)).toMatchObject({ kind: 'unfeatured' });
  });
});
