import { describe, test } from '@jest/globals';
import { seenInComment } from '../../../libs/markdown/index.ts';
import { erased, given, metaOf, NOW } from '../../../test/support/given.ts';
import { discussionFacts } from '../discussion/discussion.facts.ts';
import { FIRST_POLICY } from '../policy/policy.settings.ts';
import { ConfirmGuestComment, GUEST, IssueGuestLink, SendGuestComment } from './guest.commands.ts';
import { type GuestNeeds, guestDecider } from './guest.decider.ts';
import type { GuestCommentConfirmed, GuestCommentSent, GuestLinkIssued, GuestScreened } from './guest.events.ts';

const LATER = '2015-10-06T08:00:00.000Z';
const [commentId, postId] = ['c1', 'p1'];
const personal = { body: 'Hello', displayName: 'Sokha', email: 'sokha@example.org', locale: 'km' };
const sent: GuestCommentSent = {
  type: 'GuestCommentSent.v1',
  data: { commentId, postId, parentId: null, expiresAt: LATER },
  personal,
};
const issued: GuestLinkIssued = { type: 'GuestLinkIssued.v1', data: { commentId, hash: 'h1' }, personal: null };
const confirmed: GuestCommentConfirmed = { type: 'GuestCommentConfirmed.v1', data: { commentId }, personal: null };
const needs: GuestNeeds = {
  known: null,
  post: {
    slug: 'borders',
    firstSlug: 'borders',
    textRevision: 0,
    publishAt: '2015-10-01T00:00:00.000Z',
    withdrawn: false,
    authorId: null,
  },
  belowHidden: false,
  discussion: discussionFacts.initial(),
  parent: null,
  authorRoles: [],
  standing: { membership: 'active', sanctions: [] },
  policy: { version: 0, policy: FIRST_POLICY },
  seenIn: seenInComment,
  record: { registeredAt: NOW, visibleComments: 0, isPremoderated: false, isConfirmed: true, earlier: [] },
};
const parent = { commentId: 'c0', postId, parentId: null, rootId: 'c0', depth: 0, authorId: 'linh', textRevision: 0 };

const screened: GuestScreened = {
  type: 'GuestScreened.v1',
  data: { commentId, rules: ['form-time', 'disposable-address'] },
  personal: null,
};

const send = (over: Partial<typeof personal> = {}, parentId: string | null = null) => {
  const { body, ...guest } = { ...personal, ...over };
  return new SendGuestComment({ commentId, postId, parentId, body, guest, by: GUEST }, metaOf());
};
const confirm = (hash = 'h1', now = NOW) => new ConfirmGuestComment({ commentId, hash }, metaOf({ now }));

describe('a comment of a guest', () => {
  test('waits for one day; the same again is the same, another one under the id is refused', () => {
    given(guestDecider, []).when(send(), needs).then([sent]);
    given(guestDecider, [sent, issued]).when(send(), needs).then([]);
    given(guestDecider, [erased(sent), issued, confirmed])
      .when(send(), needs)
      .then([]);
    for (const over of [{ body: 'Bye' }, { displayName: 'Dara' }, { email: 'dara@example.org' }]) {
      given(guestDecider, [sent]).when(send(over), needs).thenRefused('id_taken');
    }
    const known = { ...parent, commentId, status: 'visible', hidden: false } as const;
    given(guestDecider, [])
      .when(send(), { ...needs, known })
      .thenRefused('id_taken');
  });

  test('keeps the rules that caught the guest on arrival, once', () => {
    const { data, meta } = send();
    const caught = new SendGuestComment({ ...data, heldBy: screened.data.rules }, meta);
    given(guestDecider, []).when(caught, needs).then([sent, screened]);
    given(guestDecider, [sent]).when(caught, needs).then([]);
    given(guestDecider, [sent, screened, issued]).when(confirm(), needs).then([confirmed]);
  });

  test('obeys the rules of posting', () => {
    const closed = {
      ...needs,
      discussion: { ...needs.discussion, settings: { ...needs.discussion.settings, state: 'closed' as const } },
    };
    given(guestDecider, []).when(send(), closed).thenRefused('discussion_closed');
    const hidden = { ...parent, status: 'held', hidden: true } as const;
    given(guestDecider, [])
      .when(send({}, 'c0'), { ...needs, parent: hidden })
      .thenRefused('parent_not_found');
  });

  test('is confirmed once, in time, by a secret that was mailed', () => {
    given(guestDecider, [sent, issued]).when(confirm(), needs).then([confirmed]);
    given(guestDecider, [sent, issued]).when(confirm('h2'), needs).thenRefused('link_not_found');
    given(guestDecider, [sent]).when(confirm(), needs).thenRefused('link_not_found');
    given(guestDecider, [sent, issued, confirmed]).when(confirm(), needs).thenRefused('link_used');
    given(guestDecider, [sent, issued, confirmed]).when(confirm('h2'), needs).thenRefused('link_not_found');
    given(guestDecider, [sent, issued]).when(confirm('h1', LATER), needs).thenRefused('link_expired');
    given(guestDecider, [erased(sent), issued])
      .when(confirm(), needs)
      .thenRefused('link_expired');
  });

  test('has a link by each secret that a letter may carry', () => {
    const issue = new IssueGuestLink({ commentId, hash: 'h1' }, metaOf());
    given(guestDecider, [sent]).when(issue, needs).then([issued]);
    given(guestDecider, [sent, issued]).when(issue, needs).then([]);
    given(guestDecider, []).when(issue, needs).thenRefused('link_not_found');
  });
});
