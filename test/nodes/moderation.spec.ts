import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { io, type Socket } from 'socket.io-client';
import type { Comment, ServerMessages } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { startThreeNodes, type ThreeNodes } from './three-nodes.ts';

type Frame = ServerMessages['moderation:changes'];
type Change = Frame['changes'][number];

let three: ThreeNodes;
let [sokha, dara, writer, reader]: TestMember[] = [];
let postId: string;
let sockets: Socket[] = [];

beforeAll(async () => {
  three = await startThreeNodes();
  const { forum } = three.nodes[0];
  const admin = await forum.admin();
  sokha = await forum.member('sokha', ['moderator']);
  dara = await forum.member('dara', ['moderator']);
  writer = await forum.member('writer');
  reader = await forum.member('reader');
  postId = (await forum.publish(admin)).id;
  await three.reached((await forum.thread(postId)).position);
}, 120_000);
afterEach(() => {
  for (const socket of sockets) socket.close();
  sockets = [];
});
afterAll(() => three?.remove());

/** A moderator's or reader's window on one node. */
class Window {
  readonly socket: Socket;
  readonly frames: Frame[] = [];

  constructor(index: 0 | 1 | 2, { token }: TestMember) {
    this.socket = io(`${three.nodes[index].address}/live`, {
      transports: ['websocket'],
      forceNew: true,
      auth: { token },
    });
    this.socket.on('moderation:changes', (frame: Frame) => this.frames.push(frame));
    sockets.push(this.socket);
  }

  ask(message: string, payload: object): Promise<unknown> {
    return this.socket.emitWithAck(message, payload);
  }

  /** The newest that was told of the comment, once it holds. Other cases may be told of in the same frame, and after it. */
  until(comment: Comment, holds: (change: Change) => boolean): Promise<Change> {
    return new Promise((resolve) => {
      const look = (): void => {
        const newest = this.frames
          .flatMap(({ changes }) => changes)
          .findLast(({ commentId }) => commentId === comment.id);
        if (newest === undefined || !holds(newest)) return;
        this.socket.off('moderation:changes', look);
        resolve(newest);
      };
      this.socket.on('moderation:changes', look);
      look();
    });
  }
}

function given(member: TestMember | undefined): TestMember {
  if (member === undefined) throw new Error('the members were not made');
  return member;
}

async function reported(): Promise<Comment> {
  const { forum } = three.nodes[0];
  const comment = await forum.comment(given(writer), postId);
  const { position } = await forum.done<{ position: string }>('POST', `/api/v1/comments/${comment.id}/reports`, {
    token: given(reader).token,
    body: { reason: 'spam' },
  });
  await three.reached(position);
  return comment;
}

describe('a case that a moderator looks at', () => {
  test('is claimed on every node, under its moderator, until the window is closed', async () => {
    const comment = await reported();
    const [here, there] = [new Window(0, given(sokha)), new Window(1, given(dara))];
    for (const window of [here, there]) await window.ask('moderation:join', {});

    const claim = { by: expect.objectContaining({ handle: 'sokha', displayName: 'Name of sokha' }) };
    expect(await here.ask('moderation:claim', { commentId: comment.id })).toMatchObject({ ok: true, claim });
    await there.until(comment, (change) => change.claim?.by.handle === 'sokha');
    expect(await there.ask('moderation:claim', { commentId: comment.id })).toMatchObject({ ok: true, claim });
    const { forum } = three.nodes[2];
    expect(
      await forum.call('PUT', `/api/v1/moderation/claims/${comment.id}`, { token: given(dara).token }),
    ).toMatchObject({ status: 409, body: { code: 'claimed' } });

    here.socket.close();
    await there.until(comment, (change) => change.claim === null);
    expect(await there.ask('moderation:claim', { commentId: comment.id })).toMatchObject({
      claim: { by: { handle: 'dara' } },
    });
  }, 60_000);

  test('is decided on for all: the other node tells who decided, and what', async () => {
    const comment = await reported();
    const there = new Window(1, given(dara));
    await there.ask('moderation:join', {});

    await three.nodes[0].forum.done('POST', `/api/v1/comments/${comment.id}/decisions`, {
      token: given(sokha).token,
      body: { action: 'remove', reason: 'spam', revision: comment.revision },
    });
    const told = await there.until(comment, (change) => change.list === null);

    expect(told).toMatchObject({ item: null, decision: { action: 'remove', by: { handle: 'sokha' } } });
  }, 60_000);
});

describe('a ban', () => {
  test('ends the connections and sessions of a member on every node', async () => {
    const member = await three.nodes[0].forum.member('banned');
    await three.reached((await three.nodes[0].forum.thread(postId)).position);
    const windows = ([0, 1, 2] as const).map((index) => new Window(index, member));
    const joined = windows.map((window) => window.ask('thread:join', { postId }));
    expect(await Promise.all(joined)).toEqual(windows.map(() => expect.objectContaining({ ok: true })));
    const ended = windows.map(({ socket }) => new Promise<string>((resolve) => socket.on('disconnect', resolve)));

    const path = `/api/v1/members/${member.member.id}/sanctions`;
    await three.nodes[0].forum.done('POST', path, { token: given(sokha).token, body: { kind: 'ban', reason: 'spam' } });

    expect(await Promise.all(ended)).toEqual(windows.map(() => 'io server disconnect'));
    for (const { forum } of three.nodes) {
      expect(await forum.call('GET', '/api/v1/members/me', { token: member.token })).toMatchObject({
        status: 403,
        body: { code: 'banned' },
      });
    }
  }, 60_000);
});
