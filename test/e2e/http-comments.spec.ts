import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Post } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { newId, type RunningForum, startForum } from '../support/running-forum.ts';

describe('comments over HTTP', () => {
  let forum: RunningForum;
  let editor: TestMember;
  let somchai: TestMember;
  let linh: TestMember;
  let post: Post;

  beforeAll(async () => {
    forum = await startForum();
    editor = await forum.member('editor-anna', ['editor']);
    somchai = await forum.member('somchai');
    linh = await forum.member('linh');
  });
  afterAll(() => forum.close());

  const moment = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  const position = expect.stringMatching(/^[1-9]\d*$/);
  const authorOf = ({ member }: TestMember): object => ({
    id: member.id,
    handle: member.handle,
    displayName: member.displayName,
  });

  /** As it stands right after posting. */
  const fresh = (by: TestMember, more: object): object => ({
    postId: post.id,
    parentId: null,
    depth: 0,
    author: authorOf(by),
    bodyHtml: '<p>Hello <em>there</em></p>\n',
    body: 'Hello *there*',
    status: 'visible',
    createdAt: moment,
    editedAt: null,
    revision: 0,
    replyCount: 0,
    reactions: {},
    position,
    ...more,
  });

  beforeEach(async () => {
    post = await forum.publish(editor);
  });

  it('given a post, when a member comments, it is answered and stands in the thread', async () => {
    const id = newId();
    const answer = await forum.call('POST', `/api/v1/posts/${post.id}/comments`, {
      token: somchai.token,
      body: { id, body: 'Hello *there*' },
    });

    expect({ status: answer.status, body: answer.body }).toEqual({
      status: 201,
      body: { comment: fresh(somchai, { id }), position },
    });
    expect(answer.body).toMatchObject({ position: answer.headers.get('colloquy-position') });
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(await forum.thread(post.id)).toEqual({
      position: answer.headers.get('colloquy-position'),
      total: 1,
      items: [fresh(somchai, { id })],
      next: null,
    });
  });

  it('given a comment, when the same is sent again, it is recorded once and answered the same', async () => {
    const id = newId();
    const send = () =>
      forum.call('POST', `/api/v1/posts/${post.id}/comments`, { token: somchai.token, body: { id, body: 'Once' } });

    const [first, second, third] = [...(await Promise.all([send(), send()])), await send()];

    expect([first?.status, second?.status, third.status]).toEqual([201, 201, 201]);
    expect([second?.body, third.body]).toEqual([first?.body, first?.body]);
    expect((await forum.thread(post.id)).total).toBe(1);
  });

  it('given a comment, when its id comes with another text, author or post, that is a conflict', async () => {
    const { id } = await forum.comment(somchai, post.id, { id: newId(), body: 'Mine' });
    const other = await forum.publish(editor);
    const send = (by: TestMember, postId: string, body: string) =>
      forum.call('POST', `/api/v1/posts/${postId}/comments`, { token: by.token, body: { id, body } });

    const answers = [
      await send(somchai, post.id, 'Other'),
      await send(linh, post.id, 'Mine'),
      await send(somchai, other.id, 'Mine'),
    ];

    expect(answers.map(({ status }) => status)).toEqual([409, 409, 409]);
    expect(answers.map(({ body }) => body)).toEqual(answers.map(() => expect.objectContaining({ code: 'id_taken' })));
  });

  it('given an Idempotency-Key, when a comment without an id is sent twice, it is recorded once', async () => {
    const key = newId();
    const send = (token: string) =>
      forum.call('POST', `/api/v1/posts/${post.id}/comments`, {
        token,
        headers: { 'idempotency-key': key },
        body: { body: 'Key' },
      });

    const [first, second, ofAnother] = [await send(somchai.token), await send(somchai.token), await send(linh.token)];

    expect(second.body).toEqual(first.body);
    expect(ofAnother.status).toBe(201);
    expect((await forum.thread(post.id)).total).toBe(2);
  });

  it('given a comment, when it is answered at once, the answer stands below it and is counted', async () => {
    const parent = await forum.comment(somchai, post.id, { body: 'Hello *there*' });
    const answer = await forum.comment(linh, post.id, { parentId: parent.id, body: 'Hello *there*' });

    expect(answer).toEqual(fresh(linh, { id: answer.id, parentId: parent.id, depth: 1 }));
    expect((await forum.thread(post.id)).items).toEqual([
      fresh(somchai, { id: parent.id, replyCount: 1 }),
      fresh(linh, { id: answer.id, parentId: parent.id, depth: 1 }),
    ]);
  });

  it('given a comment, when its author edits it, the text and its history change', async () => {
    const { id, revision } = await forum.comment(somchai, post.id, { body: 'Hello there' });

    const edited = await forum.call('PATCH', `/api/v1/comments/${id}`, {
      token: somchai.token,
      body: { body: 'Hello *there*', revision },
    });
    const history = await forum.call('GET', `/api/v1/comments/${id}/history`);

    expect({ status: edited.status, body: edited.body }).toEqual({
      status: 200,
      body: fresh(somchai, { id, revision: 1, editedAt: moment }),
    });
    expect(history.body).toEqual([
      { revision: 0, kind: 'posted', at: moment, by: authorOf(somchai), body: 'Hello there', diff: null },
      {
        revision: 1,
        kind: 'edited',
        at: moment,
        by: authorOf(somchai),
        body: 'Hello *there*',
        diff: expect.any(Array),
      },
    ]);
  });

  it('given an edited comment, a revision that is still to come cannot be compared, on the page neither', async () => {
    const { id, revision } = await forum.comment(somchai, post.id, { body: 'One' });
    await forum.done('PATCH', `/api/v1/comments/${id}`, { token: somchai.token, body: { body: 'Two', revision } });
    const compare = (from: number, to: number) =>
      forum.call('GET', `/api/v1/comments/${id}/diff?from=${from}&to=${to}`);
    const message = 'must not be greater than 1, the newest revision';

    expect((await compare(0, 1)).status).toBe(200);
    expect(await compare(0, 2)).toMatchObject({
      status: 400,
      body: { code: 'invalid', errors: [{ field: 'to', message }] },
    });
    expect(await compare(7, 9)).toMatchObject({
      status: 400,
      body: {
        code: 'invalid',
        errors: [
          { field: 'from', message },
          { field: 'to', message },
        ],
      },
    });
    expect((await forum.call('GET', `/comments/${id}/history?from=7&to=9`)).status).toBe(400);
  });

  it('given an edited comment, when an edit names an older revision, that is refused', async () => {
    const { id, revision } = await forum.comment(somchai, post.id);
    const edit = (body: string) =>
      forum.call('PATCH', `/api/v1/comments/${id}`, { token: somchai.token, body: { body, revision } });

    await edit('First edit');
    const late = await edit('Second edit');

    expect({ status: late.status, body: late.body }).toMatchObject({ status: 409, body: { code: 'stale_revision' } });
  });

  it('sent again with the text as it stands needs a revision that knows of it', async () => {
    const comment = await forum.comment(somchai, post.id, { body: 'One' });
    const send = (body: string, revision: number) =>
      forum.call('PATCH', `/api/v1/comments/${comment.id}`, { token: somchai.token, body: { body, revision } });
    const first = await send('Two', 0);
    expect(first).toMatchObject({ status: 200, body: { body: 'Two', revision: 1 } });
    for (const revision of [0, 1]) expect(await send('Two', revision)).toMatchObject({ status: 200, body: first.body });
    for (const revision of [2, 99]) {
      expect(await send('Two', revision)).toMatchObject({ status: 409, body: { code: 'stale_revision' } });
    }
  });

  it('given a comment with an answer, when it is removed, its place stays without author and text', async () => {
    const { id } = await forum.comment(somchai, post.id);
    const answer = await forum.comment(linh, post.id, { parentId: id });

    const removed = await forum.call('DELETE', `/api/v1/comments/${id}`, { token: somchai.token });

    const gone = fresh(somchai, {
      id,
      author: null,
      body: null,
      bodyHtml: null,
      status: 'removed',
      revision: 1,
      replyCount: 1,
    });
    expect(removed.status).toBe(200);
    expect((await forum.thread(post.id)).items).toEqual([gone, answer]);
  });

  it("given another's comment, when a member edits or removes it, that is forbidden", async () => {
    const { id, revision } = await forum.comment(somchai, post.id);
    const answers = [
      await forum.call('PATCH', `/api/v1/comments/${id}`, { token: linh.token, body: { body: 'Mine now', revision } }),
      await forum.call('DELETE', `/api/v1/comments/${id}`, { token: linh.token }),
    ];
    expect(answers.map(({ status }) => status)).toEqual([403, 403]);
  });

  it('given a comment, when members react and take it back, the counts follow', async () => {
    const { id } = await forum.comment(somchai, post.id);
    const react = (method: string, by: TestMember, kind: string) =>
      forum.done(method, `/api/v1/comments/${id}/reactions/${kind}`, { token: by.token });

    await react('PUT', linh, 'like');
    await react('PUT', linh, 'like');
    const both = await react('PUT', somchai, 'like');
    const thanked = await react('PUT', linh, 'thanks');
    const less = await react('DELETE', somchai, 'like');
    const same = await react('DELETE', somchai, 'like');

    expect([both, thanked, less, same]).toMatchObject([
      { id, reactions: { like: 2 } },
      { id, reactions: { like: 2, thanks: 1 } },
      { id, reactions: { like: 1, thanks: 1 } },
      { id, reactions: { like: 1, thanks: 1 } },
    ]);
  });

  it('given a reader who takes compressed answers, the thread is the same and smaller', async () => {
    for (let n = 0; n < 5; n += 1) await forum.comment(somchai, post.id, { body: `${n} ${'rice '.repeat(100)}` });
    const read = (coding: string) =>
      fetch(`${forum.url}/api/v1/posts/${post.id}/comments`, { headers: { 'accept-encoding': coding } });
    const [plain, small] = [await read('identity'), await read('br')];

    expect([plain, small].map(({ headers }) => headers.get('content-encoding'))).toEqual([null, 'br']);
    expect(Number(small.headers.get('content-length')) * 3).toBeLessThan(Number(plain.headers.get('content-length')));
    expect(await small.text()).toBe(await plain.text());
  });

  it('given more than a page, when the thread is read by cursor, each comment comes once', async () => {
    for (let n = 0; n < 5; n += 1) await forum.comment(somchai, post.id, { body: `Number ${n}` });

    const texts: (string | null)[] = [];
    let query = '?limit=2';
    for (let page = await forum.thread(post.id, query); ; page = await forum.thread(post.id, query)) {
      texts.push(...page.items.map(({ body }) => body));
      if (page.next === null) break;
      query = `?limit=2&cursor=${encodeURIComponent(page.next)}`;
    }

    expect(texts).toEqual(['Number 0', 'Number 1', 'Number 2', 'Number 3', 'Number 4']);
  });

  it('a post of a closed discussion takes no comment, and a parent must be under the same post and not too deep', async () => {
    const other = await forum.publish(editor);
    const elsewhere = await forum.comment(somchai, other.id);
    const moderator = await forum.member(undefined, ['moderator']);
    const send = (body: object, postId = post.id) =>
      forum.call('POST', `/api/v1/posts/${postId}/comments`, { token: somchai.token, body: { body: 'Text', ...body } });
    let deepest = await forum.comment(somchai, post.id);
    for (let depth = 1; depth <= 10; depth += 1)
      deepest = await forum.comment(somchai, post.id, { parentId: deepest.id });

    const refused = [
      await send({ parentId: elsewhere.id }),
      await send({ parentId: newId() }),
      await send({ parentId: deepest.id }),
      await send({}, newId()),
      await send({}, 'not-an-id'),
    ];
    await forum.done('PUT', `/api/v1/posts/${post.id}/discussion`, {
      token: moderator.token,
      body: { state: 'closed' },
    });
    refused.push(await send({}));

    expect(refused.map(({ body }) => body)).toMatchObject([
      { status: 422, code: 'parent_in_other_post', errors: [{ field: 'parentId' }] },
      { status: 422, code: 'parent_not_found', errors: [{ field: 'parentId' }] },
      { status: 422, code: 'too_deep' },
      { status: 404, code: 'post_not_found' },
      { status: 404, code: 'post_not_found' },
      { status: 403, code: 'discussion_closed' },
    ]);
  });
});

describe('an answer to a posting', () => {
  const running: RunningForum[] = [];
  let dataDir: string;
  beforeEach(() => {
    dataDir = mkdtempSync(join(tmpdir(), 'colloquy-'));
  });
  afterEach(async () => {
    for (const forum of running.splice(0)) await forum.close();
    rmSync(dataDir, { recursive: true });
  });
  const start = async (): Promise<RunningForum> => {
    const forum = await startForum({ env: { DATA_DIR: dataDir } });
    running.push(forum);
    return forum;
  };

  it('is, byte for byte, what the comment is read as: then, and after a restart', async () => {
    const first = await start();
    const editor = await first.member('editor-anna', ['editor']);
    const admin = await first.admin();
    const post = await first.publish(editor);
    const ids = Array.from({ length: 5 }, newId);
    const wishes = [
      { body: '  Cafe\u0301 — *first* <b>\r\nsecond line  ' },
      { body: 'ชุมชนของเรา 🙂 http://example.org/?a=1&b=2', parentId: ids[0] },
      { body: '> quoted\n\n| a | b |\n|---|---|\n| 1 | 2 |', parentId: ids[1] },
      { body: '\\ "quotes" \u2028 and `code`' },
      { body: '1. one\n2. two', parentId: ids[3] },
    ].map((wish, at) => ({ ...wish, id: ids[at], by: at % 2 === 0 ? editor : admin }));

    const answered: string[] = [];
    for (const { by, ...wish } of wishes) {
      const sent = await fetch(`${first.url}/api/v1/posts/${post.id}/comments`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${by.token}` },
        body: JSON.stringify(wish),
      });
      const text = await sent.text();
      expect({ id: wish.id, read: await textOf(first, wish.id) }).toEqual({ id: wish.id, read: commentIn(text) });
      answered.push(text);
    }
    await first.close();

    const second = await start();
    for (const [at, wish] of wishes.entries()) {
      const replies = wishes.filter(({ parentId }) => parentId === wish.id).length;
      const unanswered = (await textOf(second, wish.id)).replace(`"replyCount":${replies}`, '"replyCount":0');
      expect({ at, read: unanswered }).toEqual({ at, read: commentIn(answered[at]) });
    }
  });
});

async function textOf(forum: RunningForum, commentId = ''): Promise<string> {
  return (await fetch(`${forum.url}/api/v1/comments/${commentId}`)).text();
}

/** The comment of an answer to a posting, as it was sent. */
function commentIn(answer = ''): string | undefined {
  return /^\{"comment":(\{.*\}),"position":"\d+"\}$/s.exec(answer)?.[1];
}
