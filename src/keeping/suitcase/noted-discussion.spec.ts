import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Comment } from '../../../libs/client/index.ts';
import { Notebook } from './notebook.ts';
import { NotedDiscussion } from './noted-discussion.ts';

let dir: string;
let notebook: Notebook;
beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), 'noted-discussion-'));
  notebook = await Notebook.begin(dir);
});
afterAll(async () => {
  await notebook?.close();
  rmSync(dir, { recursive: true, force: true });
});

function comment(id: string, body: string): Comment {
  const rest = { author: null, status: 'visible', revision: 0, replyCount: 0, reactions: {} } as const;
  const times = { createdAt: '2015-10-05T08:00:00.000Z', editedAt: null, position: '1' };
  return { id, postId: 'p', parentId: null, depth: 0, body, bodyHtml: `<p>${body}</p>`, ...rest, ...times };
}

async function* inTurn(pages: readonly (readonly Comment[])[]): AsyncGenerator<readonly Comment[]> {
  yield* pages;
}

it('a discussion is given again page by page, in any order, with the page of each comment', async () => {
  const [first, second, third] = [
    [comment('a', 'ที่พัก'), comment('b', 'tea')],
    [comment('c', '😀')],
    [comment('d', 'x')],
  ];
  const noted = await NotedDiscussion.of(notebook, inTurn([first, second, third]));
  expect(noted.pages).toBe(3);
  expect(Object.fromEntries(noted.places)).toEqual({ a: 1, b: 1, c: 2, d: 3 });
  expect([await noted.page(3), await noted.page(1), await noted.page(2)]).toEqual([third, first, second]);
  await expect(noted.page(4)).rejects.toThrow('there is no page 4 of 3');
});

it('the next discussion takes the room of the one before, in a file that its owner alone reads', async () => {
  const long = await NotedDiscussion.of(notebook, inTurn([[comment('e', 'y'.repeat(5_000))]]));
  const { size } = statSync(join(dir, 'notebook'));
  const short = await NotedDiscussion.of(notebook, inTurn([[comment('f', 'z')]]));
  expect(await short.page(1)).toEqual([comment('f', 'z')]);
  expect(long.pages).toBe(1);
  expect(readdirSync(dir)).toEqual(['notebook']);
  expect(statSync(join(dir, 'notebook'))).toMatchObject({ size });
  expect(statSync(join(dir, 'notebook')).mode & 0o777).toBe(0o600);
});
