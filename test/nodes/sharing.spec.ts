import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { Comment, CommentPage } from '../../libs/client/index.ts';
import type { Answer, TestMember } from '../support/forum-caller.ts';
import { TestSocket } from '../support/live-socket.ts';
import { FrontDoor } from './front-door.ts';
import { alike, logThrough, startThreeNodes, type ThreeNodes } from './three-nodes.ts';

/** How far one of the nodes is behind the others, in milliseconds, so that none agrees with them by chance. */
const LAG_MS = 150;

let three: ThreeNodes;
let longLine: FrontDoor;
let editor: TestMember;
let writer: TestMember;
let postId: string;
let slug: string;
let sockets: TestSocket[] = [];

beforeAll(async () => {
  three = await startThreeNodes({
    logUrl: async (index, log) => {
      if (index !== 2) return log.url;
      longLine = await FrontDoor.open(() => [log.port], { lagMs: LAG_MS });
      return logThrough(longLine, log);
    },
  });
  const [first] = three.nodes;
  const caller = first.forum;
  editor = await caller.member('an-editor', ['editor', 'moderator']);
  writer = await caller.member('writer');
  const post = await caller.publish(editor);
  postId = post.id;
  slug = post.slug;
  const position = await positionOf(first.address);
  await Promise.all(three.nodes.map((node) => node.reached(position)));
}, 120_000);
afterEach(() => {
  for (const socket of sockets) socket.close();
  sockets = [];
});
afterAll(async () => {
  await three?.remove();
  await longLine?.close();
});

/** The position that a node shows now. */
async function positionOf(address: string): Promise<string> {
  const answer = await fetch(`${address}/api/v1/posts?limit=1`);
  return answer.headers.get('colloquy-position') ?? '';
}

async function comment(address: string, body: string, id = randomUUID()): Promise<Answer> {
  const node = three.nodes.find((one) => one.address === address);
  if (node === undefined) throw new Error(`no node at ${address}`);
  return node.forum.call('POST', `/api/v1/posts/${postId}/comments`, { token: writer.token, body: { id, body } });
}

const at = (index: 0 | 1 | 2): string => three.nodes[index].address;

describe('the tree over the log', () => {
  /** Size and root, which all nodes must agree on; the name is each node's own here. */
  const statement = async (address: string): Promise<readonly string[]> =>
    (await (await fetch(`${address}/api/v1/audit/checkpoint`)).text()).split('\n').slice(1, 3);

  test('has the same root, the same proofs and the same tiles on every node, each of which builds its own', async () => {
    const { position } = bodyOf<{ position: string }>(await comment(at(1), 'Said for the record.'), 201);
    const [signed = []] = await Promise.all(three.nodes.map(({ address }) => statement(address)));
    const size = Number(signed[0]);
    expect(size).toBeGreaterThan(5);
    for (const address of [at(0), at(1), at(2)]) expect(await statement(address)).toEqual(signed);
    const paths = [
      ...Array.from({ length: size - 1 }, (_, older) => `proofs/consistency?from=${older + 1}&to=${size}`),
      `tlog/tile/0/000.p/${size}`,
      `tlog/tile/entries/000.p/${size}`,
    ];
    for (const path of paths) {
      const answers = await Promise.all(
        three.nodes.map(async ({ address }) => {
          const answer = await fetch(`${address}/api/v1/audit/${path}`);
          return [answer.status, Buffer.from(await answer.arrayBuffer()).toString('base64')];
        }),
      );
      expect(answers[0]?.[0]).toBe(200);
      expect(answers).toEqual([answers[0], answers[0], answers[0]]);
    }
    for (const address of [at(0), at(1), at(2)]) {
      const answer = await fetch(`${address}/api/v1/audit/proofs/inclusion?position=${position}`);
      expect(await answer.json()).toMatchObject({ index: size - 1, size });
    }
  });
});

describe('a comment that is posted on one node', () => {
  test('given readers on every node, reaches each of them once, the same', async () => {
    // What was said before is none of it: a node that is behind would tell it those who came meanwhile.
    const before = {
      'colloquy-after': (await comment(at(0), 'Said before they came.')).headers.get('colloquy-position') ?? '',
    };
    for (const { forum } of three.nodes) {
      expect((await forum.call('GET', `/api/v1/posts/${postId}/comments`, { headers: before })).status).toBe(200);
    }
    sockets = await Promise.all(three.nodes.map(({ address }) => new TestSocket(address).connected()));
    for (const socket of sockets) await socket.ask('thread:join', { postId });
    const posted: Comment[] = [];
    for (const index of [0, 1, 2] as const) {
      const answer = await comment(at(index), `Said on node ${index}.`);
      posted.push(bodyOf<{ comment: Comment }>(answer, 201).comment);
    }
    const heard = (socket: TestSocket) => socket.of('thread:changes').flatMap(({ changes }) => changes);
    for (const socket of sockets) await socket.until(() => heard(socket).length >= posted.length);
    for (const socket of sockets) {
      expect(heard(socket)).toEqual(
        posted.map((one) => ({ position: one.position, at: expect.any(String), kind: 'comment-posted', comment: one })),
      );
    }
  });

  test('is read on any other by whoever names its position', async () => {
    for (let round = 0; round < 3; round += 1) {
      for (const index of [0, 1, 2] as const) {
        const answer = await comment(at(index), `Round ${round} on node ${index}.`);
        const { comment: posted, position } = bodyOf<{ comment: Comment; position: string }>(answer, 201);
        expect(answer.headers.get('colloquy-position')).toBe(position);
        const others = three.nodes.filter((node) => node.address !== at(index));
        for (const other of others) {
          const read = await other.forum.call('GET', `/api/v1/posts/${postId}/comments?sort=newest&limit=1`, {
            headers: { 'colloquy-after': position },
          });
          expect(bodyOf<CommentPage>(read, 200).items).toEqual([posted]);
        }
      }
    }
  });

  test('given a form on one node, is on the page of another that its answer leads to', async () => {
    const cookie = `colloquy_session=${writer.token}`;
    const sent = await three.nodes[0].forum.call('POST', `/posts/${slug}/comments`, {
      raw: new URLSearchParams({ body: 'Written without JavaScript.', parentId: '', sort: 'newest' }).toString(),
      headers: { 'content-type': 'application/x-www-form-urlencoded', cookie },
    });
    expect(sent.status).toBe(303);
    const page = await three.nodes[2].forum.call('GET', sent.headers.get('location') ?? '', { headers: { cookie } });
    expect(page).toMatchObject({ status: 200, body: expect.stringContaining('Written without JavaScript.') });
  });

  test('given the same id on all three at once, is recorded once and answered the same', async () => {
    for (let round = 0; round < 3; round += 1) {
      const id = randomUUID();
      const answers = await Promise.all(three.nodes.map(({ address }) => comment(address, 'To be sure.', id)));
      expect(answers.map(({ status }) => status)).toEqual([201, 201, 201]);
      const [first] = answers;
      expect(answers.map(({ body }) => body)).toEqual([first?.body, first?.body, first?.body]);
    }
  });

  test('given other words under the same id on another node, is a conflict there', async () => {
    const id = randomUUID();
    expect((await comment(at(0), 'Some words.', id)).status).toBe(201);
    expect(await comment(at(1), 'Other words.', id)).toMatchObject({ status: 409, body: { code: 'id_taken' } });
  });

  test('given edits of one revision on all three at once, is edited once', async () => {
    const id = randomUUID();
    const { comment: posted, position } = bodyOf<{ comment: Comment; position: string }>(
      await comment(at(0), 'First words.', id),
      201,
    );
    await Promise.all(three.nodes.map((node) => node.reached(position)));
    const edits = await Promise.all(
      three.nodes.map((node, index) =>
        node.forum.call('PATCH', `/api/v1/comments/${id}`, {
          token: writer.token,
          body: { body: `Words of node ${index}.`, revision: posted.revision },
        }),
      ),
    );
    expect(edits.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const won = edits.find(({ status }) => status === 200);
    const after = won?.headers.get('colloquy-position') ?? '';
    for (const node of three.nodes) {
      const read = await node.forum.call('GET', `/api/v1/comments/${id}`, { headers: { 'colloquy-after': after } });
      expect(read.body).toEqual(won?.body);
    }
  });

  test('given its removal on another node, is gone on all', async () => {
    const { comment: posted } = bodyOf<{ comment: Comment }>(await comment(at(0), 'Not for long.'), 201);
    const removed = await three.nodes[1].forum.call('DELETE', `/api/v1/comments/${posted.id}`, {
      token: writer.token,
      headers: { 'colloquy-after': posted.position },
    });
    const left = bodyOf<Comment>(removed, 200);
    expect(left).toMatchObject({ id: posted.id, status: 'removed', body: null, author: null });
    for (const node of three.nodes) {
      const read = await node.forum.call('GET', `/api/v1/comments/${posted.id}`, {
        headers: { 'colloquy-after': left.position },
      });
      expect(read).toMatchObject({ status: 200, body: left });
    }
  });
});

describe('a name that is to be unique', () => {
  test('given its registration on all three nodes at once, is given once', async () => {
    for (let round = 0; round < 3; round += 1) {
      const handle = `somebody-${round}`;
      const answers = await Promise.all(
        three.nodes.map((node, index) => register(node.address, handle, `${handle}-${index}@example.org`)),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
      const refused = answers.filter(({ status }) => status === 409);
      expect(refused.map(({ body }) => body)).toEqual([
        expect.objectContaining({ code: 'handle_taken' }),
        expect.objectContaining({ code: 'handle_taken' }),
      ]);
    }
  });

  test('given the very same registration on all three nodes at once, makes one member', async () => {
    const answers = await Promise.all(
      three.nodes.map((node) => register(node.address, 'the-same', 'the-same@example.org')),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409, 409]);
  });

  async function register(address: string, handle: string, email: string): Promise<Answer> {
    const node = three.nodes.find((one) => one.address === address);
    if (node === undefined) throw new Error(`no node at ${address}`);
    const body = { handle, displayName: handle, email, password: 'correct horse battery' };
    return node.forum.call('POST', '/api/v1/members', { body });
  }
});

describe('a session', () => {
  test('given a token of one node, is known on the others at once, and after its end on none', async () => {
    const { token } = await three.nodes[0].forum.signIn('writer');
    for (const node of three.nodes) {
      const me = await node.forum.call('GET', '/api/v1/members/me', { token });
      expect(me).toMatchObject({ status: 200, body: { id: writer.member.id, handle: 'writer' } });
    }
    const ended = await three.nodes[1].forum.call('DELETE', '/api/v1/sessions/current', { token });
    const after = ended.headers.get('colloquy-position') ?? '';
    for (const node of three.nodes) {
      const me = await node.forum.call('GET', '/api/v1/members/me', { token, headers: { 'colloquy-after': after } });
      expect(me).toMatchObject({ status: 401, body: { code: 'unauthenticated' } });
    }
  });

  test('given its end on one node, ends its live connections on all, and those of no other session', async () => {
    const [ended, other] = [await three.nodes[0].forum.signIn('writer'), await three.nodes[0].forum.signIn('writer')];
    const connected = ({ token }: { readonly token: string }) =>
      Promise.all(three.nodes.map(({ address }) => new TestSocket(address, { token }).connected()));
    const [of, others] = [await connected(ended), await connected(other)];
    sockets.push(...of, ...others);
    for (const socket of [...of, ...others]) {
      socket.io.io.reconnection(false);
      await socket.ask('thread:join', { postId });
    }
    await three.nodes[1].forum.call('DELETE', '/api/v1/sessions/current', { token: ended.token });

    await Promise.all(of.map((socket) => socket.until(() => !socket.io.connected)));
    expect(others.map(({ io }) => io.connected)).toEqual([true, true, true]);
  });
});

describe('a role', () => {
  test('given on one node, counts on the others, and no longer when it was taken on a third', async () => {
    const admin = await three.nodes[0].forum.signIn('the-admin');
    const member = await three.nodes[0].forum.member('to-be-editor');
    const setRoles = async (address: 0 | 1 | 2, roles: readonly string[]): Promise<string> => {
      const path = `/api/v1/members/${member.member.id}/roles`;
      const answer = await three.nodes[address].forum.call('PUT', path, { token: admin.token, body: { roles } });
      expect(answer.status).toBe(200);
      return answer.headers.get('colloquy-position') ?? '';
    };
    const tryOnAll = async (after: string): Promise<readonly number[]> => {
      const statuses: number[] = [];
      for (const node of three.nodes) {
        await node.reached(after);
        const body = { title: 'May I?', body: 'Text.' };
        statuses.push((await node.forum.call('POST', '/api/v1/posts', { token: member.token, body })).status);
      }
      return statuses;
    };
    expect(await tryOnAll(await positionOf(at(0)))).toEqual([403, 403, 403]);
    expect(await tryOnAll(await setRoles(1, ['editor']))).toEqual([201, 201, 201]);
    expect(await tryOnAll(await setRoles(2, []))).toEqual([403, 403, 403]);
  });
});

describe('at the end', () => {
  test('all nodes’ views hold the same', async () => {
    const digests = await three.digests();
    expect(digests).toEqual(alike(digests));
  });
});

function bodyOf<Body>(answer: Answer, status: number): Body {
  expect(answer).toMatchObject({ status });
  const body: Body = JSON.parse(JSON.stringify(answer.body));
  return body;
}
