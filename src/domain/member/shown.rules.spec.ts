import { describe, expect, test } from '@jest/globals';
import { DomainError, type ShownWay } from '../../../libs/kernel/index.ts';
import { given, metaOf, remembered } from '../../../test/support/given.ts';
import { AskEmailChange, DropEmailChange } from './address.commands.ts';
import { ChangeProfile, ChangeRoles, type MemberCommand } from './member.commands.ts';
import { memberDecider } from './member.decider.ts';
import type { MemberEvent } from './member.events.ts';
import { AddPasskey, RemovePasskey } from './passkeys.commands.ts';
import { LinkProvider, UnlinkProvider } from './provider.commands.ts';
import { ConfirmSecondFactor, OfferSecondFactor, TurnOffSecondFactor } from './second-factor.commands.ts';
import { EndOtherSessions, EndSession, OpenSession } from './sessions.commands.ts';

const memberId = 'm1';
const expiresAt = '2015-11-04T08:00:00.000Z';
const registered: MemberEvent = {
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
const opened = (sessionId: string): MemberEvent => ({
  type: 'MemberSessionOpened.v1',
  data: { memberId, sessionId, expiresAt, way: 'password' },
  personal: { device: '' },
});
const changed: MemberEvent = {
  type: 'MemberPasswordChanged.v1',
  data: { memberId },
  personal: { passwordHash: '$argon2id$2' },
};
const takenBack: MemberEvent = {
  type: 'AccountTakenBack.v1',
  data: { memberId, linkId: 'l1', since: '2015-10-05T08:00:00.000Z' },
  personal: null,
};
const othersEnded = (except: string | null): MemberEvent => ({
  type: 'MemberSessionsEnded.v1',
  data: { memberId, except },
  personal: null,
});
const ended: MemberEvent = {
  type: 'MemberSessionEnded.v1',
  data: { memberId, sessionId: 's1', expiresAt },
  personal: null,
};

const meta = (shown: ShownWay) => metaOf({ actor: memberId, shown });
const proof = { kind: 'recovery', hash: 'h' } as const;
const key = { passkeyId: 'k1', name: 'Key', credentialId: 'c1', publicKey: 'p1', counter: 0, transports: [] };
/** Everything that a member does to its own account. */
const COMMANDS: readonly ((shown: ShownWay) => MemberCommand)[] = [
  (shown) => new ChangeProfile({ memberId, displayName: 'Other' }, meta(shown)),
  (shown) => new ChangeProfile({ memberId, passwordHash: '$argon2id$3' }, meta(shown)),
  (shown) => new ChangeRoles({ memberId, roles: ['editor'] }, meta(shown)),
  (shown) => new AskEmailChange({ memberId, email: 'other@example.org', linkId: 'l2' }, meta(shown)),
  (shown) => new DropEmailChange({ memberId }, meta(shown)),
  (shown) => new AddPasskey({ memberId, ...key }, meta(shown)),
  (shown) => new RemovePasskey({ memberId, passkeyId: 'k1' }, meta(shown)),
  (shown) => new OfferSecondFactor({ memberId, secret: 's' }, meta(shown)),
  (shown) => new ConfirmSecondFactor({ memberId, proof, hashes: [] }, meta(shown)),
  (shown) => new TurnOffSecondFactor({ memberId, proof }, meta(shown)),
  (shown) => new LinkProvider({ memberId, provider: 'p', subject: 's' }, meta(shown)),
  (shown) => new UnlinkProvider({ memberId, provider: 'p' }, meta(shown)),
  (shown) => new EndOtherSessions({ memberId, sessionId: 'session' in shown ? shown.session : null }, meta(shown)),
  (shown) => new EndSession({ memberId, sessionId: 's2', expiresAt: null }, meta(shown)),
  (shown) =>
    new OpenSession({ memberId, sessionId: 's9', expiresAt, way: 'frame', device: '', proof: null }, meta(shown)),
];
const ENDS: readonly (readonly [string, readonly MemberEvent[]])[] = [
  ['another password', [changed]],
  ['taking the account back', [takenBack, changed]],
  ['the end of all others', [othersEnded('s2')]],
  ['the end of all', [othersEnded(null)]],
  ['its own end', [ended]],
  ['another password and the end of others by the next session', [changed, opened('s3'), othersEnded('s3')]],
];
const two = [registered, opened('s1'), opened('s2')];

function codeOf(command: MemberCommand, facts: readonly MemberEvent[]): string {
  try {
    memberDecider.decide(command, remembered(facts).reduce(memberDecider.evolve, memberDecider.initial()), undefined);
    return 'done';
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
}

describe('a session that was ended', () => {
  test.each(ENDS)('by %s does nothing to the account any more', (_, facts) => {
    for (const command of COMMANDS) {
      const wish = command({ session: 's1' });
      expect([wish.type, codeOf(wish, [...two, ...facts])]).toEqual([wish.type, 'unauthenticated']);
    }
  });

  test('does it before, and one that goes on does it after', () => {
    for (const command of COMMANDS) {
      expect(codeOf(command({ session: 's1' }), two)).not.toBe('unauthenticated');
      expect(codeOf(command({ session: 's1' }), [...two, othersEnded('s1')])).not.toBe('unauthenticated');
      expect(codeOf(command({ session: 's3' }), [...two, changed, opened('s3')])).not.toBe('unauthenticated');
    }
  });

  test('may end itself again, and an admin does what it does to others whatever its own session', () => {
    const again = new EndSession({ memberId, sessionId: 's1', expiresAt }, meta({ session: 's1' }));
    given(memberDecider, [...two, ended])
      .when(again, undefined)
      .then([]);
    const admin = metaOf({ actor: 'admin', shown: { session: 's1' } });
    expect(codeOf(new ChangeRoles({ memberId, roles: ['editor'] }, admin), [...two, ended])).toBe('done');
  });
});

describe('a way in that was shown', () => {
  const open = (lastEnd: string | null) =>
    new OpenSession(
      { memberId, sessionId: 's9', expiresAt, way: 'provider', device: '', proof: null },
      meta({ lastEnd }),
    );
  const [, , , last] = remembered([...two, changed]);

  test('opens a session unless all sessions were ended since', () => {
    expect([codeOf(open(null), two), codeOf(open(last?.envelope.id ?? ''), [...two, changed])]).toEqual([
      'done',
      'done',
    ]);
    for (const facts of [[changed], [takenBack, changed], [othersEnded(null)]]) {
      expect(codeOf(open(null), [...two, ...facts])).toBe('sessions_ended');
    }
  });
});

test('the session that a member goes on with is recorded right after its new password', () => {
  const session = { sessionId: 's3', expiresAt, device: 'Firefox, Linux' };
  given(memberDecider, two)
    .when(new ChangeProfile({ memberId, passwordHash: '$argon2id$2', session }, meta({ session: 's1' })), undefined)
    .then([
      changed,
      {
        type: 'MemberSessionOpened.v1',
        data: { memberId, sessionId: 's3', expiresAt, way: 'new-password' },
        personal: { device: 'Firefox, Linux' },
      },
    ]);
});

test('an account that is taken back wants no other address any more, also where its own stays', () => {
  const asked: MemberEvent = {
    type: 'EmailChangeAsked.v1',
    data: { memberId, linkId: 'l2', expiresAt },
    personal: { email: 'thief@example.org' },
  };
  const { addresses } = remembered([...two, asked, takenBack]).reduce(memberDecider.evolve, memberDecider.initial());
  expect(addresses.wantedBy).toBeNull();
});
