import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { RecordedEvent } from '../../libs/event-store/index.ts';
import { deriveId, ERASED } from '../../libs/kernel/index.ts';
import { VIEWS } from '../../libs/projections/index.ts';
import { queryBusOf } from '../../test/views/query-bus.ts';
import { AT, idOf, postPublished, SmallForum } from '../../test/views/small-forum.ts';
import { FIRST_SITE } from '../domain/site/site.events.ts';
import { openNewest, readingAllVersions } from './newest.ts';
import { UnwrittenPageMemory } from './post-list/door/unwritten-page-memory.ts';
import { postListQueries } from './post-list/post-list.queries.ts';
import { GetPost } from './post-list/post-list.query-types.ts';
import { PostPresenter } from './post-list/post-presenter.ts';
import { SiteMemory } from './site/door/site-memory.ts';

const postId = idOf('post', 1);
const stream = `discussion-${postId}`;

let forum: SmallForum;
beforeEach(async () => {
  forum = await SmallForum.open();
  await forum.record(`post-${postId}`, [postPublished(1)]);
});
afterEach(() => forum.close());

/** Records an event as another version of the program would write it, and waits until the views have passed it. */
async function record(type: string, data: RecordedEvent['data'], revision: 'no-stream' | bigint): Promise<bigint> {
  const id = deriveId(stream, String(revision));
  const event = { id, type, data, sealed: null, occurredAt: AT, actor: 'system', correlationId: id, causationId: null };
  const { position } = await forum.store.append(stream, [event], revision);
  await forum.views.reached(position);
  return position;
}

async function discussion() {
  const queries = await queryBusOf([
    ...postListQueries,
    { provide: SiteMemory, useValue: { now: () => FIRST_SITE } },
    { provide: VIEWS, useValue: forum.views },
    UnwrittenPageMemory,
    { provide: PostPresenter, useValue: new PostPresenter(forum.views, forum.queries.members) },
  ]);
  return (await queries.execute(new GetPost(postId, null, '2015-12-01T00:00:00.000Z'))).discussion;
}

describe('views over a log of several versions', () => {
  it('name the versions when a projector asks for them, once', () => {
    const open = (): never => {
      throw new Error('nobody opens it');
    };
    const view = { name: 'told', version: 1, eventTypes: ['Told.v2'], schema: '', digestQueries: [], open };
    const { eventTypes } = readingAllVersions(view);
    expect(eventTypes).toEqual(['Told.v1', 'Told.v2', 'Told.v3', 'Told.v4', 'Told.v5']);
    const nameless = readingAllVersions({ ...view, eventTypes: ['Told'] });
    expect(() => nameless.eventTypes).toThrow(RangeError);
    const all = readingAllVersions(view);
    expect(all.eventTypes).toBe(all.eventTypes);
  });

  it('read an old version as the newest, and go on from it', async () => {
    await record(
      'DiscussionChanged.v1',
      { postId, state: 'closed', slowModeSeconds: 60, pinnedCommentId: null },
      'no-stream',
    );
    expect(await discussion()).toEqual({ state: 'closed', slowModeSeconds: 60, pinnedCommentId: null });
    await record('DiscussionChanged.v2', { postId, state: 'open', reason: 'Sorted out.' }, 0n);
    expect(await discussion()).toEqual({ state: 'open', slowModeSeconds: 60, pinnedCommentId: null });
    for (const { name } of forum.views.state()) expect(await forum.views.verify(name)).toMatchObject({ equal: true });
  });

  it('stop at a version of a newer program, each view that folds the type, and say so; the others go on', async () => {
    const position = await record('DiscussionChanged.v3', { postId }, 'no-stream');
    const stopped = {
      position,
      reason: 'DiscussionChanged.v3: a newer Colloquy recorded it; this one does not know the version',
    };
    const state = new Map(forum.views.state().map((view) => [view.name, view.stopped]));
    const folding = ['post-list', 'thread', 'members'].map((name) => [name, state.get(name)]);
    expect(folding).toEqual([
      ['post-list', stopped],
      ['thread', stopped],
      ['members', null],
    ]);
  });

  it('stop at an old version whose data is none', async () => {
    const position = await record('DiscussionChanged.v1', 'closed', 'no-stream');
    expect(forum.views.state().find(({ name }) => name === 'thread')?.stopped).toEqual({
      position,
      reason: 'DiscussionChanged.v1: the data of an event is a plain object',
    });
  });
});

describe('history', () => {
  const envelope = { actor: 'system', correlationId: 'x', causationId: null, occurredAt: AT, recordedAt: AT };
  const at = { id: deriveId(stream), stream, revision: 0n, position: 7n, ...envelope };

  it('reads an old version with its envelope as the newest', async () => {
    const data = { postId, state: 'closed', slowModeSeconds: 0, pinnedCommentId: null };
    expect(await openNewest({ ...at, type: 'DiscussionChanged.v1', data, sealed: null }, forum.vault)).toEqual({
      event: { ...at, type: 'DiscussionChanged.v2', data: { ...data, reason: null }, sealed: null },
      personal: null,
    });
  });

  it('opens what is personal under the type that it was stored with, and meets a destroyed key with a tombstone', async () => {
    const key = await forum.vault.takeKey();
    const sealed = await forum.vault.seal(key, { body: 'Hello' }, { ...at, type: 'CommentEdited.v1' });
    const event = { ...at, type: 'CommentEdited.v1', data: { commentId: 'c1', postId }, sealed };
    expect(await openNewest(event, forum.vault)).toEqual({ event, personal: { body: 'Hello' } });
    await forum.vault.destroy(key);
    expect(await openNewest(event, forum.vault)).toEqual({ event, personal: ERASED });
  });
});
