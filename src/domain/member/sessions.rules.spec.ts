import { serialize } from 'node:v8';
import { describe, expect, test } from '@jest/globals';
import { deriveId } from '../../../libs/kernel/index.ts';
import type { SignInWay } from '../../../libs/words/index.ts';
import { given, metaOf, remembered } from '../../../test/support/given.ts';
import { memberDecider } from './member.decider.ts';
import type { MemberEvent, MemberRegistered } from './member.events.ts';
import type { PasskeyAdded, PasskeyRemoved, PasskeyUsed } from './passkeys.events.ts';
import type {
  RecoveryCodesMade,
  RecoveryCodeUsed,
  SecondFactorTurnedOn,
  SecondFactorUsed,
} from './second-factor.events.ts';
import { EndOtherSessions, EndSession, OpenSession } from './sessions.commands.ts';
import type { MemberSessionEnded, MemberSessionOpened, MemberSessionsEnded } from './sessions.events.ts';

const memberId = 'm1';
const expiresAt = '2015-11-04T08:00:00.000Z';
const registered: MemberRegistered = {
  type: 'MemberRegistered.v2',
  data: {
    memberId,
    handle: 'somchai',
    locale: 'th',
    roles: ['member'],
    emailReserved: true,
    membership: 'active',
    invitationId: null,
  },
  personal: { displayName: 'สมชาย', email: 'somchai@example.org', passwordHash: '$argon2id$1' },
};
const opened = (sessionId: string, way: SignInWay = 'password', until = expiresAt): MemberSessionOpened => ({
  type: 'MemberSessionOpened.v1',
  data: { memberId, sessionId, expiresAt: until, way },
  personal: { device: 'Firefox, Linux' },
});
const ended = (sessionId: string): MemberSessionEnded => ({
  type: 'MemberSessionEnded.v1',
  data: { memberId, sessionId, expiresAt },
  personal: null,
});
const othersEnded = (except: string): MemberSessionsEnded => ({
  type: 'MemberSessionsEnded.v1',
  data: { memberId, except },
  personal: null,
});
const turnedOn: SecondFactorTurnedOn = {
  type: 'SecondFactorTurnedOn.v1',
  data: { memberId },
  personal: { secret: 'AAAA' },
};
const codeUsed = (step: number): SecondFactorUsed => ({
  type: 'SecondFactorUsed.v1',
  data: { memberId, step },
  personal: null,
});
const codesMade: RecoveryCodesMade = {
  type: 'RecoveryCodesMade.v1',
  data: { memberId },
  personal: { hashes: ['h0', 'h1'] },
};
const recovered: RecoveryCodeUsed = { type: 'RecoveryCodeUsed.v1', data: { memberId, index: 1 }, personal: null };
const passkeyAdded = (counter: number): PasskeyAdded => ({
  type: 'PasskeyAdded.v1',
  data: { memberId, passkeyId: 'k1' },
  personal: { name: 'Phone', credentialId: 'c1', publicKey: 'p1', counter, transports: [] },
});
const passkeyUsed = (counter: number): PasskeyUsed => ({
  type: 'PasskeyUsed.v1',
  data: { memberId, passkeyId: 'k1', counter },
  personal: null,
});
const passkeyRemoved: PasskeyRemoved = {
  type: 'PasskeyRemoved.v1',
  data: { memberId, passkeyId: 'k1' },
  personal: null,
};

const open = (over: Partial<OpenSession['data']> = {}) =>
  new OpenSession(
    { memberId, sessionId: 's1', expiresAt, way: 'password', device: 'Firefox, Linux', proof: null, ...over },
    metaOf(),
  );
const end = (sessionId: string, until: string | null = null) =>
  new EndSession({ memberId, sessionId, expiresAt: until }, metaOf());
const endOthers = (sessionId: string) => new EndOtherSessions({ memberId, sessionId }, metaOf());
const nothing = given(memberDecider, []);
const member = given(memberDecider, [registered]);

describe('a session', () => {
  test('is opened once by its id, also after it has ended', () => {
    member.when(open(), undefined).then([opened('s1')]);
    given(memberDecider, [registered, opened('s1')])
      .when(open(), undefined)
      .thenRefused('login_failed');
    given(memberDecider, [registered, opened('s1'), ended('s1')])
      .when(open(), undefined)
      .thenRefused('login_failed');
    nothing.when(open(), undefined).thenRefused('member_not_found');
  });

  test('is forgotten when it is over by itself', () => {
    const over = opened('s0', 'password', '2015-10-01T00:00:00.000Z');
    given(memberDecider, [registered, over, opened('s1')])
      .when(end('s0'), undefined)
      .thenRefused('session_not_found');
  });

  test('takes few bytes of what is kept of a member, who may open thousands', () => {
    const facts = Array.from({ length: 1_000 }, (_, n) => opened(deriveId('session', n)));
    const { sessions } = remembered<MemberEvent>([registered, ...facts]).reduce(
      memberDecider.evolve,
      memberDecider.initial(),
    );
    expect(sessions.kept.size).toBe(1_000);
    expect(serialize(sessions.kept).byteLength).toBeLessThan(80_000);
  });

  test('ends once; an old one, of which the log does not know, with its own end', () => {
    const both = given(memberDecider, [registered, opened('s1')]);
    both.when(end('s1'), undefined).then([ended('s1')]);
    given(memberDecider, [registered, opened('s1'), ended('s1')])
      .when(end('s1'), undefined)
      .then([]);
    member.when(end('s9', expiresAt), undefined).then([ended('s9')]);
    given(memberDecider, [registered, ended('s9')])
      .when(end('s9', expiresAt), undefined)
      .then([]);
    nothing.when(end('s1', expiresAt), undefined).thenRefused('member_not_found');
  });

  test('of another member is none', () => {
    member.when(end('s7'), undefined).thenRefused('session_not_found');
  });
});

describe('all other sessions', () => {
  const two = [registered, opened('s1'), opened('s2')];

  test('end, and only the sender goes on', () => {
    given(memberDecider, two)
      .when(endOthers('s2'), undefined)
      .then([othersEnded('s2')]);
    const after = given(memberDecider, [...two, othersEnded('s2')]);
    after.when(end('s1'), undefined).then([]);
    after.when(end('s2'), undefined).then([ended('s2')]);
    after.when(endOthers('s1'), undefined).thenRefused('unauthenticated');
    after.when(endOthers('s2'), undefined).then([othersEnded('s2')]);
  });

  test('are not ended by a session that was ended itself', () => {
    given(memberDecider, [...two, ended('s1')])
      .when(endOthers('s1'), undefined)
      .thenRefused('unauthenticated');
  });

  test('do not hold those that begin later', () => {
    given(memberDecider, [...two, othersEnded('s2'), opened('s3')])
      .when(end('s3'), undefined)
      .then([ended('s3')]);
  });
});

describe('signing in with a second factor', () => {
  const guarded = [registered, turnedOn, codeUsed(100), codesMade];
  const code = (step: number, secret = 'AAAA') => ({ kind: 'totp', secret, step }) as const;

  test.each<[SignInWay]>([['password'], ['link']])('by %s asks for a code', (way) => {
    given(memberDecider, guarded).when(open({ way }), undefined).thenRefused('second_factor_required');
    given(memberDecider, guarded)
      .when(open({ way, proof: code(101) }), undefined)
      .then([codeUsed(101), opened('s1', way)]);
  });

  test.each<[SignInWay]>([['provider'], ['sso']])('by %s does not: that house has asked', (way) => {
    given(memberDecider, guarded)
      .when(open({ way }), undefined)
      .then([opened('s1', way)]);
  });

  test('accepts no code twice, no earlier one, and none of another secret', () => {
    const signIn = given(memberDecider, guarded);
    for (const proof of [code(100), code(99), code(101, 'BBBB')]) {
      signIn.when(open({ proof }), undefined).thenRefused('second_factor_failed');
    }
  });

  test('accepts a recovery code once', () => {
    const proof = { kind: 'recovery', hash: 'h1' } as const;
    given(memberDecider, guarded)
      .when(open({ proof }), undefined)
      .then([recovered, opened('s1')]);
    given(memberDecider, [...guarded, recovered])
      .when(open({ proof }), undefined)
      .thenRefused('second_factor_failed');
    given(memberDecider, guarded)
      .when(open({ proof: { kind: 'recovery', hash: 'h9' } }), undefined)
      .thenRefused('second_factor_failed');
  });

  test('asks for no code when there is none', () => {
    member.when(open({ proof: code(1) }), undefined).then([opened('s1')]);
  });
});

describe('signing in with a passkey', () => {
  const signIn = (counter: number) => open({ way: 'passkey', proof: { kind: 'passkey', passkeyId: 'k1', counter } });

  test('needs no code, and counts on', () => {
    given(memberDecider, [registered, turnedOn, passkeyAdded(3)])
      .when(signIn(4), undefined)
      .then([passkeyUsed(4), opened('s1', 'passkey')]);
    given(memberDecider, [registered, passkeyAdded(0)])
      .when(signIn(0), undefined)
      .then([opened('s1', 'passkey')]);
  });

  test.each([3, 2, 0])('whose count is %i after 3 is refused', (counter) => {
    given(memberDecider, [registered, passkeyAdded(3)])
      .when(signIn(counter), undefined)
      .thenRefused('login_failed');
    given(memberDecider, [registered, passkeyAdded(0), passkeyUsed(3)])
      .when(signIn(counter), undefined)
      .thenRefused('login_failed');
  });

  test('that was removed or never added is refused', () => {
    given(memberDecider, [registered, passkeyAdded(0), passkeyRemoved])
      .when(signIn(1), undefined)
      .thenRefused('login_failed');
    member.when(signIn(1), undefined).thenRefused('login_failed');
    member.when(open({ way: 'passkey' }), undefined).thenRefused('login_failed');
  });
});
