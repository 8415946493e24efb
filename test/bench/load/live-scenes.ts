import type { Socket } from 'socket.io-client';
import { sendJson } from '../../support/forum-account.ts';
import { newId, sampleComment } from '../sample.ts';
import { connect, request } from './live-sockets.ts';

/** What all readers are sent when something has changed. */
export interface ChangesPayload {
  readonly changes: readonly Change[];
}

export interface Change {
  readonly comment?: { readonly id: string };
  readonly commentId?: string;
}

/** A thread whose readers wait for the comments of one member. */
export interface ThreadScene {
  readonly kind: 'thread';
  readonly postId: string;
  readonly token: string;
}

/** Threads whose readers are as many in each; the comments come to one after the other. */
export interface PagesScene {
  readonly kind: 'pages';
  readonly postIds: readonly string[];
  readonly token: string;
}

/** The queue, a window for each moderator, into which one member's reports bring one comment after the other. */
export interface QueueScene {
  readonly kind: 'queue';
  readonly moderators: readonly string[];
  readonly reporter: string;
  /** A comment for each change, that nobody has reported yet. */
  readonly commentIds: readonly string[];
}

/** A bare room: what it shall broadcast, and as which message. */
export interface RoomScene {
  readonly kind: 'room';
  readonly message: string;
  readonly payload: ChangesPayload;
}

export type Scene = ThreadScene | PagesScene | QueueScene | RoomScene;

/** How a scene is read and changed. */
export interface Played {
  /** The message by which readers hear of a change. */
  readonly message: string;
  join(reader: number): Promise<Socket>;
  /** The comment that the change will be about, and what brings it about. */
  change(number: number): { readonly commentId: string; readonly send: () => Promise<void> };
  /** How many of so many readers are told of a change; all of them unless told. */
  told?(readers: number): number;
}

/** Connects who changes things in the scene; its readers join one by one. */
export function play(address: string, scene: Scene): Promise<Played> {
  switch (scene.kind) {
    case 'thread':
      return playThread(address, scene);
    case 'pages':
      return playPages(address, scene);
    case 'queue':
      return Promise.resolve(playQueue(address, scene));
    case 'room':
      return playRoom(address, scene);
    default:
      return scene satisfies never;
  }
}

/** The comment that a change is about. */
export function commentOf(change: Change | undefined): string | undefined {
  return change?.comment?.id ?? change?.commentId;
}

async function playThread(address: string, { postId, token }: ThreadScene): Promise<Played> {
  const writer = await connect(address, { token });
  return {
    message: 'thread:changes',
    join: async () => {
      const socket = await connect(address, {});
      await request(socket, 'thread:join', { postId });
      return socket;
    },
    change: (number) => {
      const commentId = newId();
      const comment = { id: commentId, postId, body: sampleComment(number) };
      return { commentId, send: () => request(writer, 'comment:post', comment) };
    },
  };
}

async function playPages(address: string, { postIds, token }: PagesScene): Promise<Played> {
  const writer = await connect(address, { token });
  const page = (number: number): string => postIds[number % postIds.length] ?? '';
  return {
    message: 'thread:changes',
    join: async (reader) => {
      const socket = await connect(address, {});
      await request(socket, 'thread:join', { postId: page(reader) });
      return socket;
    },
    change: (number) => {
      const commentId = newId();
      const comment = { id: commentId, postId: page(number), body: sampleComment(number) };
      return { commentId, send: () => request(writer, 'comment:post', comment) };
    },
    told: (readers) => readers / postIds.length,
  };
}

function playQueue(address: string, { moderators, reporter, commentIds }: QueueScene): Played {
  return {
    message: 'moderation:changes',
    join: async (reader) => {
      const socket = await connect(address, { token: moderators[reader] });
      await request(socket, 'moderation:join', {});
      return socket;
    },
    change: (number) => {
      const commentId = commentIds[number];
      if (commentId === undefined) throw new Error(`no comment ${number}, there are ${commentIds.length}`);
      const reports = `${address}/api/v1/comments/${commentId}/reports`;
      return { commentId, send: () => sendJson<void>(reports, 'POST', { reason: 'spam' }, reporter) };
    },
  };
}

async function playRoom(address: string, { message, payload }: RoomScene): Promise<Played> {
  const sender = await connect(address, {});
  const commentId = commentOf(payload.changes[0]);
  if (commentId === undefined) throw new Error('the payload is about no comment: has the other side run before?');
  return {
    message,
    join: () => connect(address, {}),
    change: () => ({ commentId, send: () => request(sender, 'broadcast', { message, payload }) }),
  };
}
