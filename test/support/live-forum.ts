import type { Comment, ThreadChange } from '../../libs/client/index.ts';
import type { Environment } from '../../src/config.ts';
import type { TestMember } from './forum-caller.ts';
import { type LiveOptions, TestSocket } from './live-socket.ts';
import { type RunningForum, startForum } from './running-forum.ts';

/** A running forum with people, and sockets that are closed after each test. */
export interface LiveForum {
  readonly forum: RunningForum;
  readonly editor: TestMember;
  readonly writer: TestMember;
  readonly reader: TestMember;
  readonly connect: (options?: LiveOptions) => Promise<TestSocket>;
  readonly closeSockets: () => void;
  /** A post without comments. */
  readonly post: () => Promise<string>;
}

export async function startLiveForum(env: Environment = {}): Promise<LiveForum> {
  const forum = await startForum({ env });
  const editor = await forum.member('an-editor', ['editor', 'moderator']);
  const sockets: TestSocket[] = [];
  return {
    forum,
    editor,
    writer: await forum.member('writer'),
    reader: await forum.member('reader'),
    connect: (options) => {
      const socket = new TestSocket(forum.url, options);
      sockets.push(socket);
      return socket.connected();
    },
    closeSockets: () => {
      for (const socket of sockets.splice(0)) socket.close();
    },
    post: async () => (await forum.publish(editor)).id,
  };
}

export function changesOf(socket: TestSocket): readonly ThreadChange[] {
  return socket.of('thread:changes').flatMap(({ changes }) => changes);
}

export function edit(forum: RunningForum, by: TestMember, comment: Comment, body: string): Promise<Comment> {
  const { id, revision } = comment;
  return forum.done('PATCH', `/api/v1/comments/${id}`, { token: by.token, body: { body, revision } });
}

export function remove(forum: RunningForum, by: TestMember, { id }: Comment): Promise<Comment> {
  return forum.done('DELETE', `/api/v1/comments/${id}`, { token: by.token });
}

export function react(forum: RunningForum, by: TestMember, { id }: Comment): Promise<Comment> {
  return forum.done('PUT', `/api/v1/comments/${id}/reactions/like`, { token: by.token });
}
