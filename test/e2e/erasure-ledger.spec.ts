import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import type { AskedErasure, Erasure } from '../../libs/client/index.ts';
import { PASSWORD } from '../support/forum-caller.ts';
import { runColloquy } from '../support/run-colloquy.ts';
import { type RunningForum, startForum } from '../support/running-forum.ts';
import { until } from '../support/until.ts';

const place = mkdtempSync(join(tmpdir(), 'colloquy-ledger-'));
afterAll(() => rmSync(place, { recursive: true }));

async function ran(words: readonly string[], dataDir: string): Promise<string> {
  const { status, out, said } = await runColloquy(words, { dataDir });
  if (status !== 0) throw new Error(`${words.join(' ')}: ${said}`);
  return out;
}

/** Every key that is gone is gone by an event of the log. Nothing signs the folder, which `verify` finds fault with. */
async function requireRecorded(dataDir: string): Promise<void> {
  const { out, said } = await runColloquy(['verify'], { dataDir });
  expect(out + said).toMatch(/seals: +\d+, of which [1-9]\d* were erased by an event of the log/);
  expect(out + said).not.toContain('no event of the log destroyed it');
}

async function done(forum: RunningForum, id: string): Promise<Erasure> {
  const path = `/api/v1/erasures/${id}`;
  await until(async () => (await forum.done<Erasure>('GET', path)).state === 'done');
  return forum.done('GET', path);
}

test('a backup from before an erasure comes back without what was erased, and goes on', async () => {
  const dataDir = join(place, 'forum');
  const forum = await startForum({ reacts: true, env: { DATA_DIR: dataDir } });
  const admin = await forum.admin();
  const person = await forum.member('gone');
  const post = await forum.publish(admin);
  const [theirs, others] = [await forum.comment(person, post.id), await forum.comment(admin, post.id)];
  await ran(['backup', join(place, 'backup')], dataDir);
  const body = { comments: 'remove', password: PASSWORD, immediately: true };
  const asked = await forum.done<AskedErasure>('POST', '/api/v1/members/me/erasure', { token: person.token, body });
  await done(forum, asked.erasureId);
  const ledger = join(place, 'kept.ledger');
  await ran(['erase', 'ledger', '--out', ledger], dataDir);
  await forum.close();

  const restored = join(place, 'restored');
  const out = await ran(['restore', join(place, 'backup'), '--ledger', ledger, '--json'], restored);
  expect(JSON.parse(out)).toMatchObject({ erased: { erasures: 1, keys: expect.any(Number) } });
  await requireRecorded(restored);
  const again = await startForum({ reacts: true, env: { DATA_DIR: restored } });
  try {
    expect((await done(again, asked.erasureId)).steps.map(({ step }) => step)).toContain('account');
    expect(await again.thread(post.id)).toMatchObject({
      items: [
        { id: theirs.id, status: 'erased', body: null, author: null },
        { id: others.id, status: 'visible' },
      ],
    });
    const signIn = await again.call('POST', '/api/v1/sessions', { body: { login: 'gone', password: PASSWORD } });
    expect(signIn.status).toBe(401);
  } finally {
    await again.close();
  }
  await requireRecorded(restored);
}, 120_000);
