import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DomainError } from '../../libs/kernel/index.ts';
import { metaOf, NOW } from '../../test/support/given.ts';
import { openRecordingForum, type RecordingForum } from '../../test/support/recording-forum.ts';
import { stallAppend } from '../../test/support/stall-append.ts';
import { MakeInvitation } from '../domain/invitation/invitation.commands.ts';
import { ChangeProfile, ChangeRoles, RegisterMember } from '../domain/member/member.commands.ts';
import {
  ConfirmSecondFactor,
  OfferSecondFactor,
  TurnOffSecondFactor,
} from '../domain/member/second-factor.commands.ts';
import { ReserveName } from '../domain/reservation/reservation.commands.ts';
import { ChangeSite } from '../domain/site/site.commands.ts';
import type { Registration } from './register-member.ts';

let forum: RecordingForum;
beforeEach(async () => {
  forum = await openRecordingForum();
});
afterEach(() => forum.close());

const somchai: Registration & { readonly email: string } = {
  handle: 'Somchai',
  displayName: 'สมชาย',
  email: 'Somchai@Example.org',
  password: 'a long password',
  locale: 'th',
};
const linh: typeof somchai = { ...somchai, handle: 'linh', displayName: 'Linh', email: 'linh@example.org' };
const meta = (commandId: string = randomUUID()) => {
  const { actor: _, ...rest } = metaOf({ commandId });
  return rest;
};
const register = (wish: Registration, by = meta()) => forum.registration.register(wish, by);
const refusalOf = (wish: Registration, by = meta()) =>
  register(wish, by).then(
    () => 'registered',
    (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
  );

test('the first member becomes admin, the next does not', async () => {
  const first = await register(somchai);
  const second = await register({ ...linh, roles: ['editor'] });
  const [founded] = await forum.events(`member-${first.memberId}`);
  expect(founded).toMatchObject({
    actor: first.memberId,
    position: first.position,
    data: {
      memberId: first.memberId,
      handle: 'Somchai',
      locale: 'th',
      roles: ['member', 'admin'],
      emailReserved: true,
    },
  });
  expect((await forum.events(`member-${second.memberId}`))[0]?.data).toMatchObject({ roles: ['member', 'editor'] });
});

test('the founder bears the name of its office, and of the forum, as admins may; nobody else does', async () => {
  await forum.commands.execute(new ChangeSite({ name: 'Mekong talk' }, metaOf({ commandId: randomUUID() })));
  const by = meta();
  const founder = { ...somchai, displayName: 'Site Admin' };
  expect(await refusalOf({ ...founder, founds: false })).toBe('founder_needed');
  const [first, again] = [await register(founder, by), await register(founder, by)];
  expect([again.memberId, again.repeated]).toEqual([first.memberId, true]);
  expect(await forum.members.byId(first.memberId)).toMatchObject({
    displayName: 'Site Admin',
    roles: ['member', 'admin'],
  });
  for (const displayName of ['Site Admin', 'Mekong talk']) {
    expect([displayName, await refusalOf({ ...linh, displayName })]).toEqual([displayName, 'invalid']);
  }
});

test('the founder may be called like the forum', async () => {
  await forum.commands.execute(new ChangeSite({ name: 'Mekong talk' }, metaOf({ commandId: randomUUID() })));
  expect(await refusalOf({ ...somchai, displayName: 'Mekong talk' })).toBe('registered');
});

test('a name that is typed in Zawgyi is kept, changed and compared as Unicode', async () => {
  const { memberId } = await register({ ...somchai, displayName: 'ေက်ာင္းသား' });
  expect(await forum.members.byId(memberId)).toMatchObject({ displayName: 'ကျောင်းသား' });
  for (const displayName of ['ေက်ာင္းသား', 'ကျောင်းသား']) {
    expect([displayName, await refusalOf({ ...linh, displayName })]).toEqual([displayName, 'invalid']);
  }
  await forum.commands.execute(
    new ChangeProfile({ memberId, displayName: 'ျမန္မာ' }, metaOf({ commandId: randomUUID() })),
  );
  expect(await forum.members.byId(memberId)).toMatchObject({ displayName: 'မြန်မာ' });
});

test('several refusals are sentences of their own', async () => {
  await register(somchai);
  const wish = { ...linh, handle: 'admin', displayName: 'Admin', password: 'password1234' };
  const refused = await register(wish).catch((error: unknown) => error);
  expect(Reflect.get(Object(refused), 'detail')).toMatch(/^(?:[a-z][A-Za-z]* [^.]+\.(?: |$)){2,}$/u);
});

test('an invitation counts no more when its maker lost the right after the newcomer was let in with it', async () => {
  await register(somchai);
  const maker = (await register({ ...linh, roles: ['admin'] })).memberId;
  const data = { roles: [], hash: 'ab', email: null, note: '', expiresAt: '2015-10-10T08:00:00.000Z' };
  const invite = async (): Promise<string> => {
    const invitationId = randomUUID();
    const by = metaOf({ commandId: randomUUID(), actor: maker });
    await forum.commands.execute(new MakeInvitation({ ...data, invitationId }, by));
    return invitationId;
  };
  const [before, after] = [await invite(), await invite()];
  const invited = { ...linh, handle: 'invited', displayName: 'Invited', email: 'invited@example.org' };
  expect(await refusalOf({ ...invited, handle: 'early', invitationId: before })).toBe('registered');
  await forum.commands.execute(
    new ChangeRoles({ memberId: maker, roles: ['member'] }, metaOf({ commandId: randomUUID() })),
  );
  expect(await refusalOf({ ...invited, displayName: 'Late', invitationId: after })).toBe('invitation_invalid');
  expect((await forum.events(`invitation-${after}`)).map(({ type }) => type)).toEqual(['InvitationMade.v1']);
});

test('of two founders at once one becomes admin', async () => {
  const ids = await Promise.all([register(somchai), register(linh)]);
  const roles = await Promise.all(ids.map(async ({ memberId }) => (await forum.members.byId(memberId))?.roles));
  expect(roles.flat().sort()).toEqual(['admin', 'member', 'member']);
});

test('everything that is wrong with names and password is told at once', async () => {
  await register(somchai);
  const wish = { ...linh, handle: 'SOMCHAI', password: 'password1234' };
  const refused = await register(wish).catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: 'handle_taken', errors: [{ field: 'password' }, { field: 'handle' }] });
});

test('a member signs in at once, by handle or address in any case', async () => {
  const { memberId } = await register(somchai);
  const known = {
    memberId,
    handle: 'Somchai',
    displayName: 'สมชาย',
    roles: ['member', 'admin'],
    locale: 'th',
    email: 'Somchai@Example.org',
    emailConfirmed: false,
    emailSince: NOW,
    passwordSince: NOW,
    passwordPosition: expect.any(BigInt),
    lastEnd: null,
    passwordHash: 'hash of a long password',
    linked: [],
    emailWantedBy: null,
    waysBack: { open: new Map(), ended: new Set() },
    secondFactorsFrom: [],
    membership: 'active',
  };
  for (const login of ['somchai', ' SOMCHAI ', 'somchai@example.ORG']) {
    expect(await forum.members.byLogin(login)).toEqual(known);
  }
  for (const login of ['', 'nobody', 'nobody@example.org', '@', 'x'.repeat(300), memberId]) {
    expect(await forum.members.byLogin(login)).toBeUndefined();
  }
});

test('a handle that looks the same is taken, and nothing is left reserved', async () => {
  await register(somchai);
  const size = (await forum.events()).length;
  expect(await refusalOf({ ...linh, handle: 'ＳＯＭＣＨＡＩ' })).toBe('handle_taken');
  expect(await forum.events()).toHaveLength(size);
  expect(await refusalOf(linh)).toBe('registered');
});

test('nobody new takes the name that the forum was given, nor one that looks like it', async () => {
  await register(somchai);
  await forum.commands.execute(new ChangeSite({ name: 'Mekong talk' }, metaOf({ commandId: randomUUID() })));
  for (const names of [{ displayName: 'Mekong Talk' }, { displayName: 'MEKONG-TÁLK' }, { handle: 'mek0ng_talk' }]) {
    expect([names, await refusalOf({ ...linh, ...names })]).toEqual([names, 'invalid']);
  }
  expect(await refusalOf({ ...linh, displayName: 'Talk of the Mekong' })).toBe('registered');
});

test('an address that is known costs and records what a fresh one does, and the password tells whom it signs in', async () => {
  const first = await register(somchai);
  const shapeOf = async (wish: Registration) => {
    const before = (await forum.events()).length;
    const { memberId } = await register(wish);
    const added = (await forum.events()).slice(before);
    const plain = (text: string) => text.replaceAll(memberId, 'ID').replaceAll(/email-\w{64}/g, 'email-HMAC');
    return {
      memberId,
      added: added.map(({ stream, type, data }) => plain(JSON.stringify([stream, type, data]))),
    };
  };
  const taken = await shapeOf({ ...linh, handle: 'linh-a', email: somchai.email });
  const again = await shapeOf({ ...linh, handle: 'linh-b', email: ' SOMCHAI@example.org ' });
  const fresh = await shapeOf({ ...linh, handle: 'linh-c' });
  const under = (added: readonly string[]) => added.map((line) => line.replaceAll(/linh-[abc]/g, 'linh'));

  expect(under(taken.added)).toHaveLength(4);
  expect(under(taken.added)).toEqual(under(fresh.added));
  expect(under(again.added)).toEqual(under(fresh.added));
  expect((await forum.members.allByLogin(somchai.email)).map(({ memberId }) => memberId)).toEqual([
    first.memberId,
    taken.memberId,
    again.memberId,
  ]);
});

test('a handle that cannot be told apart from another is taken, also from one of before', async () => {
  await register(somchai);
  await register(linh);
  for (const handle of ['Iinh', '1inh'])
    expect([handle, await refusalOf({ ...somchai, handle })]).toEqual([handle, 'handle_taken']);
  expect(await refusalOf({ ...somchai, displayName: 'Lính', handle: 'lính' })).toBe('registered');
});

test('of two handles that cannot be told apart and are asked for at once, one comes in, and what the other reserved is free', async () => {
  const stalled = stallAppend(forum.store, 'MemberRegistered.v2');
  const first = register(linh);
  await stalled.reached;
  expect(await refusalOf({ ...somchai, handle: 'Iinh' })).toBe('handle_taken');
  stalled.goOn();
  const { memberId } = await first;

  const held = async (stream: string) => (await forum.events(stream)).map(({ type }) => type);
  expect(await held('skeleton-linh')).toEqual(['NameReserved.v1']);
  expect(await held('handle-iinh')).toEqual(['NameReserved.v1', 'NameReleased.v1']);
  expect(await held('skeleton-iinh')).toEqual(['NameReserved.v1', 'NameReleased.v1']);
  expect((await forum.members.byLogin('linh'))?.memberId).toBe(memberId);
  expect(await forum.members.byLogin('Iinh')).toBeUndefined();
});

test('a handle of an old log, which reserved no look, is told apart from new ones all the same', async () => {
  const memberId = randomUUID();
  const old = { ...linh, memberId, roles: [], emailReserved: true, passwordHash: 'hash' };
  await forum.commands.execute(new RegisterMember(old, metaOf()));
  expect(await forum.events('skeleton-linh')).toEqual([]);
  expect(await refusalOf({ ...somchai, handle: 'Iinh' })).toBe('handle_taken');
});

test('a password that is tried first is refused before anything is recorded', async () => {
  expect(await refusalOf({ ...linh, password: 'password123' })).toBe('invalid');
  expect(await refusalOf({ ...linh, password: 'linhlinhlinh' })).toBe('invalid');
  expect(await forum.events()).toEqual([]);
});

test('an address with more accounts than it has places still costs the same', async () => {
  await register(somchai);
  for (let n = 0; n < 9; n += 1) await register({ ...linh, handle: `linh-${n}` });
  const before = (await forum.events()).length;
  const { memberId } = await register({ ...linh, handle: 'linh-9' });
  expect((await forum.events()).length - before).toBe(4);
  expect((await forum.members.byLogin('linh-9'))?.memberId).toBe(memberId);
  expect(await forum.members.allByLogin(linh.email)).toHaveLength(8);
});

test('the whole sent again gives the same member and records nothing', async () => {
  const by = meta();
  const registered = await register(somchai, by);
  const size = (await forum.events()).length;
  expect(await register(somchai, by)).toEqual({ ...registered, repeated: true });
  expect(await forum.events()).toHaveLength(size);
});

test('the same command for somebody else is refused, and releases what it reserved for it', async () => {
  const by = meta();
  await register(somchai, by);
  for (let time = 0; time < 3; time += 1) expect(await refusalOf(linh, by)).toBe('id_taken');
  expect(await refusalOf(linh)).toBe('registered');
});

test('a registration that died half-way goes on when it is sent again', async () => {
  const by = meta();
  const whole = await openRecordingForum();
  const { memberId } = await whole.registration.register(somchai, by);
  await whole.close();
  await forum.commands.execute(
    new ReserveName({ name: 'handle-somchai', holder: memberId }, metaOf({ commandId: randomUUID() })),
  );

  expect(await refusalOf({ ...linh, handle: 'somchai' })).toBe('handle_taken');
  expect((await register(somchai, by)).memberId).toBe(memberId);
});

test('the name of one who never came is free for others after a minute', async () => {
  await forum.commands.execute(new ReserveName({ name: 'handle-somchai', holder: randomUUID() }, metaOf()));
  const later = { ...meta(), now: new Date(Date.now() + 61_000).toISOString() };
  const { memberId } = await register(somchai, later);
  expect((await forum.members.byLogin('somchai'))?.memberId).toBe(memberId);
  expect(await refusalOf({ ...linh, handle: 'somchai' }, { ...meta(), now: later.now })).toBe('handle_taken');
});

test('what is wrong is refused before anything is reserved', async () => {
  expect(await refusalOf({ ...somchai, handle: 'me' })).toBe('invalid');
  expect(await refusalOf({ ...somchai, email: 'nobody' })).toBe('invalid');
  expect(await forum.events()).toEqual([]);
});

test('an erased member signs in no more', async () => {
  const { memberId } = await register(somchai);
  const [event] = await forum.events(`member-${memberId}`);
  if (event?.sealed) await forum.vault.destroy(forum.vault.keyOf(event.sealed));
  expect(await forum.members.byLogin('somchai')).toBeUndefined();
});

describe('a registration that takes longer than its names are kept for it', () => {
  const later = () => ({ ...meta(), now: new Date(Date.now() + 61_000).toISOString() });
  const types = async (stream: string) => (await forum.events(stream)).map(({ type, data }) => ({ type, data }));

  test('is refused when another has taken its handle, and nothing is doubled', async () => {
    const stalled = stallAppend(forum.store, 'MemberRegistered.v2');
    const slow = refusalOf(somchai);
    const lost = memberOf(await stalled.reached);
    const quick = await register({ ...linh, handle: 'SOMCHAI' }, later());
    stalled.goOn();

    expect(await slow).toBe('handle_taken');
    const registered = (await forum.events()).filter(({ type }) => type === 'MemberRegistered.v2');
    expect(registered.map(({ data }) => data)).toEqual([
      {
        memberId: quick.memberId,
        handle: 'SOMCHAI',
        locale: 'th',
        roles: ['member', 'admin'],
        emailReserved: true,
        membership: 'active',
        invitationId: null,
      },
    ]);
    expect(await types(`member-${lost}`)).toEqual([
      { type: 'MemberNameLost.v1', data: { memberId: lost, name: 'handle-somchai' } },
      { type: 'MemberNameLost.v1', data: { memberId: lost, name: 'skeleton-sornchai' } },
      { type: 'MemberNameLost.v1', data: { memberId: lost, name: 'founder' } },
    ]);
    expect(await types('handle-somchai')).toEqual([
      { type: 'NameReserved.v1', data: { name: 'handle-somchai', holder: lost } },
      { type: 'NameReleased.v1', data: { name: 'handle-somchai', holder: lost } },
      { type: 'NameReserved.v1', data: { name: 'handle-somchai', holder: quick.memberId } },
    ]);
    expect((await forum.members.byLogin('somchai'))?.memberId).toBe(quick.memberId);
    expect(await forum.members.byId(lost)).toBeUndefined();
    expect((await register({ ...somchai, handle: 'somchai-2' })).memberId).not.toBe(lost);
    expect((await forum.members.byLogin(somchai.email))?.handle).toBe('somchai-2');
  });

  test('keeps its handle when it is there before another has taken it', async () => {
    const stalled = stallAppend(forum.store, 'MemberNameLost.v1');
    const gone = stallAppend(forum.store, 'MemberRegistered.v2');
    const slow = register(somchai);
    await gone.reached;
    const second = refusalOf({ ...linh, handle: 'somchai' }, later());
    await stalled.reached;
    gone.goOn();
    const { memberId } = await slow;
    stalled.goOn();

    expect(await second).toBe('handle_taken');
    expect(await types(`member-${memberId}`)).toMatchObject([{ type: 'MemberRegistered.v2' }]);
    expect((await types('handle-somchai')).map(({ type }) => type)).toEqual(['NameReserved.v1']);
    expect((await forum.members.byLogin('somchai'))?.memberId).toBe(memberId);
  });

  test('comes without the address and the admin’s role that another has taken, when it is sent again', async () => {
    const by = meta();
    const stalled = stallAppend(forum.store, 'MemberRegistered.v2');
    const slow = refusalOf(somchai, by);
    await stalled.reached;
    const quick = await register({ ...linh, email: somchai.email }, later());
    stalled.goOn();

    expect(await slow).toBe('conflict');
    const { memberId } = await register(somchai, by);
    expect(await forum.members.byId(memberId)).toMatchObject({ handle: 'Somchai', roles: ['member'] });
    expect(await forum.members.byLogin(somchai.email)).toMatchObject({
      memberId: quick.memberId,
      roles: ['member', 'admin'],
    });
  });
});

function memberOf(stream: string): string {
  return stream.slice('member-'.length);
}

describe('a member who comes from a provider', () => {
  const subject = { provider: 'one', subject: 'sub-1' };
  const guest: Registration = { ...somchai, email: null, password: null, linked: subject };

  test('needs neither password nor address, and is found by its subject alone', async () => {
    const { memberId } = await register(guest);
    expect(await forum.members.bySubject(subject)).toMatchObject({
      memberId,
      email: null,
      passwordHash: null,
      linked: [subject],
    });
    expect(await forum.members.bySubject({ ...subject, provider: 'two' })).toBeUndefined();
    expect((await forum.members.byLogin('somchai'))?.memberId).toBe(memberId);
    const reserved = (await forum.events()).filter(({ stream }) => stream.startsWith('email-'));
    expect(reserved).toEqual([]);
  });

  test('has one account, also when two registrations come at once', async () => {
    const other = { ...guest, handle: 'linh', displayName: 'Linh' };
    const outcomes = await Promise.all([refusalOf(guest), refusalOf(other)]);
    expect(outcomes.sort()).toEqual(['conflict', 'registered']);
    const registered = (await forum.events()).filter(({ type }) => type === 'MemberRegistered.v2');
    expect(registered).toHaveLength(1);
  });

  test('is refused an imitation like everybody else', async () => {
    await register(linh);
    expect(await refusalOf({ ...guest, handle: 'Iinh' })).toBe('handle_taken');
    expect(await refusalOf({ ...guest, handle: 'lіnh' })).toBe('invalid');
    expect(await refusalOf({ ...guest, displayName: 'Linh' })).toBe('invalid');
  });
});

test('it is known when a second factor was turned on, also once it is off: the codes of that moment were told with it', async () => {
  const { memberId } = await register(somchai);
  const proof = (step: number) => ({ kind: 'totp', secret: 'SECRET', step }) as const;
  const by = (now: string) => ({ ...metaOf({ commandId: randomUUID() }), actor: memberId, now });
  const [on, off, again] = ['2026-11-27T08:00:00.000Z', '2026-11-27T08:10:00.000Z', '2026-11-27T08:20:00.000Z'];
  for (const [now, step] of [
    [on, 1],
    [again, 5],
  ] as const) {
    await forum.commands.execute(new OfferSecondFactor({ memberId, secret: 'SECRET' }, by(now)));
    await forum.commands.execute(new ConfirmSecondFactor({ memberId, proof: proof(step), hashes: ['h'] }, by(now)));
    await forum.commands.execute(new TurnOffSecondFactor({ memberId, proof: proof(step + 1) }, by(off)));
  }
  const known = await forum.members.byId(memberId);
  expect(known?.secondFactorsFrom).toEqual([on, again]);
});
