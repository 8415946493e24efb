import { expect, test } from '@jest/globals';
import { MOST_FOLLOWED, MOST_MUTED, USUAL_WAYS } from '../../../libs/words/index.ts';
import { erased, given, metaOf, NOW, remembered } from '../../../test/support/given.ts';
import {
  ChooseNotifications,
  FollowDiscussion,
  HeedMember,
  IgnoreMember,
  MarkNotificationsRead,
  MuteDiscussion,
  UnfollowDiscussion,
  UnmuteDiscussion,
} from './inbox.commands.ts';
import { type InboxNeeds, inboxDecider } from './inbox.decider.ts';
import type { InboxEvent } from './inbox.events.ts';

const by = { memberId: 'linh', roles: ['member'] } as const;
const needs: InboxNeeds = {
  post: { slug: 'borders', firstSlug: 'borders', textRevision: 0, publishAt: NOW, withdrawn: false, authorId: null },
  isMember: true,
};
const wish = { by, postId: 'p1' };
const follow = new FollowDiscussion(wish, metaOf());
const unfollow = new UnfollowDiscussion(wish, metaOf());
const mute = new MuteDiscussion(wish, metaOf());
const data = { memberId: 'linh', postId: 'p1' };
const followed: InboxEvent = { type: 'DiscussionFollowed.v1', data, personal: null };
const unfollowed: InboxEvent = { type: 'DiscussionUnfollowed.v1', data, personal: null };
const mutes = (muted: readonly string[]): InboxEvent => ({
  type: 'MutesChanged.v1',
  data: { memberId: 'linh' },
  personal: { muted },
});
const nothing = given(inboxDecider, []);

test('a discussion is followed once, and no longer also where nobody chose to follow', () => {
  nothing.when(follow, needs).then([followed]);
  given(inboxDecider, [followed]).when(follow, needs).then([]);
  nothing.when(unfollow, needs).then([unfollowed]);
  given(inboxDecider, [followed, unfollowed]).when(unfollow, needs).then([]);
  given(inboxDecider, [followed, unfollowed]).when(follow, needs).then([followed]);
});

test('what readers cannot see is neither followed nor muted, but let go of', () => {
  const hidden = { ...needs, post: null };
  nothing.when(follow, hidden).thenRefused('post_not_found');
  nothing.when(mute, hidden).thenRefused('post_not_found');
  nothing.when(unfollow, hidden).then([unfollowed]);
  given(inboxDecider, [mutes(['p1'])])
    .when(new UnmuteDiscussion(wish, metaOf()), hidden)
    .then([mutes([])]);
});

test('the lists are sealed whole, and have an end', () => {
  given(inboxDecider, [mutes(['p0'])])
    .when(mute, needs)
    .then([mutes(['p0', 'p1'])]);
  given(inboxDecider, [mutes(['p1'])])
    .when(mute, needs)
    .then([]);
  const many = Array.from({ length: MOST_MUTED }, (_, n) => `other ${n}`);
  given(inboxDecider, [mutes(many)])
    .when(mute, needs)
    .thenRefused('conflict');
  given(inboxDecider, [erased(mutes(many))])
    .when(mute, needs)
    .then([mutes(['p1'])]);
  const follows = Array.from({ length: MOST_FOLLOWED }, (_, n) => ({ ...followed, data: { ...data, postId: `${n}` } }));
  given(inboxDecider, follows).when(follow, needs).thenRefused('conflict');
});

test('members are ignored who are some, and never oneself', () => {
  const ignores = (ignored: readonly string[]): InboxEvent => ({
    type: 'IgnoresChanged.v1',
    data: { memberId: 'linh' },
    personal: { ignored },
  });
  const ignore = new IgnoreMember({ by, memberId: 'somchai' }, metaOf());
  nothing.when(ignore, needs).then([ignores(['somchai'])]);
  nothing.when(ignore, { ...needs, isMember: false }).thenRefused('member_not_found');
  nothing.when(new IgnoreMember({ by, memberId: 'linh' }, metaOf()), needs).thenRefused('member_not_found');
  given(inboxDecider, [ignores(['somchai'])])
    .when(new HeedMember({ by, memberId: 'somchai' }, metaOf()), needs)
    .then([ignores([])]);
});

test('what is read stays read', () => {
  const read = (upTo: bigint) => new MarkNotificationsRead({ by, upTo }, metaOf());
  const fact = (upTo: string): InboxEvent => ({
    type: 'NotificationsRead.v1',
    data: { memberId: 'linh', upTo },
    personal: null,
  });
  nothing.when(read(7n), needs).then([fact('7')]);
  given(inboxDecider, [fact('7')])
    .when(read(7n), needs)
    .then([]);
  given(inboxDecider, [fact('7')])
    .when(read(12n), needs)
    .then([fact('12')]);
});

test('a choice changes what it names, is whole in the log, and is recorded once', () => {
  const choose = (change: ChooseNotifications['data']['wish']) =>
    new ChooseNotifications({ by, wish: change }, metaOf());
  const change = { ways: { reply: ['push', 'mail'] }, quietHours: { from: '22:00', to: '07:00' } } as const;
  const fact: InboxEvent = {
    type: 'NotificationsChosen.v1',
    data: { memberId: 'linh', ways: { ...USUAL_WAYS, reply: ['mail', 'push'] }, followOwn: true },
    personal: { quietHours: { from: '22:00', to: '07:00' }, timeZone: null },
  };
  nothing.when(choose(change), needs).then([fact]);
  given(inboxDecider, [fact]).when(choose(change), needs).then([]);
  nothing.when(choose({}), needs).then([]);
  nothing.when(choose({ timeZone: 'Mars/Base' }), needs).thenRefused('invalid');
  nothing.when(choose({ quietHours: { from: '7', to: '22:00' } }), needs).thenRefused('invalid');
  nothing.when(choose({ quietHours: { from: '07:00', to: '07:00' } }), needs).then([]);
});

test('a way that is not known any more is off', () => {
  const odd: InboxEvent = {
    type: 'NotificationsChosen.v1',
    data: { memberId: 'linh', ways: JSON.parse('{"reply":["pigeon","mail"]}'), followOwn: false },
    personal: { quietHours: null, timeZone: null },
  };
  const state = remembered([odd]).reduce(inboxDecider.evolve, inboxDecider.initial());
  expect(state.ways).toMatchObject({ reply: ['mail'], mention: [] });
});
