import { describe, test } from '@jest/globals';
import type { SanctionKind } from '../../../libs/words/index.ts';
import { given, happened, metaOf } from '../../../test/support/given.ts';
import {
  AcknowledgeWarning,
  AppealSanction,
  DecideAppeal,
  LiftSanction,
  NoteMember,
  SanctionMember,
} from './sanction.commands.ts';
import { type SanctionNeeds, sanctionDecider } from './sanction.decider.ts';
import type { MemberSanctioned, SanctionEvent } from './sanction.events.ts';

const LATER = '2015-10-12T08:00:00.000Z';
const needs: SanctionNeeds = { roles: ['member'] };
const mod = { memberId: 'mod', roles: ['member', 'moderator'] } as const;
const other = { ...mod, memberId: 'other' };
const sanction = (over: Partial<SanctionMember['data']> = {}) =>
  new SanctionMember(
    {
      memberId: 'm1',
      sanctionId: 's1',
      kind: 'ban',
      until: null,
      reason: 'abuse',
      commentId: 'c1',
      statement: ' Insults ',
      by: mod,
      ...over,
    },
    metaOf({ actor: mod.memberId }),
  );
const sanctioned = (kind: SanctionKind, over: Partial<MemberSanctioned['data']> = {}): MemberSanctioned => ({
  type: 'MemberSanctioned.v1',
  data: { memberId: 'm1', sanctionId: 's1', kind, until: null, reason: 'abuse', commentId: 'c1', ...over },
  personal: { statement: 'Insults' },
});
const byMod = (event: MemberSanctioned) => happened<SanctionEvent>(event, { actor: mod.memberId });
const appealed: SanctionEvent = {
  type: 'SanctionAppealed.v1',
  data: { memberId: 'm1', sanctionId: 's1' },
  personal: { text: 'It was irony.' },
};
const appeal = (text = 'It was irony.') => new AppealSanction({ memberId: 'm1', sanctionId: 's1', text }, metaOf());
const answerAppeal = (outcome: 'granted' | 'refused', by = other) =>
  new DecideAppeal({ memberId: 'm1', sanctionId: 's1', outcome, answer: 'We agree.', by }, metaOf());
const appealDecided = (outcome: 'granted' | 'refused'): SanctionEvent => ({
  type: 'AppealDecided.v1',
  data: { memberId: 'm1', sanctionId: 's1', outcome },
  personal: { answer: 'We agree.' },
});
const lifted = (kind: SanctionKind, because: 'moderator' | 'appeal', note: string): SanctionEvent => ({
  type: 'SanctionLifted.v1',
  data: { memberId: 'm1', sanctionId: 's1', kind, because },
  personal: { note },
});
const lift = (kind: SanctionKind) => new LiftSanction({ memberId: 'm1', kind, note: 'Enough', by: mod }, metaOf());
const nothing = given(sanctionDecider, []);

describe('a sanction', () => {
  test('is recorded with its statement of reasons', () => {
    nothing.when(sanction(), needs).then([sanctioned('ban')]);
    nothing
      .when(sanction({ kind: 'suspension', until: '2015-10-12T15:00:00+07:00' }), needs)
      .then([sanctioned('suspension', { until: LATER })]);
  });

  test.each([
    ['until', { kind: 'suspension', until: null }],
    ['until', { kind: 'suspension', until: '2015-10-05T08:00:00.000Z' }],
    ['until', { kind: 'suspension', until: '2017-01-01T00:00:00.000Z' }],
    ['until', { kind: 'suspension', until: 'soon' }],
    ['until', { kind: 'ban', until: LATER }],
    ['statement', { statement: ' ' }],
  ] as const)('needs a right %s', (field, over) => {
    nothing.when(sanction(over), needs).thenRefused('invalid', { field });
  });

  test('is for members, not for oneself, those who judge or those who watch, and once at a time', () => {
    nothing.when(sanction(), { roles: null }).thenRefused('member_not_found');
    for (const role of ['moderator', 'auditor', 'admin'] as const) {
      nothing.when(sanction(), { roles: ['member', role] }).thenRefused('forbidden');
    }
    nothing.when(sanction(), { roles: ['member', 'editor'] }).then([sanctioned('ban')]);
    nothing.when(sanction({ memberId: 'mod' }), needs).thenRefused('forbidden');
    given(sanctionDecider, [sanctioned('ban')])
      .when(sanction(), needs)
      .thenRefused('already_decided');
    given(sanctionDecider, [byMod(sanctioned('ban'))])
      .when(sanction({ by: other }), needs)
      .thenRefused('already_decided');
    given(sanctionDecider, [sanctioned('suspension', { until: '2015-10-05T08:00:00.000Z' })])
      .when(sanction({ kind: 'suspension', until: LATER, sanctionId: 's2' }), needs)
      .then([sanctioned('suspension', { until: LATER, sanctionId: 's2' })]);
  });

  test('sent again by the same moderator changes nothing, as long as it is in force', () => {
    const until = LATER;
    const again = given(sanctionDecider, [byMod(sanctioned('suspension', { until }))]);
    const same = { kind: 'suspension', until: '2015-10-12T15:00:00+07:00', sanctionId: 's2' } as const;
    again.when(sanction(same), needs).then([]);
    for (const over of [
      { until: '2015-10-12T08:00:01.000Z' },
      { reason: 'spam' },
      { commentId: null },
      { statement: 'Threats' },
    ] as const) {
      again.when(sanction({ ...same, ...over }), needs).thenRefused('already_decided');
    }
    given(sanctionDecider, [byMod(sanctioned('suspension', { until })), lifted('suspension', 'moderator', '')])
      .when(sanction(same), needs)
      .then([sanctioned('suspension', { until, sanctionId: 's2' })]);
    const { fact, envelope } = byMod(sanctioned('suspension', { until }));
    given(sanctionDecider, [{ fact, envelope, erased: true }])
      .when(sanction({ ...same, statement: 'Threats' }), needs)
      .then([]);
  });

  test('is lifted by a moderator, as long as it is in force', () => {
    given(sanctionDecider, [sanctioned('ban')])
      .when(lift('ban'), needs)
      .then([lifted('ban', 'moderator', 'Enough')]);
    given(sanctionDecider, [sanctioned('ban')])
      .when(lift('suspension'), needs)
      .then([]);
    given(sanctionDecider, [sanctioned('ban'), lifted('ban', 'moderator', '')])
      .when(lift('ban'), needs)
      .then([]);
  });
});

describe('a warning', () => {
  const confirm = new AcknowledgeWarning({ memberId: 'm1', sanctionId: 's1' }, metaOf());
  const confirmed: SanctionEvent = {
    type: 'WarningAcknowledged.v1',
    data: { memberId: 'm1', sanctionId: 's1' },
    personal: null,
  };
  test('is confirmed once', () => {
    given(sanctionDecider, [sanctioned('warning')])
      .when(confirm, needs)
      .then([confirmed]);
    given(sanctionDecider, [sanctioned('warning'), confirmed])
      .when(confirm, needs)
      .then([]);
    given(sanctionDecider, [sanctioned('ban')])
      .when(confirm, needs)
      .thenRefused('conflict');
    nothing.when(confirm, needs).thenRefused('not_found');
  });
});

describe('an appeal', () => {
  test('is made once, against what is in force', () => {
    given(sanctionDecider, [sanctioned('ban')])
      .when(appeal(), needs)
      .then([appealed]);
    given(sanctionDecider, [sanctioned('ban'), appealed])
      .when(appeal('Again'), needs)
      .thenRefused('conflict');
    given(sanctionDecider, [sanctioned('ban'), appealed, appealDecided('refused')])
      .when(appeal(), needs)
      .thenRefused('conflict');
    given(sanctionDecider, [sanctioned('ban'), lifted('ban', 'moderator', '')])
      .when(appeal(), needs)
      .thenRefused('conflict');
    nothing.when(appeal(), needs).thenRefused('not_found');
  });

  test('is decided by another moderator, once, and ends the sanction when it is granted', () => {
    const open = given(sanctionDecider, [byMod(sanctioned('ban')), appealed]);
    open.when(answerAppeal('granted'), needs).then([appealDecided('granted'), lifted('ban', 'appeal', 'We agree.')]);
    open.when(answerAppeal('refused'), needs).then([appealDecided('refused')]);
    open.when(answerAppeal('granted', mod), needs).thenRefused('forbidden');
    open.when(answerAppeal('granted', { ...mod, memberId: 'm1' }), needs).thenRefused('forbidden');
    given(sanctionDecider, [byMod(sanctioned('ban'))])
      .when(answerAppeal('granted'), needs)
      .thenRefused('conflict');
    given(sanctionDecider, [byMod(sanctioned('ban')), appealed, appealDecided('refused')])
      .when(answerAppeal('granted'), needs)
      .thenRefused('already_decided');
  });
});

test('moderators leave notes about members', () => {
  const note = new NoteMember({ memberId: 'm1', noteId: 'n1', text: 'New phone number.', by: mod }, metaOf());
  const noted: SanctionEvent = {
    type: 'MemberNoted.v1',
    data: { memberId: 'm1', noteId: 'n1' },
    personal: { text: 'New phone number.' },
  };
  nothing.when(note, needs).then([noted]);
  nothing.when(note, { roles: null }).thenRefused('member_not_found');
});
