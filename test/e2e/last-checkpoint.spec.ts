import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from '@jest/globals';
import { parseCheckpoint, parseNote } from '../../libs/transparency/index.ts';
import { startForum } from '../support/running-forum.ts';

const dirs: string[] = [];
afterEach(() => {
  for (const dir of dirs.splice(0)) rmSync(dir, { recursive: true, force: true });
});

/** How many events each of the kept checkpoints is over. */
function signedSizes(dataDir: string): readonly number[] {
  return readFileSync(join(dataDir, 'tree', 'checkpoints'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => parseCheckpoint(parseNote(JSON.parse(line).note).text).size);
}

it('given a forum in its first hour, when it stops gently, then all that it has recorded is signed, and once', async () => {
  const forum = await startForum();
  dirs.push(forum.dataDir);
  const admin = await forum.admin();
  const post = await forum.publish(admin);
  await forum.comment(admin, post.id);
  const recorded = Number(await forum.forum.log.store.head());

  await forum.close({ keep: true });
  expect(signedSizes(forum.dataDir).at(-1)).toBe(recorded);

  const again = await startForum({ env: { DATA_DIR: forum.dataDir } });
  await again.close({ keep: true });
  expect(signedSizes(forum.dataDir).filter((size) => size === recorded)).toHaveLength(1);
});
