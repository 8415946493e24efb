import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DomainError } from '../../libs/kernel/index.ts';
import type { Role } from '../../libs/words/index.ts';
import { metaOf } from '../../test/support/given.ts';
import { openRecordingForum, type RecordingForum } from '../../test/support/recording-forum.ts';
import { ChangeProfile, ChangeRoles } from '../domain/member/member.commands.ts';
import type { Registration } from './register-member.ts';

let forum: RecordingForum;
beforeEach(async () => {
  forum = await openRecordingForum();
});
afterEach(() => forum.close());

const linh: Registration = {
  handle: 'linh',
  displayName: 'Linh',
  email: 'linh@example.org',
  password: 'a long password',
  locale: 'vi',
};
const meta = (commandId: string = randomUUID()) => {
  const { actor: _, ...rest } = metaOf({ commandId });
  return rest;
};
const register = (wish: Registration, by = meta()) => forum.registration.register(wish, by);
const refusalOf = (wish: Registration) =>
  register(wish).then(
    () => 'registered',
    (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
  );

describe('a display name', () => {
  const anna: Registration = { ...linh, handle: 'anna-1', displayName: 'Anna', email: 'anna-1@example.org' };
  const namesake = { ...anna, handle: 'anna-2', email: 'anna-2@example.org' };
  const refusalOfName = (displayName: string, memberId: string = randomUUID()) =>
    forum.registration.refuseImitation(displayName, memberId).then(
      () => 'free',
      (error: unknown) =>
        error instanceof DomainError ? error.errors.map(({ field }) => field).join() : String(error),
    );

  test('may be shared by people who hold no role', async () => {
    await register(linh);
    await register(anna);
    expect(await refusalOf(namesake)).toBe('registered');
  });

  test('of one who holds a role, and its handle, are nobody else’s, however they are written', async () => {
    await register(linh);
    const { memberId } = await register({ ...anna, roles: ['moderator'] });
    expect(await refusalOf(namesake)).toBe('invalid');
    for (const name of ['anna', 'ANNA', 'A n n a', 'Anna.', 'Ꭺnna', 'Anna-1', 'anna1', 'Linh', '1inh'])
      expect([name, await refusalOfName(name)]).toEqual([name, 'displayName']);
    expect(await refusalOfName('anna 1', memberId)).toBe('free');
    for (const name of ['Ánna', 'Änñâ', '4nn4', 'ᴀɴɴᴀ', 'Anna!', 'Lĭnh'])
      expect([name, await refusalOfName(name)]).toEqual([name, 'displayName']);
    for (const name of ['Annabel', 'Hanna', 'Anna K.', 'Ana'])
      expect([name, await refusalOfName(name)]).toEqual([name, 'free']);
  });

  test('and a handle with other marks and digits are another member’s, unless that one holds a role', async () => {
    await register({ ...linh, handle: 'boss', displayName: 'Boss', email: 'boss@example.org' });
    await register({ ...linh, handle: 'alice', displayName: 'Alice', email: 'alice@example.org' });
    const as = (handle: string, displayName = 'Somebody') => refusalOf({ ...linh, handle, displayName });
    for (const handle of ['bo55', 'b-o-s-s', 'boss_', 'bóss', '8oss', 'ʙoss'])
      expect([handle, await as(handle)]).toEqual([handle, 'handle_taken']);
    for (const name of ['bosś', 'ʙoss', '8oss', 'Bo$$'])
      expect([name, await as('someone', name)]).toEqual([name, 'invalid']);
    for (const handle of ['allce', 'álice', 'bossy'])
      expect([
        handle,
        await refusalOf({ ...linh, handle, displayName: 'Älice', email: `${randomUUID()}@example.org` }),
      ]).toEqual([handle, 'registered']);
  });

  test('of a plain member is not imitated by a mark that no script writes there, nor by digits', async () => {
    await register(linh);
    await register({ ...linh, handle: 'thief', displayName: 'Thief', email: 'thief@example.org' });
    await register({ ...linh, handle: 'hoa', displayName: 'Hoa', email: 'hoa@example.org' });
    const as = (handle: string) =>
      refusalOf({ ...linh, handle, displayName: 'Thief', email: `${randomUUID()}@example.org` });
    for (const handle of ['thi\u0332ef', 'th1ef', 'TH1EF', 't\u0338hief', 'h0a'])
      expect([handle, await as(handle)]).toEqual([handle, 'handle_taken']);
    for (const handle of ['thiéf', 'hoà', 'thief1', 'hóa'])
      expect([handle, await as(handle)]).toEqual([handle, 'registered']);
  });

  test('of a guest looks at a glance like nobody’s handle, whatever unseen letters stand between', async () => {
    await register(linh);
    for (const name of [
      'l\u200binh',
      'li\u00adnh',
      'lin\ufe0fh',
      'l\u034finh',
      'li\u{e0061}nh',
      'lính',
      'li\u3000nh',
      'l\u3164inh',
    ])
      expect([name, await forum.members.isHandleAtAGlance(name)]).toEqual([name, true]);
    expect(await forum.members.isHandleAtAGlance('Linda')).toBe(false);
  });

  test('is asked about as roles and names are now', async () => {
    await register(linh);
    const { memberId } = await register(anna);
    const roles = (held: readonly Role[]) =>
      forum.commands.execute(new ChangeRoles({ memberId, roles: held }, metaOf({ commandId: randomUUID() })));
    expect(await refusalOfName('Anna')).toBe('free');
    await roles(['editor']);
    expect(await refusalOfName('Anna')).toBe('displayName');
    await forum.commands.execute(
      new ChangeProfile({ memberId, displayName: 'Mali' }, metaOf({ commandId: randomUUID() })),
    );
    expect([await refusalOfName('Anna'), await refusalOfName('Mali')]).toEqual(['free', 'displayName']);
    await roles([]);
    expect(await refusalOfName('Mali')).toBe('free');
  });

  test('that is written as a handle is so much as one, whoever has it', async () => {
    await register({ ...linh, handle: 'somchai', displayName: 'สมชาย' });
    const { memberId } = await register(linh);
    const names = ['@linh', ' ＠Iinh ', '@linh the great'];
    for (const name of names) expect([name, await refusalOfName(name)]).toEqual([name, 'displayName']);
    expect([await refusalOfName('@linh', memberId), await refusalOfName('@linhs')]).toEqual(['free', 'free']);
  });

  test('of a registration that is sent again is not asked about again', async () => {
    await register(linh);
    const by = meta();
    const { memberId } = await register(anna, by);
    await register({ ...namesake, roles: ['auditor'] });
    expect((await register(anna, by)).memberId).toBe(memberId);
  });
});
