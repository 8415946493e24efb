import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Database from 'better-sqlite3';
import type { Comment } from '../../libs/client/index.ts';
import type { TestMember } from '../support/forum-caller.ts';
import { newDataDir } from '../support/served-forum.ts';
import type { ForumNode } from './forum-node.ts';
import { threadOn } from './readers.ts';
import { startThreeNodes, type ThreeNodes } from './three-nodes.ts';
import { viewDigests } from './view-digests.ts';

/** A number that SQLite keeps in a file for its owner: a file that still has it was not built anew. */
const MARK = 7_301;

let three: ThreeNodes;
let postId: string;
let writer: TestMember;

beforeAll(async () => {
  three = await startThreeNodes();
  const { forum } = three.nodes[0];
  const editor = await forum.member('an-editor', ['editor']);
  writer = await forum.member('writer');
  postId = (await forum.publish(editor)).id;
  for (let count = 0; count < 50; count += 1) await forum.comment(writer, postId, { body: `Comment ${count}` });
}, 120_000);
afterAll(() => three?.remove());

/** Starts a node on the directory, with a comment from elsewhere that its views have not seen. */
async function started(dataDir: string): Promise<{ readonly node: ForumNode; readonly last: Comment }> {
  const last = await three.nodes[0].forum.comment(writer, postId, { body: 'Before the new node.' });
  const node = await three.another(dataDir);
  await node.reached(last.position);
  await three.nodes[0].reached(last.position);
  return { node, last };
}

describe('a new node', () => {
  test('given an empty directory, shows what the others show, and takes part', async () => {
    const { node } = await started(newDataDir());
    expect(await threadOn(node.forum, postId)).toEqual(await threadOn(three.nodes[0].forum, postId));
    const own = await node.forum.comment(writer, postId, { body: 'By the new node.' });
    await three.reached(own.position);
    expect(await threadOn(three.nodes[1].forum, postId)).toEqual(await threadOn(node.forum, postId));
  }, 120_000);

  test('given a copy of a stopped node’s views, reads on from there', async () => {
    await three.nodes[2].end();
    const dataDir = newDataDir();
    cpSync(join(three.nodes[2].dataDir, 'views'), join(dataDir, 'views'), { recursive: true });
    for (const file of viewFiles(dataDir)) mark(file);
    const { node, last } = await started(dataDir);
    expect(viewFiles(dataDir).map(markOf)).toEqual(viewFiles(dataDir).map(() => MARK));
    expect(await threadOn(node.forum, postId)).toEqual(await threadOn(three.nodes[0].forum, postId));

    await three.nodes[2].start();
    await three.reached(last.position);
    await node.searchesReached(last.position);
    await node.end();
    const [digests] = await three.digests();
    expect(viewDigests(dataDir)).toEqual(digests);
  }, 120_000);
});

function viewFiles(dataDir: string): readonly string[] {
  const dir = join(dataDir, 'views');
  return readdirSync(dir)
    .filter((name) => name.endsWith('.db'))
    .map((name) => join(dir, name));
}

function mark(file: string): void {
  const db = new Database(file);
  db.pragma(`user_version = ${MARK}`);
  db.close();
}

function markOf(file: string): unknown {
  const db = new Database(file, { readonly: true });
  try {
    return db.pragma('user_version', { simple: true });
  } finally {
    db.close();
  }
}
