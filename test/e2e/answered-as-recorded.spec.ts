import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { BulkAnswer, Comment, DecisionAnswer, Post } from '../../libs/client/index.ts';
import { PERMISSIONS } from '../../src/permissions.ts';
import type { Answer, TestMember } from '../support/forum-caller.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { ACTS_ON_COMMENTS, type Act, type ActOnComment, callOf, type Target } from '../support/writing-acts.ts';

jest.setTimeout(120_000);

const ACTS = Object.entries(ACTS_ON_COMMENTS) as [ActOnComment, (target: Target) => Act][];

let forum: RunningForum;
const people = new Map<string, TestMember>();

beforeAll(async () => {
  forum = await startForum();
  people.set('admin', await forum.admin());
  people.set('editor', await forum.member('the-editor', ['editor']));
  people.set('moderator', await forum.member('the-moderator', ['moderator']));
  people.set('author', await forum.member('the-author'));
  people.set('stranger', await forum.member('the-stranger'));
});
afterAll(() => forum.close());

function person(name: string): TestMember {
  const found = people.get(name);
  if (found === undefined) throw new Error(`nobody is ${name}`);
  return found;
}

const byModerator = <Body>(method: string, path: string, body: object): Promise<Body> =>
  forum.done(method, path, { token: person('moderator').token, body });
const rule = ({ id }: Comment, action: string, revision = 0): Promise<DecisionAnswer> =>
  byModerator('POST', `/api/v1/comments/${id}/decisions`, { action, revision });
const published = (): Promise<Post> => forum.publish(person('editor'));
const withdraw = ({ id }: Post): Promise<unknown> =>
  forum.done('POST', `/api/v1/posts/${id}/withdraw`, { token: person('editor').token });

async function written(post: Post, count: number, comment: object = {}): Promise<Comment[]> {
  const comments: Comment[] = [];
  for (let at = 0; at < count; at += 1) {
    const one = await forum.comment(person('author'), post.id, comment);
    comments.push(one);
    const { token } = person('stranger');
    await forum.done('PUT', `/api/v1/comments/${one.id}/reactions/thanks`, { token });
  }
  return comments;
}

/** So many comments of the author in one and the same circumstances. */
const PLACES: Readonly<Record<string, (count: number) => Promise<Target[]>>> = {
  'under a post that readers see': async (count) => {
    const post = await published();
    return (await written(post, count)).map((comment) => ({ comment, post }));
  },
  'under a post that was withdrawn': async (count) => {
    const post = await published();
    const comments = await written(post, count);
    await withdraw(post);
    return comments.map((comment) => ({ comment, post }));
  },
  'below a comment that is held': async (count) => {
    const post = await published();
    const root = await forum.comment(person('stranger'), post.id);
    const comments = await written(post, count, { parentId: root.id });
    await rule(root, 'hold');
    return comments.map((comment) => ({ comment, post }));
  },
  'that is held itself': async (count) => {
    const post = await published();
    const comments = await written(post, count);
    for (const comment of comments) await rule(comment, 'hold');
    return comments.map((comment) => ({ comment: { ...comment, revision: 1 }, post }));
  },
  'that its author removed while it was held': async (count) => {
    const post = await published();
    const comments = await written(post, count);
    for (const comment of comments) {
      await rule(comment, 'hold');
      await forum.done('DELETE', `/api/v1/comments/${comment.id}`, { token: person('author').token });
    }
    return comments.map((comment) => ({ comment: { ...comment, revision: 2 }, post }));
  },
  'in a discussion that is closed': async (count) => {
    const post = await published();
    const comments = await written(post, count);
    await byModerator('PUT', `/api/v1/posts/${post.id}/discussion`, { state: 'closed' });
    return comments.map((comment) => ({ comment, post }));
  },
};

/** Types of what was recorded after a position; looks and visits are not what a request asks for. */
async function recordedAfter(head: bigint): Promise<readonly string[]> {
  const types: string[] = [];
  for await (const { type } of forum.forum.log.store.readAll({ after: head })) types.push(type);
  return types.filter((type) => !/^(HiddenSeen|VisitKept)/.test(type));
}

async function send(act: Act, name: string): Promise<{ answer: Answer; recorded: readonly string[] }> {
  const head = await forum.forum.log.store.head();
  const answer = await forum.call(act.method, act.path, callOf(act, person(name).token));
  return { answer, recorded: await recordedAfter(head) };
}

/** Of a bulk decision on one comment, what that comment was refused with. */
function problemIn({ body }: Answer): unknown {
  if (typeof body !== 'object' || body === null || !('results' in body)) return null;
  const { results } = body as BulkAnswer;
  return results.find(({ problem }) => problem !== null)?.problem ?? null;
}

it('is asked of every route that writes to comments', () => {
  const writing = Object.keys(PERMISSIONS).filter((name) => /^(POST|PUT|PATCH|DELETE) /.test(name));
  expect(Object.keys(ACTS_ON_COMMENTS)).toEqual(
    expect.arrayContaining(writing.filter((name) => name.includes('/comments') || /decisions$/.test(name))),
  );
});

describe.each(Object.keys(PLACES))('a comment %s', (place) => {
  let targets: Target[];
  beforeAll(async () => {
    targets = (await PLACES[place]?.(ACTS.length * people.size)) ?? [];
  });

  it.each(ACTS)('%s answers an error only when nothing was recorded', async (_, acting) => {
    const wrong: object[] = [];
    for (const name of people.keys()) {
      const target = targets.pop();
      if (target === undefined) throw new Error('every comment was used');
      const { answer, recorded } = await send(acting(target), name);
      const refused = answer.status >= 400 || problemIn(answer) !== null;
      if (answer.status >= 500 || (refused && recorded.length > 0))
        wrong.push({ name, status: answer.status, body: answer.body, recorded });
    }
    expect(wrong).toEqual([]);
  });
});

describe('a post that was withdrawn', () => {
  const codeOf = ({ status, body }: Answer) => ({ status, code: (body as { code?: string } | undefined)?.code });
  const notFound = { status: 404, code: 'comment_not_found' };
  const withdrawn = { status: 409, code: 'post_withdrawn' };
  let post: Post;
  let comment: Comment;
  beforeAll(async () => {
    post = await published();
    comment = await forum.comment(person('author'), post.id);
    await withdraw(post);
  });

  it.each([
    ['PATCH /api/v1/comments/:id', { stranger: notFound, moderator: notFound, author: withdrawn, editor: withdrawn }],
    [
      'PUT /api/v1/comments/:id/reactions/:kind',
      { stranger: notFound, moderator: notFound, author: withdrawn, editor: withdrawn },
    ],
    [
      'DELETE /api/v1/comments/:id/reactions/:kind',
      { stranger: notFound, moderator: notFound, author: withdrawn, editor: withdrawn },
    ],
    ['POST /api/v1/comments/:id/reports', { stranger: notFound, moderator: notFound, editor: withdrawn }],
    ['DELETE /api/v1/comments/:id', { stranger: notFound }],
  ] as const)('%s tells those who know of the comment why, and is not found for others', async (route, expected) => {
    const answers: Record<string, object> = {};
    for (const name of Object.keys(expected)) {
      const { answer } = await send(ACTS_ON_COMMENTS[route]({ comment, post }), name);
      answers[name] = codeOf(answer);
    }
    expect(answers).toEqual(expected);
  });

  it('gives its text to nobody who did not find it before', async () => {
    for (const name of ['stranger', 'author', 'moderator'])
      expect((await send({ method: 'GET', path: `/api/v1/comments/${comment.id}` }, name)).answer.status).toBe(404);
  });

  it('lets authors remove what they wrote, on its page too', async () => {
    const other = await published();
    const [one, two] = await written(other, 2);
    await withdraw(other);
    const { token } = person('author');
    expect(await forum.call('DELETE', `/api/v1/comments/${one?.id}`, { token })).toMatchObject({
      status: 200,
      body: { id: one?.id, status: 'removed', body: null, author: null },
    });
    const headers = { cookie: `colloquy_session=${token}` };
    expect(await forum.call('GET', `/comments/${two?.id}/remove`, { headers })).toMatchObject({ status: 200 });
    const act = { method: 'POST', path: `/comments/${two?.id}/remove`, form: {} };
    expect(await send(act, 'author')).toMatchObject({ answer: { status: 303 }, recorded: ['CommentRemoved.v1'] });
  });

  it('is answered with the decision, the bulk decision and what takes them back', async () => {
    const other = await published();
    const [alone, among, deleted] = await written(other, 3);
    await withdraw(other);
    if (!alone || !among || !deleted) throw new Error('three comments were written');
    const ruled = await rule(alone, 'reject');
    expect(ruled).toMatchObject({ decision: { action: 'reject' }, comment: { id: alone.id, status: 'rejected' } });
    const undone = `/api/v1/moderation/decisions/${ruled.decision.id}/undo`;
    expect(await byModerator('POST', undone, {})).toMatchObject({ comment: { status: 'visible' } });

    const items = [{ commentId: among.id, revision: 0 }];
    const bulk = await byModerator<BulkAnswer>('POST', '/api/v1/moderation/decisions', { items, action: 'hold' });
    expect(bulk.results).toMatchObject([{ decision: { action: 'hold' }, problem: null }]);
    expect(await byModerator('POST', `/api/v1/moderation/bulk/${bulk.bulkId}/undo`, {})).toMatchObject({
      results: [{ problem: null }],
    });

    const { token } = person('moderator');
    expect(await forum.call('DELETE', `/api/v1/comments/${deleted.id}`, { token })).toMatchObject({
      status: 200,
      body: { id: deleted.id, status: 'removed' },
    });
  });

  it('answers the same comment sent again as it was answered', async () => {
    const other = await published();
    const id = crypto.randomUUID();
    const { token } = person('author');
    const wish = { token, body: { id, body: 'Sent twice.' } };
    const first = await forum.call('POST', `/api/v1/posts/${other.id}/comments`, wish);
    await withdraw(other);
    const again = await forum.call('POST', `/api/v1/posts/${other.id}/comments`, wish);
    expect({ status: again.status, body: again.body }).toEqual({ status: first.status, body: first.body });
  });

  it('answers what was recorded before under the same key, as an empty place to whoever does not find it now', async () => {
    const other = await published();
    const [comment] = await written(other, 1);
    if (!comment) throw new Error('a comment was written');
    const twice = (name: string, method: string, rest: string, body?: object) => {
      const { token } = person(name);
      const headers = { 'idempotency-key': crypto.randomUUID() };
      const options = { token, headers, ...(body === undefined ? {} : { body }) };
      return () => forum.call(method, `/api/v1/comments/${comment.id}${rest}`, options);
    };
    const react = twice('stranger', 'PUT', '/reactions/like');
    const edit = twice('author', 'PATCH', '', { body: 'Another text.', revision: 0 });
    for (const write of [react, edit]) expect(await write()).toMatchObject({ status: 200 });
    await withdraw(other);

    expect(await edit()).toMatchObject({ status: 200, body: { body: 'Another text.', revision: 1 } });
    expect(await react()).toMatchObject({
      status: 200,
      body: { id: comment.id, status: 'removed', author: null, body: null, bodyHtml: null },
    });
  });

  it('keeps nothing from a ban that removes all comments', async () => {
    const spammer = await forum.member('the-spammer');
    const [open, gone] = [await published(), await published()];
    const spam = (at: Post) => forum.comment(spammer, at.id);
    const comments = [await spam(open), await spam(open), await spam(gone), await spam(open)];
    await withdraw(gone);

    const path = `/api/v1/members/${spammer.member.id}/sanctions`;
    const wish = { kind: 'ban', reason: 'spam', removeComments: 'all' };
    expect(await byModerator('POST', path, wish)).toMatchObject({ kind: 'ban', inForce: true });

    const { items } = await forum.done<{ items: Comment[] }>('GET', `/api/v1/members/${spammer.member.id}/comments`, {
      token: person('moderator').token,
    });
    expect(new Map(items.map(({ id, status }) => [id, status]))).toEqual(
      new Map(comments.map(({ id }) => [id, 'removed'])),
    );
  });
});
