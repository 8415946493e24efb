import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Comment } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { Writers } from '../support/writers.ts';
import { newestOf, openThread, type Reader, shownAt, threadOn } from './readers.ts';
import { alike, startThreeNodes, type ThreeNodes } from './three-nodes.ts';

const ROUNDS = process.env['COLLOQUY_LONG'] === undefined ? 2 : 30;
const WRITERS = 6;
const READERS = 6;

describe(`nodes that are killed one after the other, ${ROUNDS} times, while people read and write over one address`, () => {
  let three: ThreeNodes;
  let postId: string;
  let writers: Writers;
  let readers: Reader[] = [];
  /** What readers posted over their live connection, by its id. */
  const own = new Map<string, string>();
  let thread: readonly Comment[];

  beforeAll(
    async () => {
      three = await startThreeNodes();
      const { forum } = three.nodes[0];
      const editor = await forum.member('an-editor', ['editor']);
      const people: TestMember[] = [];
      for (const handle of ['ana', 'bob', 'cam']) people.push(await forum.member(handle));
      postId = (await forum.publish(editor)).id;
      await three.reached((await forum.thread(postId)).position);
      const { address } = three.door;
      const tokens = people.map(({ token }) => token);
      writers = new Writers({ count: WRITERS, posts: [postId], tokens, address: async () => address, patient: true });
      const opened = Array.from({ length: READERS }, (_, index) =>
        openThread({ address, postId, ...tokenOf(tokens[index]) }),
      );
      readers = await Promise.all(opened);
      for (let round = 0; round < ROUNDS; round += 1) {
        const node = three.nodes[round % 3] ?? three.nodes[0];
        await writers.until(writers.acknowledged.size + 20);
        sayOnAll(round, tokens.length);
        await node.kill();
        await writers.until(writers.acknowledged.size + 20);
        await node.start();
      }
      await writers.until(writers.acknowledged.size + 20);
      await writers.stop();
      await Promise.all(readers.map(({ session }) => emptied(session)));
      thread = await threadOn(three.nodes[0].forum, postId);
    },
    60_000 + ROUNDS * 20_000,
  );

  afterAll(async () => {
    for (const reader of readers) reader.close();
    await three?.remove();
  });

  /** Each reader with an account posts, moments before its node is gone. */
  function sayOnAll(round: number, accounts: number): void {
    for (const [index, { session }] of readers.slice(0, accounts).entries()) {
      const body = `Round ${round} of reader ${index}`;
      own.set(session.post(body), body);
    }
  }

  test('cut requests and live connections in the middle', () => {
    expect(writers.lost).toBeGreaterThan(0);
    const reconnections = readers.map((reader) => reader.reconnections()).reduce((sum, count) => sum + count, 0);
    expect(reconnections).toBeGreaterThanOrEqual(ROUNDS);
  });

  test('refused nothing, and left nothing unsent', () => {
    expect(writers.refused).toEqual([]);
    expect(readers.flatMap(({ session }) => session.state.outbox)).toEqual([]);
  });

  test('lost and doubled no comment', () => {
    const sent = [...[...writers.acknowledged.values()].map(({ id, body }) => [id, body] as const), ...own];
    expect(thread.map(({ id, body }) => [id, body]).sort()).toEqual(sent.map(([id, body]) => [id, body]).sort());
  });

  test('left every reader with the whole thread', async () => {
    for (const reader of readers) expect(await shownAt(reader, newestOf(thread))).toEqual(thread);
  });

  test('left all nodes with the same', async () => {
    for (const node of three.nodes) {
      await node.reached(newestOf(thread));
      expect(await threadOn(node.forum, postId)).toEqual(thread);
    }
    const digests = await three.digests();
    expect(digests).toEqual(alike(digests));
  });
});

function tokenOf(token: string | undefined): { readonly token?: string } {
  return token === undefined ? {} : { token };
}

/** Resolves once the reader has nothing unsent. */
async function emptied(session: Reader['session']): Promise<void> {
  while (session.state.outbox.length > 0) {
    await new Promise<void>((resolve) => {
      const stop = session.subscribe(() => {
        stop();
        resolve();
      });
    });
  }
}
