import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { DomainError } from '../../libs/kernel/index.ts';
import { metaOf, NOW } from '../../test/support/given.ts';
import { openRecordingForum, type RecordingForum } from '../../test/support/recording-forum.ts';
import { RequestLink, UseLink } from '../domain/link/link.commands.ts';
import type { LinkPurpose } from '../domain/link/link.events.ts';
import { AskEmailChange, DropEmailChange } from '../domain/member/address.commands.ts';
import { ChangeProfile } from '../domain/member/member.commands.ts';
import { linkTokenIn } from './link-token.ts';

const LATER = '2015-10-05T09:00:00.000Z';

let forum: RecordingForum;
beforeEach(async () => {
  forum = await openRecordingForum();
});
afterEach(() => forum.close());

const meta = (now = NOW) => metaOf({ commandId: randomUUID(), now });
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'done',
    (error: unknown) => (error instanceof DomainError ? error.code : String(error)),
  );

async function member(handle: string, email = 'somchai@example.org'): Promise<string> {
  const { actor: _, ...by } = meta();
  const wish = { handle, displayName: handle, email, password: `a long password of ${handle}`, locale: 'en' };
  return (await forum.registration.register(wish, by)).memberId;
}

async function request(purpose: LinkPurpose = 'reset', email = 'somchai@example.org'): Promise<string> {
  const linkId = randomUUID();
  await forum.commands.execute(
    new RequestLink({ linkId, purpose, memberId: null, email, next: null, since: null }, meta()),
  );
  return linkId;
}

async function issue(linkId: string, memberId: string): Promise<string> {
  const token = await forum.issuing.issue(linkId, memberId, meta());
  if (token === null) throw new Error('the link was not issued');
  return token;
}

const find = (token: string, over: { now?: string; purposes?: readonly LinkPurpose[]; commandId?: string } = {}) =>
  forum.links.find(token, { purposes: ['reset'], now: NOW, commandId: null, ...over });

async function use(token: string, commandId: string): Promise<void> {
  const found = linkTokenIn(token);
  if (found === undefined) throw new Error('no link');
  await forum.commands.execute(new UseLink({ ...found, purposes: ['reset'] }, metaOf({ commandId })));
}

describe('a link', () => {
  let somchai: string;
  beforeEach(async () => {
    somchai = await member('somchai');
  });

  test('is found by its whole secret, as often as somebody looks', async () => {
    const linkId = await request();
    const token = await issue(linkId, somchai);
    const found = { linkId, member: { memberId: somchai }, purpose: 'reset', requestedAt: NOW, isRepeat: false };
    expect(await find(token)).toMatchObject(found);
    expect(await find(token)).toMatchObject(found);
    const events = await forum.events(`link-${linkId}`);
    expect(events.map(({ type }) => type)).toEqual(['LinkRequested.v1', 'LinkIssued.v1']);
    expect(JSON.stringify(events.map(({ data }) => data))).not.toContain(token.slice(37));
  });

  test('works by each mail of a node that died in between', async () => {
    const linkId = await request();
    const [first, second] = [await issue(linkId, somchai), await issue(linkId, somchai)];
    expect(first).not.toBe(second);
    expect(await find(first)).toMatchObject({ member: { memberId: somchai } });
    expect(await find(second)).toMatchObject({ member: { memberId: somchai } });
    await use(first, randomUUID());
    expect(await codeOf(find(second))).toBe('link_used');
  });

  test('is unknown when it was cut, altered, or belongs to another purpose', async () => {
    const token = await issue(await request(), somchai);
    const other = await issue(await request(), somchai);
    expect(await codeOf(find(token.slice(0, -1)))).toBe('link_not_found');
    expect(await codeOf(find(`${token.slice(0, 37)}${other.slice(37)}`))).toBe('link_not_found');
    expect(await codeOf(find(`${randomUUID()}${token.slice(36)}`))).toBe('link_not_found');
    expect(await codeOf(find(token, { purposes: ['confirm'] }))).toBe('link_not_found');
  });

  test('that was used or has run out says so to its holder, and none is issued again', async () => {
    const late = await request();
    const lateToken = await issue(late, somchai);
    expect(await codeOf(find(lateToken, { now: LATER }))).toBe('link_expired');
    expect(await forum.issuing.issue(late, somchai, meta(LATER))).toBeNull();
    const linkId = await request();
    const token = await issue(linkId, somchai);
    const commandId = randomUUID();
    await use(token, commandId);
    expect(await codeOf(find(token))).toBe('link_used');
    expect(await codeOf(find(token, { commandId: randomUUID() }))).toBe('link_used');
    expect(await find(token, { commandId })).toMatchObject({ isRepeat: true });
    expect(await forum.issuing.issue(linkId, somchai, meta())).toBeNull();
  });

  test('for an address without an account records as much as for one with an account, and gives nothing', async () => {
    const [known, unknown] = [await request(), await request()];
    await issue(known, randomUUID());
    expect(await forum.issuing.issue(unknown, null, meta())).toBeNull();
    const shapes = await Promise.all(
      [known, unknown].map(async (linkId) =>
        (await forum.events(`link-${linkId}`)).map(({ type, sealed }) => [type, sealed?.length]),
      ),
    );
    expect(shapes[1]).toEqual(shapes[0]);
  });

  test('that leads back is the same for each attempt to tell of a change', async () => {
    const change = { causeId: randomUUID(), since: NOW, memberId: somchai };
    const tokens = [await forum.issuing.wayBack(change, meta()), await forum.issuing.wayBack(change, meta())];
    const ids = tokens.map((token) => token?.slice(0, 36));
    expect(ids[0]).toBe(ids[1]);
    const [token] = tokens;
    expect(await find(token ?? '', { purposes: ['way-back'] })).toMatchObject({
      member: { memberId: somchai },
      since: NOW,
    });
  });

  test('allows nothing once a newer password was chosen, unless it leads back or confirms', async () => {
    const [reset, signIn, confirm] = [await request(), await request('sign-in'), await request('confirm')];
    const tokens = [await issue(reset, somchai), await issue(signIn, somchai), await issue(confirm, somchai)];
    const wayBack = await forum.issuing.wayBack({ causeId: randomUUID(), since: NOW, memberId: somchai }, meta());
    const later = meta('2015-10-05T08:00:00.001Z');
    await forum.commands.execute(new ChangeProfile({ memberId: somchai, passwordHash: 'other' }, later));
    const purposes = ['reset', 'sign-in', 'confirm', 'way-back'] as const;
    const codes = [...tokens, wayBack ?? ''].map((token) => codeOf(find(token, { purposes })));
    expect(await Promise.all(codes)).toEqual(['link_used', 'link_used', 'done', 'done']);
  });

  test('allows nothing after a password that the log has later, whatever the clocks said', async () => {
    const [reset, signIn] = [await request(), await request('sign-in')];
    const tokens = [await issue(reset, somchai), await issue(signIn, somchai)];
    const earlier = meta('2015-10-05T07:59:59.000Z');
    await forum.commands.execute(new ChangeProfile({ memberId: somchai, passwordHash: 'other' }, earlier));
    const codes = tokens.map((token) => codeOf(find(token, { purposes: ['reset', 'sign-in'] })));
    expect(await Promise.all(codes)).toEqual(['link_used', 'link_used']);
  });

  test('to another address is not issued once the member wants it no more', async () => {
    const linkId = randomUUID();
    const wish = { linkId, purpose: 'change-email', memberId: somchai, email: 'other@example.org' } as const;
    await forum.commands.execute(new AskEmailChange({ ...wish, memberId: somchai }, meta()));
    await forum.commands.execute(new RequestLink({ ...wish, next: null, since: null }, meta()));
    expect(await forum.issuing.issue(linkId, somchai, meta())).toEqual(expect.any(String));
    await forum.commands.execute(new DropEmailChange({ memberId: somchai }, meta()));
    expect(await forum.issuing.issue(linkId, somchai, meta())).toBeNull();
  });

  test('allows nothing for a member who was erased or never came', async () => {
    expect(await codeOf(find(await issue(await request(), randomUUID())))).toBe('link_not_found');
  });
});

describe('an address', () => {
  test('is confirmed for one account, however many try at once', async () => {
    const ids = [await member('first'), await member('second'), await member('third')];
    const email = 'somchai@example.org';
    const codes = await Promise.all(
      ids.map((memberId) => codeOf(forum.confirming.reserve({ memberId, email: ` ${email.toUpperCase()}` }, meta()))),
    );
    expect(codes.toSorted()).toEqual(['done', 'email_taken', 'email_taken']);
    const winner = ids[codes.indexOf('done')] ?? '';
    await forum.confirming.reserve({ memberId: winner, email }, meta());
    await forum.confirming.confirm({ memberId: winner, email }, meta());
    expect(await forum.members.byId(winner)).toMatchObject({ emailConfirmed: true });
  });

  test('leads to the account that has confirmed it, however many gave it before', async () => {
    const squatters: string[] = [];
    for (let n = 0; n < 9; n += 1) squatters.push(await member(`squatter${n}`));
    const owner = await member('owner');
    expect((await forum.members.byLogin('somchai@example.org'))?.memberId).toBe(squatters[0]);
    await forum.confirming.reserve({ memberId: owner, email: 'somchai@example.org' }, meta());
    expect((await forum.members.byLogin(' Somchai@Example.org'))?.memberId).toBe(owner);
    const all = (await forum.members.allByLogin('somchai@example.org')).map(({ memberId }) => memberId);
    expect(all).toEqual([owner, ...squatters.slice(0, 8)]);
  });
});
