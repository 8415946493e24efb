import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import type { TestMember } from '../support/forum-caller.ts';
import { openThread, type Reader, until } from './readers.ts';
import { startThreeNodes, type ThreeNodes } from './three-nodes.ts';

let three: ThreeNodes;
let postId: string;
let writer: TestMember;
let readers: Reader[] = [];

beforeAll(async () => {
  three = await startThreeNodes();
  const { forum } = three.nodes[0];
  const editor = await forum.member('an-editor', ['editor']);
  writer = await forum.member('writer');
  postId = (await forum.publish(editor)).id;
  await three.reached((await forum.thread(postId)).position);
}, 120_000);
afterEach(() => {
  for (const reader of readers) reader.close();
  readers = [];
});
afterAll(() => three?.remove());

async function readOn(index: 0 | 1 | 2, token?: string): Promise<Reader> {
  const { address } = three.nodes[index];
  const reader = await openThread({ address, postId, ...(token === undefined ? {} : { token }) });
  readers.push(reader);
  return reader;
}

/** Resolves once all who still read hear of so many readers. */
async function allHear(count: number, hearers: readonly Reader[] = readers): Promise<void> {
  for (const { session } of hearers) await until(session, () => session.state.presence.readers === count, 60_000);
}

describe('presence on three nodes', () => {
  test('given readers on each of them, is the sum, and follows those who come and go', async () => {
    await readOn(0);
    await readOn(1);
    const second = await readOn(1);
    await readOn(2);
    await allHear(4);
    second.close();
    readers = readers.filter((reader) => reader !== second);
    await allHear(3);
  }, 90_000);

  test('given somebody who writes on one node, names them on the others', async () => {
    const other = await readOn(2);
    const typing = await readOn(0, writer.token);
    typing.session.typing();
    await until(other.session, () => other.session.state.presence.typing.length > 0);
    expect(other.session.state.presence.typing).toEqual(['Name of writer']);
    await until(other.session, () => other.session.state.presence.typing.length === 0, 60_000);
  }, 90_000);

  test('given a node that is gone, no longer counts its readers', async () => {
    const left = await readOn(0);
    await readOn(1);
    await readOn(1);
    await allHear(3, [left]);
    await three.nodes[1].kill();
    await allHear(1, [left]);
  }, 120_000);
});
