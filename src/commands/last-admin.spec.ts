import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type Command, DomainError } from '../../libs/kernel/index.ts';
import type { Role } from '../../libs/words/index.ts';
import { metaOf } from '../../test/support/given.ts';
import { openRecordingForum, type RecordingForum } from '../../test/support/recording-forum.ts';
import { ChangeRoles, EraseMember, RegisterMember } from '../domain/member/member.commands.ts';
import { SanctionMember } from '../domain/sanction/sanction.commands.ts';

const ROUNDS = 25;

let forum: RecordingForum;
let x: string;
let y: string;
let z: string;

beforeEach(async () => {
  forum = await openRecordingForum();
  [x, y, z] = [await register(['admin']), await register(['admin']), await register([])];
});
afterEach(() => forum.close());

const meta = (actor: string) => metaOf({ commandId: randomUUID(), actor, now: new Date().toISOString() });
const roles = (actor: string, memberId: string, given: readonly Role[]) =>
  new ChangeRoles({ memberId, roles: given }, meta(actor));
const erasure = (memberId: string) => new EraseMember({ memberId, erasureId: randomUUID() }, meta('system'));
const outcome = (command: Command): Promise<string> =>
  forum.commands.execute(command).then(
    () => 'recorded',
    (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
  );
const outcomes = (...commands: readonly Command[]) => Promise.all(commands.map(outcome));
const admins = () => forum.facts.admins(x, new Date().toISOString());

async function register(given: readonly Role[]): Promise<string> {
  const memberId = randomUUID();
  const data = { memberId, handle: `m${memberId.slice(0, 8)}`, displayName: 'One', email: null, passwordHash: null };
  await forum.commands.execute(
    new RegisterMember({ ...data, locale: 'en', roles: given, emailReserved: false }, meta('system')),
  );
  return memberId;
}

describe('of two admins, one stays', () => {
  test('when both take the role from each other at once, round after round', async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      expect((await outcomes(roles(x, y, []), roles(y, x, []))).sort()).toEqual(['last_admin', 'recorded']);
      const left = (await admins()) ?? [];
      expect(left).toHaveLength(1);
      const [stays = ''] = left;
      expect(await outcome(roles(stays, stays === x ? y : x, ['admin']))).toBe('recorded');
    }
  });

  test('when one takes the role from the other, whose account is erased or who erases', async () => {
    expect((await outcomes(roles(x, y, []), erasure(x))).sort()).toEqual(['last_admin', 'recorded']);
    expect(await admins()).toHaveLength(1);
  });

  test('when both accounts are erased at once', async () => {
    expect((await outcomes(erasure(x), erasure(y))).sort()).toEqual(['last_admin', 'recorded']);
    expect(await admins()).toHaveLength(1);
  });
});

test('of many admins who all take the role from the next one, one stays', async () => {
  const all = [x, y, ...(await Promise.all(Array.from({ length: 2 }, () => register(['admin']))))];
  const answers = await outcomes(...all.map((one, index) => roles(one, all[(index + 1) % all.length] ?? x, [])));
  expect(answers.filter((answer) => answer === 'recorded')).toHaveLength(all.length - 1);
  expect(await admins()).toHaveLength(1);
});

test('a banned member with the role is no other admin', async () => {
  const by = { memberId: x, roles: ['member', 'admin'] as const };
  const [data, words] = [
    { memberId: z, sanctionId: randomUUID(), kind: 'ban', until: null },
    { reason: 'spam', statement: 'Spam.', commentId: null },
  ] as const;
  expect(await outcome(new SanctionMember({ ...data, ...words, by }, meta(x)))).toBe('recorded');
  expect(await outcome(roles(x, z, ['admin']))).toBe('recorded');
  expect(await outcomes(roles(x, y, []))).toEqual(['recorded']);
  expect(await outcome(roles(z, x, []))).toBe('last_admin');
});

test('who is made an admin again counts at once', async () => {
  expect(await outcome(roles(x, y, []))).toBe('recorded');
  expect(await outcome(roles(x, y, ['admin']))).toBe('recorded');
  expect(await outcome(roles(y, x, []))).toBe('recorded');
  expect(await admins()).toEqual([y]);
});

test('whoever is no admin changes roles and goes without a word about admins', async () => {
  expect(await outcomes(roles(x, z, ['moderator']), erasure(z))).toEqual(['recorded', 'recorded']);
  expect(await forum.events('leaving-admins')).toEqual([]);
});
