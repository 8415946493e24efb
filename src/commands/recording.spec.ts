import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Command, type CommandMeta, DomainError, deriveId } from '../../libs/kernel/index.ts';
import type { Recorded } from '../../libs/nest-decider/index.ts';
import { REACTION_KINDS } from '../../libs/words/index.ts';
import { metaOf, NOW } from '../../test/support/given.ts';
import { openRecordingForum, type RecordingForum } from '../../test/support/recording-forum.ts';
import {
  type Actor,
  EditComment,
  ImportComment,
  PostComment,
  RemoveComment,
} from '../domain/comment/comment.commands.ts';
import { ChangeDiscussion } from '../domain/discussion/discussion.commands.ts';
import { OPEN_DISCUSSION } from '../domain/discussion/discussion.events.ts';
import { WithdrawPost } from '../domain/post/post.commands.ts';
import { AddReaction, WithdrawReaction } from '../domain/reaction/reaction.commands.ts';

const somchai: Actor = { memberId: randomUUID(), roles: ['member'] };
const linh: Actor = { memberId: randomUUID(), roles: ['member'] };
const meta = (over: Partial<CommandMeta> = {}) => metaOf({ commandId: randomUUID(), actor: somchai.memberId, ...over });

let forum: RecordingForum;
let postId: string;

beforeEach(async () => {
  forum = await openRecordingForum();
  const post = { title: 'Borders', body: 'Text.', locale: 'en', authorId: somchai.memberId };
  postId = (await forum.publishing.publish(post, meta())).postId;
});
afterEach(() => forum.close());

const send = (command: Command): Promise<Recorded> => forum.commands.execute(command);
const refusalOf = (command: Command): Promise<unknown> =>
  send(command).then(
    () => 'recorded',
    (error: unknown) => (error instanceof DomainError ? error.code : error),
  );
const postComment = (over: Partial<PostComment['data']> = {}, by = meta()) =>
  new PostComment({ commentId: randomUUID(), postId, parentId: null, body: 'Hello', by: somchai, ...over }, by);

describe('a comment', () => {
  test('is recorded with its envelope, its text sealed in its own stream', async () => {
    const command = postComment();
    const { commentId } = command.data;
    const stream = `comment-${commentId}`;

    const recorded = await send(command);

    const [event, ...more] = await forum.events(stream);
    expect(more).toEqual([]);
    expect(event).toEqual({
      id: deriveId(command.meta.commandId, 0),
      stream,
      revision: 0n,
      position: recorded.position,
      type: 'CommentPosted.v1',
      recordedAt: expect.any(String),
      occurredAt: NOW,
      actor: somchai.memberId,
      correlationId: 'test',
      causationId: null,
      data: {
        commentId,
        postId,
        parentId: null,
        rootId: commentId,
        depth: 0,
        authorId: somchai.memberId,
        source: null,
      },
      sealed: expect.any(Uint8Array),
    });
    expect(recorded).toEqual({
      position: event?.position,
      revision: 0n,
      repeated: false,
      facts: [{ type: 'CommentPosted.v1', data: event?.data, personal: { body: 'Hello', author: null } }],
    });
    const sealed = event?.sealed ?? new Uint8Array();
    expect(await forum.vault.open(sealed, { stream, type: 'CommentPosted.v1' })).toEqual({
      body: 'Hello',
      author: null,
    });
  });

  test('can be answered in the moment after', async () => {
    const first = postComment();
    await send(first);
    const { commentId } = first.data;
    const answer = postComment({ parentId: commentId, by: linh });
    await send(answer);
    expect((await forum.events(`comment-${answer.data.commentId}`))[0]?.data).toMatchObject({
      rootId: commentId,
      depth: 1,
    });
  });

  test('sent again is recorded once and answered the same, by whatever command', async () => {
    const command = postComment();
    const recorded = await send(command);
    const size = (await forum.events()).length;

    for (const again of [command, postComment(command.data)]) {
      expect(await send(again)).toEqual({ ...recorded, repeated: true, facts: [] });
    }
    expect(await forum.events()).toHaveLength(size);
  });

  test('sent ten times at once is recorded once', async () => {
    const command = postComment();
    const answers = await Promise.all(Array.from({ length: 10 }, () => send(command)));
    expect(answers.filter(({ repeated }) => !repeated)).toHaveLength(1);
    expect(new Set(answers.map(({ position }) => position)).size).toBe(1);
    expect(await forum.events(`comment-${command.data.commentId}`)).toHaveLength(1);
  });

  test('with the id of another is refused, even under the same command id', async () => {
    const command = postComment();
    await send(command);
    const { commentId } = command.data;
    expect(await refusalOf(postComment({ commentId, body: 'Bye' }, command.meta))).toBe('id_taken');
    expect(await refusalOf(postComment({ commentId, by: linh }))).toBe('id_taken');
    expect(await forum.events(`comment-${commentId}`)).toHaveLength(1);
  });

  test('that is a repeat is answered as recorded though the discussion is closed by now', async () => {
    const command = postComment();
    const recorded = await send(command);
    await send(new ChangeDiscussion({ ...OPEN_DISCUSSION, postId, state: 'closed' }, meta()));
    expect(await send(command)).toEqual({ ...recorded, repeated: true, facts: [] });
    expect(await refusalOf(postComment())).toBe('discussion_closed');
  });

  test('is refused as soon as its post is withdrawn', async () => {
    await send(postComment());
    await send(new WithdrawPost({ postId }, meta()));
    expect(await refusalOf(postComment())).toBe('post_not_found');
  });

  test('that was refused leaves no trace', async () => {
    const size = (await forum.events()).length;
    expect(await refusalOf(postComment({ body: ' ' }))).toBe('invalid');
    expect(await refusalOf(postComment({ parentId: randomUUID() }))).toBe('parent_not_found');
    expect(await refusalOf(postComment({ postId: randomUUID() }))).toBe('post_not_found');
    expect(await forum.events()).toHaveLength(size);
  });

  test('imported and held is recorded in one step, sealed with one key', async () => {
    const commentId = randomUUID();
    const author = { displayName: 'Bounmy', email: null, url: null };
    const source = { kind: 'wordpress', site: 'https://blog.example.org', id: '7' } as const;
    const data = { commentId, postId, parentId: null, body: 'Hello', author, source, held: true, keepsPlace: false };
    const importing = new ImportComment(data, meta({ now: '2009-01-01T00:00:00.000Z', actor: 'import:wordpress' }));

    await send(importing);

    const events = await forum.events(`comment-${commentId}`);
    expect(events.map(({ type, occurredAt, actor }) => ({ type, occurredAt, actor }))).toEqual([
      { type: 'CommentPosted.v1', occurredAt: '2009-01-01T00:00:00.000Z', actor: 'import:wordpress' },
      { type: 'CommentHeld.v2', occurredAt: '2009-01-01T00:00:00.000Z', actor: 'import:wordpress' },
    ]);
    expect((await send(new ImportComment(data, meta()))).repeated).toBe(true);
  });
});

describe('an edit', () => {
  const edit = (commentId: string, body: string, revision: number, by = meta()) =>
    new EditComment({ commentId, body, revision, by: somchai }, by);

  test('seals with the key of the comment, so that both are erased at once', async () => {
    const { data } = await posted();
    await send(edit(data.commentId, 'Better', 0));
    const keys = (await forum.events(`comment-${data.commentId}`)).map(
      ({ sealed }) => sealed && forum.vault.keyOf(sealed),
    );
    expect(keys).toEqual([keys[0], keys[0]]);
    expect(keys[0]).toEqual({ id: expect.stringMatching(/^[0-9a-f]{32}$/u) });
  });

  test('sent again is answered the same, also after later ones', async () => {
    const { data } = await posted();
    const first = edit(data.commentId, 'Better', 0);
    const recorded = await send(first);
    await send(edit(data.commentId, 'Best', 1));
    expect(await send(first)).toEqual({ position: recorded.position, revision: 2n, repeated: true, facts: [] });
    expect(await forum.events(`comment-${data.commentId}`)).toHaveLength(3);
  });

  test('of two at once only one wins; the other is told that it is stale', async () => {
    const { data } = await posted();
    const both = ['one', 'two'].map((body) => refusalOf(edit(data.commentId, body, 0)));
    expect((await Promise.all(both)).sort()).toEqual(['recorded', 'stale_revision']);
  });

  test('of an erased comment is refused', async () => {
    const { data } = await posted();
    const [event] = await forum.events(`comment-${data.commentId}`);
    if (event?.sealed) await forum.vault.destroy(forum.vault.keyOf(event.sealed));
    expect(await refusalOf(edit(data.commentId, 'Better', 0))).toBe('comment_removed');
  });

  test('that changes nothing answers where the stream stands', async () => {
    const { data, recorded } = await posted();
    expect(await send(edit(data.commentId, 'Hello', 0))).toEqual({ ...recorded, repeated: true, facts: [] });
  });
});

describe('reactions', () => {
  const like = (commentId: string, kind: AddReaction['data']['kind'] = 'like') =>
    new AddReaction({ commentId, by: linh, kind }, meta());

  test('of several kinds at once are all recorded: whoever comes second tries again', async () => {
    const { data } = await posted();
    await Promise.all(REACTION_KINDS.slice(0, 5).map((kind) => send(like(data.commentId, kind))));
    const events = await forum.events(`reaction-${data.commentId}-${linh.memberId}`);
    expect(events.map(({ revision }) => revision)).toEqual([0n, 1n, 2n, 3n, 4n]);
  });

  test('sent again after being taken back are answered, not given again', async () => {
    const { data } = await posted();
    const add = like(data.commentId);
    const recorded = await send(add);
    await send(new WithdrawReaction(add.data, meta()));
    expect(await send(add)).toEqual({ position: recorded.position, revision: 1n, repeated: true, facts: [] });
    expect(await send(like(data.commentId))).toMatchObject({ revision: 2n, repeated: false });
  });

  test('that were never given are not taken back, and nothing is recorded', async () => {
    const { data } = await posted();
    const withdraw = new WithdrawReaction({ commentId: data.commentId, by: linh, kind: 'sad' }, meta());
    expect(await send(withdraw)).toEqual({ position: 0n, revision: -1n, repeated: true, facts: [] });
  });

  test('end with the comment', async () => {
    const { data } = await posted();
    await send(new RemoveComment({ commentId: data.commentId, reason: null, by: somchai }, meta()));
    expect(await refusalOf(like(data.commentId))).toBe('comment_removed');
  });
});

describe('a log that takes no more says so, with the time to come back', () => {
  const told = { name: 'DomainError', code: 'storage_unavailable', status: 503 };

  test('when it is closed', async () => {
    await forum.store.close();
    const refused: unknown = await send(postComment()).catch((error: unknown) => error);
    expect(refused).toMatchObject({ ...told, retryAfterSeconds: 2 });
  });

  test('when the disk is full, and what was recorded stays readable', async () => {
    const small = await openRecordingForum({ maxPages: 60 });
    const post = { title: 'Borders', locale: 'en', authorId: null };
    const publish = (n: number) => small.publishing.publish({ ...post, body: `${n}`.repeat(20_000) }, meta());
    const recorded: string[] = [];
    const fill = async () => {
      for (let n = 1; n < 100; n += 1) recorded.push((await publish(n)).postId);
    };

    const refused: unknown = await fill().catch((error: unknown) => error);

    expect(refused).toMatchObject({ ...told, retryAfterSeconds: 30 });
    const kept = (await small.events()).filter(({ type }) => type === 'PostPublished.v1');
    expect(kept.map(({ stream }) => stream)).toEqual(recorded.map((id) => `post-${id}`));
    await small.close();
  });
});

async function posted(): Promise<{ data: PostComment['data']; recorded: Recorded }> {
  const command = postComment();
  return { data: command.data, recorded: await send(command) };
}
