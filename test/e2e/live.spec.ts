import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Comment, Post, ThreadChange } from '../../libs/client/index.ts';
import type { TestMember } from '../../libs/testing/forum-caller.ts';
import { newId, type RunningForum, startForum } from '../../libs/testing/running-forum.ts';
import { type LiveOptions, TestSocket } from '../support/live-socket.ts';

let forum: RunningForum;
let writer: TestMember;
let reader: TestMember;
let post: Post;
const sockets: TestSocket[] = [];

beforeAll(async () => {
  forum = await startForum();
  const editor = await forum.member('an-editor', ['editor', 'moderator']);
  writer = await forum.member('writer');
  reader = await forum.member('reader');
  post = await forum.publish(editor);
});
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});
afterAll(() => forum.close());

async function connect(options: LiveOptions = {}): Promise<TestSocket> {
  const socket = new TestSocket(forum.url, options);
  sockets.push(socket);
  return socket.connected();
}

function changesOf(socket: TestSocket): readonly ThreadChange[] {
  return socket.of('thread:changes').flatMap(({ changes }) => changes);
}

describe('a thread that is followed', () => {
  it('given two readers, shows each the other one’s posts, edits and removals', async () => {
    const [first, second] = [await connect({ token: writer.token }), await connect({ token: reader.token })];
    await first.ask('thread:join', { postId: post.id });
    await second.ask('thread:join', { postId: post.id });

    const id = newId();
    const posted = await first.ask('comment:post', { id, postId: post.id, body: 'First.' });
    await second.until(() => changesOf(second).length === 1);
    const edited = await forum.done<Comment>('PATCH', `/api/v1/comments/${id}`, {
      token: writer.token,
      body: { body: 'First, edited.', revision: posted.comment.revision },
    });
    await second.until(() => changesOf(second).length === 2);
    const removed = await forum.done<Comment>('DELETE', `/api/v1/comments/${id}`, { token: writer.token });
    await second.until(() => changesOf(second).length === 3);

    expect(changesOf(second)).toEqual([
      { position: posted.position, at: posted.comment.createdAt, kind: 'comment-posted', comment: posted.comment },
      { position: edited.position, at: edited.editedAt, kind: 'comment-edited', comment: edited },
      { position: removed.position, at: expect.any(String), kind: 'comment-removed', comment: removed },
    ]);
    await first.until(() => changesOf(first).length === 3);
    expect(changesOf(first)).toEqual(changesOf(second));
  });
});
