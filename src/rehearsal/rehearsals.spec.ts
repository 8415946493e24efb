import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { SmallForum } from '../../test/views/small-forum.ts';
import { FIRST_POLICY } from '../domain/policy/policy.settings.ts';
import { Rehearsals } from './rehearsals.ts';

const WISH = { policy: FIRST_POLICY, from: null, to: null };

let forum: SmallForum;
let rehearsals: Rehearsals;
beforeEach(() => {
  rehearsals = new Rehearsals({ file: join(forum.dir, 'log.db'), vaultFile: join(forum.dir, 'vault.db') });
});
beforeAll(async () => {
  forum = await SmallForum.open();
  await forum.member(1);
  await forum.post(1);
  for (let n = 1; n <= 500; n += 1) await forum.comment(n, { post: 1 });
});
afterAll(() => forum.close());

test('given one under way, refuses another; once closed, ends it and takes none', async () => {
  const running = rehearsals.run(WISH);
  const ended = expect(running).rejects.toMatchObject({ code: 'shutting_down' });
  await expect(rehearsals.run(WISH)).rejects.toMatchObject({ code: 'conflict' });
  await rehearsals.close();
  await ended;
  await expect(rehearsals.run(WISH)).rejects.toMatchObject({ code: 'shutting_down' });
});

test('given one whose asker is gone, ends it and takes the next', async () => {
  const gone = new AbortController();
  const running = rehearsals.run(WISH, { signal: gone.signal });
  const ended = expect(running).rejects.toBe('gone');
  gone.abort('gone');
  await ended;
  await expect(rehearsals.run(WISH)).resolves.toMatchObject({ comments: 500 });
});
