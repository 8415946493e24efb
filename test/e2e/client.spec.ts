import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ColloquyClient } from '../../libs/client/index.ts';
import { newId, type RunningForum, startForum } from '../../libs/testing/running-forum.ts';
import { PERMISSIONS } from '../../src/permissions.ts';

let forum: RunningForum;

beforeAll(async () => {
  forum = await startForum();
});
afterAll(() => forum.close());

/** What is described for people and programs, and has no place in a client. */
const NOT_CALLED = new Set(['GET /api/v1/openapi.json', 'GET /api/v1/docs']);

describe('the client', () => {
  it('has a method for every route of the API, and each one understands the forum’s answer', async () => {
    const called: string[] = [];
    const noting: typeof fetch = (input, init) => {
      called.push(`${init?.method} ${new URL(String(input)).pathname}`);
      return fetch(input, init);
    };
    const client = new ColloquyClient({ baseUrl: forum.url, fetch: noting });
    const registered = await client.register({
      handle: 'founder',
      displayName: 'F',
      email: 'f@example.org',
      password: 'correct horse',
    });
    const session = await client.signIn({ login: 'founder', password: 'correct horse' });
    expect(session.member).toEqual(registered);
    expect(await client.me()).toEqual(registered);
    expect(await client.changeMe({ displayName: 'The founder' })).toMatchObject({
      id: registered.id,
      displayName: 'The founder',
    });
    expect(await client.setRoles(registered.id, ['admin', 'editor', 'moderator'])).toMatchObject({
      roles: expect.arrayContaining(['editor']),
    });
    expect(await client.member('founder')).toMatchObject({ displayName: 'The founder', commentCount: 0 });

    const post = await client.publish({ title: 'A post', body: 'Text.', tags: ['tag'] });
    expect(await client.post(post.slug)).toEqual(post);
    expect(await client.editPost(post.id, { title: 'Another title' })).toMatchObject({
      id: post.id,
      title: 'Another title',
    });
    expect((await client.posts({ tag: 'tag', limit: 1 })).items).toMatchObject([
      { id: post.id, title: 'Another title' },
    ]);
    expect(await client.archive()).toEqual([{ month: post.publishedAt.slice(0, 7), count: 1 }]);
    expect(await client.setDiscussion(post.id, { state: 'open', slowModeSeconds: 0 })).toMatchObject({ state: 'open' });

    const id = newId();
    const { comment, position } = await client.postComment(post.id, { id, body: 'First.' });
    expect(comment).toMatchObject({ id, body: 'First.', position });
    expect(await client.comment(id)).toEqual(comment);
    expect(await client.comments(post.id, { sort: 'newest' })).toMatchObject({
      total: 1,
      items: [comment],
      next: null,
    });
    const edited = await client.editComment(id, { body: 'Second.', revision: comment.revision });
    await expect(client.editComment(id, { body: 'Third.', revision: comment.revision })).rejects.toMatchObject({
      code: 'stale_revision',
      status: 409,
    });
    expect(await client.react(id, 'like')).toEqual({ ...edited, reactions: { like: 1 } });
    expect(await client.unreact(id, 'like')).toEqual(edited);
    expect(await client.history(id)).toMatchObject([
      { kind: 'posted', body: 'First.' },
      { kind: 'edited', body: 'Second.' },
    ]);
    expect(await client.removeComment(id)).toMatchObject({ id, status: 'removed' });
    expect(await client.withdrawPost(post.id)).toMatchObject({ id: post.id, status: 'withdrawn' });
    await client.signOut();
    await expect(client.me()).rejects.toMatchObject({ code: 'unauthenticated', status: 401 });

    const routes = Object.keys(PERMISSIONS).filter((name) => name.includes(' /api/v1/') && !NOT_CALLED.has(name));
    const isCalled = (route: string): boolean => {
      const pattern = new RegExp(`^${route.replaceAll(/:\w+/g, '[^/]+')}$`);
      return called.some((call) => pattern.test(call));
    };
    expect(routes.filter((route) => !isCalled(route))).toEqual([]);
  });
});
