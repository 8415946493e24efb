import { describe, test } from '@jest/globals';
import { erased, given, metaOf } from '../../../test/support/given.ts';
import { ConfirmEmail } from './address.commands.ts';
import type { EmailConfirmed } from './address.events.ts';
import { ChangeProfile, ChangeRoles, ForfeitMemberName, RegisterMember } from './member.commands.ts';
import { memberDecider } from './member.decider.ts';
import type {
  MemberLocaleChanged,
  MemberNameLost,
  MemberPasswordChanged,
  MemberRegistered,
  MemberRenamed,
  MemberRolesChanged,
} from './member.events.ts';

const memberId = 'm1';
const wish: RegisterMember['data'] = {
  memberId,
  handle: 'Somchai.P',
  displayName: 'สมชาย',
  email: 'somchai@example.org',
  emailReserved: true,
  passwordHash: '$argon2id$1',
  locale: 'th',
  roles: [],
};
const register = (over: Partial<RegisterMember['data']> = {}) => new RegisterMember({ ...wish, ...over }, metaOf());
const registered: MemberRegistered = {
  type: 'MemberRegistered.v2',
  data: {
    memberId,
    handle: 'Somchai.P',
    locale: 'th',
    roles: ['member'],
    emailReserved: true,
    membership: 'active',
    invitationId: null,
  },
  personal: { displayName: 'สมชาย', email: 'somchai@example.org', passwordHash: '$argon2id$1' },
};
const admin: MemberRolesChanged = {
  type: 'MemberRolesChanged.v1',
  data: { memberId, roles: ['member', 'admin'] },
  personal: null,
};
const renamed: MemberRenamed = { type: 'MemberRenamed.v1', data: { memberId }, personal: { displayName: 'Som' } };
const moved: MemberLocaleChanged = { type: 'MemberLocaleChanged.v1', data: { memberId, locale: 'lo' }, personal: null };
const changed: MemberPasswordChanged = {
  type: 'MemberPasswordChanged.v1',
  data: { memberId },
  personal: { passwordHash: '$argon2id$2' },
};
const confirmed: EmailConfirmed = { type: 'EmailConfirmed.v1', data: { memberId }, personal: null };
const nothing = given(memberDecider, []);
const member = given(memberDecider, [registered]);

describe('registering', () => {
  test('makes a member, in order and each role once', () => {
    nothing.when(register(), undefined).then([registered]);
    nothing
      .when(register({ roles: ['admin', 'editor', 'admin'], displayName: ' สมชาย ' }), undefined)
      .then([{ ...registered, data: { ...registered.data, roles: ['member', 'editor', 'admin'] } }]);
  });

  test('again changes nothing, though the password was hashed anew', () => {
    member.when(register({ passwordHash: '$argon2id$9', emailReserved: false }), undefined).then([]);
    given(memberDecider, [registered, renamed]).when(register(), undefined).then([]);
    given(memberDecider, [erased(registered)])
      .when(register({ email: 'x@example.org' }), undefined)
      .then([]);
  });

  test.each<Partial<RegisterMember['data']>>([{ handle: 'linh' }, { email: 'x@example.org' }, { displayName: 'Linh' }])(
    'again as somebody else is refused: %j',
    (over) => {
      member.when(register(over), undefined).thenRefused('id_taken');
    },
  );

  test.each<[string, Partial<RegisterMember['data']>]>([
    ['handle', { handle: 'ab' }],
    ['handle', { handle: 'x'.repeat(31) }],
    ['handle', { handle: 'two words' }],
    ['handle', { handle: 'a/b' }],
    ['handle', { handle: '...' }],
    ['handle', { handle: 'mail@me' }],
    ['handle', { handle: 'ADMIN' }],
    ['handle', { handle: 'ｓystem' }],
    ['handle', { handle: 'аdmin' }],
    ['handle', { handle: 'm.o.d.e.r.a.t.o.r' }],
    ['handle', { handle: 'ADM1N' }],
    ['handle', { handle: 'somchaiสม' }],
    ['displayName', { displayName: 'Moderator' }],
    ['displayName', { displayName: 'M o d e r a t o r' }],
    ['displayName', { displayName: 'Linh аnh' }],
    ['displayName', { displayName: '\u200b' }],
    ['displayName', { displayName: 'x'.repeat(81) }],
    ['displayName', { displayName: 'a\u202eb' }],
    ['email', { email: 'nobody' }],
    ['email', { email: 'a@b@c' }],
    ['email', { email: `${'x'.repeat(250)}@x.org` }],
    ['locale', { locale: '' }],
  ])('refuses a wrong %s: %j', (field, over) => {
    nothing.when(register(over), undefined).thenRefused('invalid', { field });
  });

  test.each(['ສົມ-ໄຊ', 'ထွန်း', 'สมชาย', 'ថារ៉ា', '小明明', 'Tom小明', '_x_', 'Đỗ.Nam'])(
    'takes the handle %s',
    (handle) => {
      const kept = { ...registered, data: { ...registered.data, handle: handle.normalize('NFC') } };
      nothing.when(register({ handle }), undefined).then([kept]);
    },
  );
});

describe('roles', () => {
  const change = (roles: ChangeRoles['data']['roles'], actor = 'other') =>
    new ChangeRoles({ memberId, roles }, metaOf({ actor }));

  test('are given and taken by others, and always hold member', () => {
    member.when(change(['admin']), undefined).then([admin]);
    given(memberDecider, [registered, admin])
      .when(change([]), undefined)
      .then([{ ...admin, data: { memberId, roles: ['member'] } }]);
    given(memberDecider, [registered, admin])
      .when(change(['admin', 'member']), undefined)
      .then([]);
    nothing.when(change(['admin']), undefined).thenRefused('member_not_found');
  });

  test('admin cannot be taken from oneself, others can', () => {
    const self = given(memberDecider, [registered, admin]);
    self.when(change(['editor'], memberId), undefined).thenRefused('forbidden');
    self
      .when(change(['admin', 'editor'], memberId), undefined)
      .then([{ ...admin, data: { memberId, roles: ['member', 'editor', 'admin'] } }]);
  });
});

describe('the profile', () => {
  const change = (over: Partial<ChangeProfile['data']>) => new ChangeProfile({ memberId, ...over }, metaOf());

  test('is changed field by field', () => {
    const all = { displayName: 'Som', locale: 'lo', passwordHash: '$argon2id$2' };
    member.when(change(all), undefined).then([renamed, moved, changed]);
    given(memberDecider, [registered, renamed])
      .when(change({ displayName: 'Som ' }), undefined)
      .then([]);
    member.when(change({}), undefined).then([]);
  });

  test('has its page taken away and given back once each', () => {
    const chosen = (hidden: boolean) =>
      ({ type: 'MemberPageChosen.v1', data: { memberId, hidden }, personal: null }) as const;
    member.when(change({ pageHidden: false }), undefined).then([]);
    member.when(change({ pageHidden: true }), undefined).then([chosen(true)]);
    const away = given(memberDecider, [registered, chosen(true)]);
    away.when(change({ pageHidden: true }), undefined).then([]);
    away.when(change({ pageHidden: false }), undefined).then([chosen(false)]);
  });

  test('says which languages it reads, known ones each once, and takes that back, once each', () => {
    const chosen = (...languages: string[]) =>
      ({ type: 'MemberLanguagesChosen.v1', data: { memberId, languages }, personal: null }) as const;
    member.when(change({ reads: [] }), undefined).then([]);
    member.when(change({ reads: ['klingon'] }), undefined).then([]);
    member.when(change({ reads: ['th', 'en', 'klingon', 'th'] }), undefined).then([chosen('en', 'th')]);
    const reading = given(memberDecider, [registered, chosen('en', 'th')]);
    reading.when(change({ reads: ['th', 'en'] }), undefined).then([]);
    reading.when(change({ displayName: 'Som' }), undefined).then([renamed]);
    reading.when(change({ reads: [] }), undefined).then([chosen()]);
  });

  test('says where it wants translations of what it does not read, once each', () => {
    const chosen = (place: 'asked' | 'instead') =>
      ({ type: 'MemberTranslationsChosen.v1', data: { memberId, place }, personal: null }) as const;
    member.when(change({ translationsShown: 'asked' }), undefined).then([]);
    member.when(change({ translationsShown: 'instead' }), undefined).then([chosen('instead')]);
    const chose = given(memberDecider, [registered, chosen('instead')]);
    chose.when(change({ translationsShown: 'instead', reads: [] }), undefined).then([]);
    chose.when(change({ translationsShown: 'asked' }), undefined).then([chosen('asked')]);
  });

  test('lets its comments be quoted and takes that back, once each', () => {
    const chosen = (allowed: boolean) =>
      ({ type: 'MemberQuotingChosen.v1', data: { memberId, allowed }, personal: null }) as const;
    member.when(change({ mayBeQuoted: false }), undefined).then([]);
    member.when(change({ mayBeQuoted: true }), undefined).then([chosen(true)]);
    const quoted = given(memberDecider, [registered, chosen(true)]);
    quoted.when(change({ mayBeQuoted: true }), undefined).then([]);
    quoted.when(change({ mayBeQuoted: false }), undefined).then([chosen(false)]);
  });

  test('has a new password recorded also when it is the same again, since it ends the sessions', () => {
    const again = change({ passwordHash: '$argon2id$2' });
    given(memberDecider, [registered, changed]).when(again, undefined).then([changed]);
  });

  test('keeps to the same rules, and needs a member who was not erased', () => {
    member.when(change({ displayName: '' }), undefined).thenRefused('invalid');
    member.when(change({ locale: 'x' }), undefined).thenRefused('invalid');
    nothing.when(change({ locale: 'lo' }), undefined).thenRefused('member_not_found');
    given(memberDecider, [erased(registered)])
      .when(change({ locale: 'lo' }), undefined)
      .thenRefused('member_not_found');
  });
});

describe('a name that was reserved for one who has not come', () => {
  const name = 'handle-somchai.p';
  const lost: MemberNameLost = { type: 'MemberNameLost.v1', data: { memberId, name }, personal: null };
  const forfeit = new ForfeitMemberName({ memberId, name }, metaOf());
  const late = given(memberDecider, [lost]);

  test('is given away once, and not that of one who came', () => {
    nothing.when(forfeit, undefined).then([lost]);
    late.when(forfeit, undefined).then([]);
    member.when(forfeit, undefined).thenRefused('handle_taken');
  });

  test('keeps that one from coming with it, but not without', () => {
    late.when(register({ names: ['founder', name] }), undefined).thenRefused('handle_taken', { field: 'handle' });
    late.when(register({ names: ['handle-other'] }), undefined).then([registered]);
    given(memberDecider, [{ ...lost, data: { memberId, name: 'founder' } }])
      .when(register({ names: [name, 'founder'] }), undefined)
      .thenRefused('conflict');
  });
});

test('an address is confirmed once, and by a member alone', () => {
  const confirm = new ConfirmEmail({ memberId }, metaOf());
  member.when(confirm, undefined).then([confirmed]);
  given(memberDecider, [registered, confirmed]).when(confirm, undefined).then([]);
  nothing.when(confirm, undefined).thenRefused('member_not_found');
});
