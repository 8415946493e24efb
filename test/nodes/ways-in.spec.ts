import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Passkey, PasskeyCreation, Session } from '../../libs/client/index.ts';
import { ForumCaller, PASSWORD, type TestMember } from '../support/forum-caller.ts';
import { TestSocket } from '../support/live-socket.ts';
import { SoftAuthenticator } from '../support/soft-authenticator.ts';
import { codeOf, requestOptions, turnOn } from '../support/two-factors.ts';
import { startThreeNodes, type ThreeNodes } from './three-nodes.ts';

/** Milliseconds within which every node knows that a session has ended. */
const KNOWN_WITHIN_MS = 1_000;

let three: ThreeNodes;
let postId: string;

beforeAll(async () => {
  three = await startThreeNodes();
  const { forum } = three.nodes[0];
  postId = (await forum.publish(await forum.admin())).id;
}, 120_000);
afterAll(() => three?.remove());

const forumAt = (index: 0 | 1 | 2) => three.nodes[index].forum;
const INDEXES = [0, 1, 2] as const;
const member = (handle: string): Promise<TestMember> => forumAt(0).member(handle);
const me = async (index: 0 | 1 | 2, token: string): Promise<number> =>
  (await forumAt(index).call('GET', '/api/v1/members/me', { token })).status;

describe('on three nodes', () => {
  test('sessions that were ended on one are refused by all within a second, and their live connections are closed', async () => {
    const { token } = await member('ends-all');
    const others = await Promise.all(
      INDEXES.map((index) => {
        const body = { login: 'ends-all', password: PASSWORD };
        return forumAt(index).done<Session>('POST', '/api/v1/sessions', { body });
      }),
    );
    const sockets = await Promise.all(
      INDEXES.map(async (index) => {
        const socket = await new TestSocket(three.nodes[index].address, { token: others[index]?.token }).connected();
        socket.io.io.reconnection(false);
        await socket.ask('thread:join', { postId });
        return socket;
      }),
    );
    const ended = forumAt(1).call('DELETE', '/api/v1/sessions', { token });
    expect((await ended).status).toBe(204);
    const since = performance.now();
    for (const socket of sockets) await socket.until(() => !socket.io.connected);
    for (const index of INDEXES) {
      for (const other of others) while ((await me(index, other.token)) !== 401) await new Promise(setImmediate);
    }
    expect(performance.now() - since).toBeLessThan(KNOWN_WITHIN_MS);
    for (const index of INDEXES) expect(await me(index, token)).toBe(200);
  });

  test('a code opens one session, however many nodes it is sent to at once', async () => {
    const { secret } = await turnOn(forumAt(0), await member('guarded'));
    const body = { login: 'guarded', password: PASSWORD, code: codeOf(secret) };
    const enter = (index: 0 | 1 | 2) => forumAt(index).call('POST', '/api/v1/sessions', { body });
    const answers = await Promise.all(INDEXES.map(enter));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 401, 401]);
    for (const index of INDEXES) expect(await enter(index)).toMatchObject({ status: 401 });
  });

  test('a recovery code opens one session', async () => {
    const { recoveryCodes } = await turnOn(forumAt(0), await member('lost-phone'));
    const body = { login: 'lost-phone', password: PASSWORD, code: recoveryCodes[3] };
    const answers = await Promise.all(
      INDEXES.map((index) => forumAt(index).call('POST', '/api/v1/sessions', { body })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 401, 401]);
  });

  test('a passkey is asked for on one, answered on another, and its challenge counts once', async () => {
    const { token } = await member('keyed');
    const named = INDEXES.map((index) => new ForumCaller(`http://localhost:${three.nodes[index].port}`));
    const [first, second, third] = named;
    if (first === undefined || second === undefined || third === undefined) throw new Error('three nodes have names');
    const authenticator = new SoftAuthenticator(first.url);
    const path = '/api/v1/members/me/passkeys';
    const options = await second.done<PasskeyCreation>('POST', `${path}/options`, { token });
    const added = { passkey: authenticator.create(options, { origin: third.url }), name: 'Key' };
    await third.done<Passkey>('POST', path, { token, body: added });
    const asked = await requestOptions(first);
    const answers = await Promise.all(
      named.map((node) => {
        const body = { passkey: authenticator.get(asked, { origin: node.url }) };
        return node.call('POST', '/api/v1/sessions', { body });
      }),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 401, 401]);
  });
});
