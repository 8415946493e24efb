import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { openRecordingForum, type RecordingForum } from '../../test/support/recording-forum.ts';
import { SetPolicy } from '../domain/policy/policy.commands.ts';
import { FIRST_POLICY, type Policy } from '../domain/policy/policy.settings.ts';
import { NO_ADMINS } from './admins.ts';
import { NO_RECORDS } from './author-records.ts';
import { ForumFacts } from './forum-facts.ts';

let forum: RecordingForum;
beforeEach(async () => {
  forum = await openRecordingForum();
});
afterEach(() => forum.close());

const policyWith = (word: string): Policy => ({
  rules: FIRST_POLICY.rules.map((rule) => (rule.rule === 'banned-words' ? { ...rule, words: [word] } : rule)),
});

async function set(version: number): Promise<void> {
  const meta = { actor: 'a-moderator', now: '2015-10-05T08:00:00.000Z', correlationId: 'x', causationId: null };
  const data = { version, policy: policyWith(`word${version}`), restores: null, note: '' };
  await forum.commands.execute(new SetPolicy(data, { ...meta, commandId: randomUUID() }));
}

it('is found among many versions without reading them all, by however many ask at once', async () => {
  const many = 40;
  for (let version = 1; version <= many; version += 1) await set(version);

  const started = new ForumFacts(forum.store, NO_RECORDS, NO_ADMINS);
  const before = forum.store.stats().eventsRead;
  const asked = await Promise.all(Array.from({ length: 20 }, () => started.policy()));

  expect(new Set(asked)).toEqual(new Set([{ version: many, policy: policyWith(`word${many}`) }]));
  expect(new Set(asked).size).toBe(1);
  expect(forum.store.stats().eventsRead - before).toBeLessThan(many / 2);
});

it('is the one that was set last, whoever set it', async () => {
  const other = new ForumFacts(forum.store, NO_RECORDS, NO_ADMINS);
  expect((await other.policy()).version).toBe(0);
  for (const version of [1, 2, 3]) {
    await set(version);
    expect((await forum.facts.policy()).version).toBe(version);
  }
  expect(await other.policy()).toEqual({ version: 3, policy: policyWith('word3') });
});
