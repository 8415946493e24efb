import { describe, expect, test } from '@jest/globals';
import { seenInComment } from '../../../libs/markdown/index.ts';
import type { Role } from '../../../libs/words/index.ts';
import { DEEPEST_ANSWER } from '../../../libs/words/index.ts';
import { erased, given, happened, metaOf, NOW } from '../../../test/support/given.ts';
import { type DiscussionFacts, discussionFacts } from '../discussion/discussion.facts.ts';
import { FIRST_POLICY } from '../policy/policy.settings.ts';
import type { PostFacts } from '../post/post.facts.ts';
import {
  type Actor,
  ClaimComment,
  EditComment,
  ImportComment,
  ImportPlaceholder,
  PostComment,
  PostGuestComment,
  RemoveComment,
  SetCommentLanguage,
} from './comment.commands.ts';
import { commentDecider } from './comment.decider.ts';
import type { CommentEdited, CommentEvent, CommentHeld, CommentPosted, CommentRemoved } from './comment.events.ts';
import type { CommentFacts } from './comment.facts.ts';
import type { CommentNeeds } from './posting.rules.ts';

const commentId = 'c1';
const postId = 'p1';
const somchai: Actor = { memberId: 'somchai', roles: ['member'] };
const linh: Actor = { memberId: 'linh', roles: ['member'] };
const moderator: Actor = { memberId: 'mod', roles: ['member', 'moderator'] };
const editor: Actor = { memberId: 'ed', roles: ['member', 'editor'] };

const post: PostFacts = {
  slug: 'borders',
  firstSlug: 'borders',
  textRevision: 0,
  publishAt: '2015-10-01T00:00:00.000Z',
  withdrawn: false,
  authorId: null,
};
const discussion: DiscussionFacts = discussionFacts.initial();
const needs: CommentNeeds = {
  post,
  belowHidden: false,
  discussion,
  parent: null,
  authorRoles: ['member'],
  standing: { membership: 'active', sanctions: [] },
  policy: { version: 0, policy: FIRST_POLICY },
  seenIn: seenInComment,
  record: {
    registeredAt: '2015-01-01T00:00:00.000Z',
    visibleComments: 9,
    isPremoderated: false,
    isConfirmed: true,
    earlier: [],
  },
};
const parent: CommentFacts = {
  commentId: 'c0',
  postId,
  parentId: null,
  rootId: 'c0',
  depth: 0,
  authorId: linh.memberId,
  status: 'visible',
  hidden: false,
  textRevision: 0,
};

const posted: CommentPosted = {
  type: 'CommentPosted.v1',
  data: { commentId, postId, parentId: null, rootId: commentId, depth: 0, authorId: somchai.memberId, source: null },
  personal: { body: 'Hello', author: null },
};
const edited: CommentEdited = {
  type: 'CommentEdited.v1',
  data: { commentId, postId },
  personal: { body: 'Hello all' },
};
const held: CommentHeld = {
  type: 'CommentHeld.v2',
  data: { commentId, postId, reasons: ['spam?'], keepsPlace: false },
  personal: null,
};
const removed: CommentRemoved = {
  type: 'CommentRemoved.v1',
  data: { commentId, postId, by: 'author', reason: null },
  personal: null,
};
const restored: CommentEvent = { type: 'CommentRestored.v1', data: { commentId, postId }, personal: null };

const wish = { commentId, postId, parentId: null, body: 'Hello', by: somchai };
const postComment = (over: Partial<PostComment['data']> = {}) => new PostComment({ ...wish, ...over }, metaOf());
const answer = (over: Partial<PostComment['data']> = {}) => postComment({ parentId: 'c0', ...over });
const editComment = (over: Partial<EditComment['data']> = {}) =>
  new EditComment({ commentId, body: 'Hello all', revision: 0, by: somchai, ...over }, metaOf());
const removeComment = (by: Actor, reason: string | null = null) =>
  new RemoveComment({ commentId, reason, by }, metaOf());
const withState = (state: 'open' | 'read-only' | 'closed'): CommentNeeds => ({
  ...needs,
  discussion: { ...discussion, settings: { ...discussion.settings, state } },
});
const nothing = given(commentDecider, []);

describe('posting a comment', () => {
  test('records it at the top of the thread', () => {
    nothing.when(postComment(), needs).then([posted]);
  });

  test('records an answer one level below what it answers, in the same branch', () => {
    const deep = { ...parent, rootId: 'c00', depth: 3 };
    nothing
      .when(answer(), { ...needs, parent: deep })
      .then([{ ...posted, data: { ...posted.data, parentId: 'c0', rootId: 'c00', depth: 4 } }]);
  });

  test('keeps the text in NFC, trimmed, with plain line ends', () => {
    const body = ' \r\nTie\u0302\u0301ng\r\nViệt\t \n';
    nothing.when(postComment({ body }), needs).then([{ ...posted, personal: { body: 'Tiếng\nViệt', author: null } }]);
  });

  test.each([
    ['empty', ''],
    ['blank', ' \n\t '],
    ['invisible', '\u200b\u200d\u2060'],
    ['too long', 'x'.repeat(10_001)],
    ['half a surrogate pair', 'a\ud800b'],
    ['control characters', 'a\u0000b'],
    ['an override that is not closed', 'a\u202eb'],
  ])('refuses a text that is %s', (_, body) => {
    nothing.when(postComment({ body }), needs).thenRefused('invalid');
  });

  test('counts characters, not bytes or halves of pairs', () => {
    const body = '😀'.repeat(10_000);
    nothing.when(postComment({ body }), needs).then([{ ...posted, personal: { body, author: null } }]);
  });

  test.each<[string, PostFacts | null]>([
    ['is unknown', null],
    ['is withdrawn', { ...post, withdrawn: true }],
    ['is not published yet', { ...post, publishAt: '2015-10-05T08:00:00.001Z' }],
  ])('refuses as if there were no post when it %s', (_, facts) => {
    nothing.when(postComment(), { ...needs, post: facts }).thenRefused('post_not_found');
  });

  test('tells editors, who see such posts, why', () => {
    const by = editor;
    nothing.when(postComment({ by }), { ...needs, post: { ...post, withdrawn: true } }).thenRefused('post_withdrawn');
    const publishAt = '2016-01-01T00:00:00.000Z';
    nothing.when(postComment({ by }), { ...needs, post: { ...post, publishAt } }).thenRefused('discussion_closed');
  });

  test('is open to all from the moment of publishing', () => {
    nothing.when(postComment(), { ...needs, post: { ...post, publishAt: NOW } }).then([posted]);
  });

  test.each<Actor>([somchai, moderator])('is refused to everybody in a closed or read-only discussion', (by) => {
    nothing.when(postComment({ by }), withState('closed')).thenRefused('discussion_closed');
    nothing.when(postComment({ by }), withState('read-only')).thenRefused('discussion_read_only');
  });

  test('refuses an answer to what is not there, stands elsewhere, or was removed', () => {
    nothing.when(answer(), needs).thenRefused('parent_not_found');
    nothing.when(answer(), { ...needs, parent: { ...parent, postId: 'p2' } }).thenRefused('parent_in_other_post');
    nothing.when(answer(), { ...needs, parent: { ...parent, status: 'removed' } }).thenRefused('comment_removed');
  });

  test('refuses an answer to what waits for a decision, to others as if it were not there', () => {
    const waiting: CommentNeeds = { ...needs, parent: { ...parent, status: 'held' } };
    nothing.when(answer(), waiting).thenRefused('parent_not_found');
    nothing.when(answer({ by: linh }), waiting).thenRefused('conflict');
    nothing.when(answer({ by: moderator }), waiting).thenRefused('conflict');
  });

  test('nests down to the deepest level and no further', () => {
    const at = (depth: number): CommentNeeds => ({ ...needs, parent: { ...parent, depth } });
    nothing
      .when(answer(), at(DEEPEST_ANSWER - 1))
      .then([{ ...posted, data: { ...posted.data, parentId: 'c0', rootId: 'c0', depth: DEEPEST_ANSWER } }]);
    nothing.when(answer(), at(DEEPEST_ANSWER)).thenRefused('too_deep');
  });
});

describe('the same comment sent again', () => {
  test.each<[string, readonly CommentEvent[], CommentNeeds]>([
    ['stands as posted', [posted], needs],
    ['was edited', [posted, edited], needs],
    ['was removed', [posted, removed], needs],
    ['stands in a discussion that was closed', [posted], withState('closed')],
    ['stands under a post that was withdrawn', [posted], { ...needs, post: { ...post, withdrawn: true } }],
  ])('changes nothing when it %s', (_, facts, needed) => {
    given(commentDecider, facts).when(postComment(), needed).then([]);
  });

  test.each<[string, Partial<PostComment['data']>]>([
    ['author', { by: linh }],
    ['post', { postId: 'p2' }],
    ['parent', { parentId: 'c0' }],
    ['text', { body: 'Hello?' }],
  ])('is another comment with another %s', (_, over) => {
    given(commentDecider, [posted])
      .when(postComment(over), { ...needs, parent })
      .thenRefused('id_taken');
  });

  test('cannot be told apart by its text once that was erased', () => {
    given(commentDecider, [erased(posted)])
      .when(postComment({ body: 'Other' }), needs)
      .then([]);
    given(commentDecider, [erased(posted)])
      .when(editComment(), needs)
      .thenRefused('comment_removed');
  });
});

describe('importing a comment', () => {
  const source = { kind: 'wordpress', site: 'https://blog.example.org', id: '7' } as const;
  const author = { displayName: 'Bounmy', email: 'b@example.org', url: null };
  const data = { commentId, postId, parentId: null, body: 'Hello', author, source, held: false, keepsPlace: false };
  const importComment = (over: Partial<ImportComment['data']> = {}) =>
    new ImportComment({ ...data, ...over }, metaOf());
  const imported: CommentPosted = {
    type: 'CommentPosted.v1',
    data: { ...posted.data, authorId: null, source },
    personal: { body: 'Hello', author },
  };

  test('asks neither whether the discussion is open nor how deep the branch is', () => {
    const needed = { ...withState('closed'), parent: { ...parent, depth: 30 } };
    nothing
      .when(importComment({ parentId: 'c0' }), needed)
      .then([{ ...imported, data: { ...imported.data, parentId: 'c0', rootId: 'c0', depth: 31 } }]);
  });

  test('holds what waited for approval in the source', () => {
    nothing
      .when(importComment({ held: true }), needs)
      .then([imported, { ...held, data: { ...held.data, reasons: ['awaiting-approval-in-source'] } }]);
  });

  test('keeps the place of what is held where readers see answers to it', () => {
    nothing
      .when(importComment({ held: true, keepsPlace: true }), needs)
      .then([
        imported,
        { ...held, data: { ...held.data, reasons: ['awaiting-approval-in-source'], keepsPlace: true } },
      ]);
  });

  test('keeps the place of one that does not come, without its text, as removed', () => {
    const place = { commentId, postId, parentId: null, source };
    const command = new ImportPlaceholder(place, metaOf());
    const kept: CommentPosted = { ...imported, personal: { body: '', author: null } };
    nothing.when(command, needs).then([
      kept,
      {
        type: 'CommentRemoved.v1',
        data: { commentId, postId, by: 'moderator', reason: 'not-brought-by-import' },
        personal: null,
      },
    ]);
    given(commentDecider, [kept]).when(command, needs).then([]);
    nothing.when(command, { ...needs, post: null }).thenRefused('post_not_found');
  });

  test('asks for the post and for the comment that it answers', () => {
    nothing.when(importComment(), { ...needs, post: null }).thenRefused('post_not_found');
    nothing.when(importComment({ parentId: 'c0' }), needs).thenRefused('parent_not_found');
    const elsewhere = { ...parent, postId: 'p2' };
    nothing
      .when(importComment({ parentId: 'c0' }), { ...needs, parent: elsewhere })
      .thenRefused('parent_in_other_post');
  });

  test('changes nothing the second time, and is another comment with another text or author', () => {
    const again = given(commentDecider, [imported]);
    again.when(importComment(), needs).then([]);
    again.when(importComment({ body: 'Bye' }), needs).thenRefused('id_taken');
    again.when(importComment({ author: { ...author, displayName: 'Noy' } }), needs).thenRefused('id_taken');
  });
});

describe('editing a comment', () => {
  test('is for its author, who has seen the newest revision', () => {
    given(commentDecider, [posted]).when(editComment(), needs).then([edited]);
    given(commentDecider, [posted, edited])
      .when(editComment({ body: 'Once more', revision: 1 }), needs)
      .then([{ ...edited, personal: { body: 'Once more' } }]);
    given(commentDecider, [posted, edited])
      .when(editComment({ body: 'Late' }), needs)
      .thenRefused('stale_revision');
  });

  test('with the text that it has already changes nothing, at the newest revision or from the one before that text', () => {
    const changed = given(commentDecider, [posted, edited]);
    for (const revision of [0, 1]) changed.when(editComment({ body: 'Hello all ', revision }), needs).then([]);
    given(commentDecider, [posted])
      .when(editComment({ body: 'Hello', revision: 0 }), needs)
      .then([]);
    const ruledOn = given(commentDecider, [posted, edited, held]);
    for (const revision of [0, 2]) ruledOn.when(editComment({ revision }), needs).then([]);
  });

  test('is refused after as many as the forum allows; the text as it stands is no edit', () => {
    const limits = { maxLength: 100, maxDepth: 10, maxEdits: 1 };
    const changed = given(commentDecider, [posted, edited]);
    changed.when(editComment({ body: 'Other', revision: 1, limits }), needs).thenRefused('too_many_edits');
    changed.when(editComment({ body: 'Hello all', revision: 1, limits }), needs).then([]);
    const other = { ...edited, personal: { body: 'Other' } };
    const two = { ...limits, maxEdits: 2 };
    changed.when(editComment({ body: 'Other', revision: 1, limits: two }), needs).then([other]);
  });

  test('is refused once the time for it is over; the text as it stands is no edit', () => {
    const limits = { maxLength: 100, maxDepth: 10, maxEdits: 9, editWindowMinutes: 30 };
    const ago = (minutes: number) => new Date(Date.parse(NOW) - minutes * 60_000).toISOString();
    const old = given(commentDecider, [happened(posted, { occurredAt: ago(31) })]);
    old.when(editComment({ body: 'Other', revision: 0, limits }), needs).thenRefused('edit_window_over');
    old.when(editComment({ body: 'Hello', revision: 0, limits }), needs).then([]);
    const other = { ...edited, personal: { body: 'Other' } };
    given(commentDecider, [happened(posted, { occurredAt: ago(30) })])
      .when(editComment({ body: 'Other', revision: 0, limits }), needs)
      .then([other]);
    old
      .when(editComment({ body: 'Other', revision: 0, limits: { ...limits, editWindowMinutes: null } }), needs)
      .then([other]);
  });

  test('with the text that it has already, at a revision that says nothing of that text, is stale', () => {
    const changed = given(commentDecider, [posted, edited]);
    for (const revision of [-1, 2, 99]) changed.when(editComment({ revision }), needs).thenRefused('stale_revision');
    const back = { ...edited, personal: { body: 'Hello' } };
    const there = given(commentDecider, [posted, edited, back, held]);
    for (const revision of [0, 2, 4]) {
      there.when(editComment({ body: 'Hello', revision }), needs).thenRefused('stale_revision');
    }
    given(commentDecider, [posted])
      .when(editComment({ body: 'Hello', revision: -1 }), needs)
      .thenRefused('stale_revision');
  });

  test('is for nobody else, moderators included', () => {
    given(commentDecider, [posted])
      .when(editComment({ by: linh }), needs)
      .thenRefused('forbidden');
    given(commentDecider, [posted])
      .when(editComment({ by: moderator }), needs)
      .thenRefused('forbidden');
  });

  test('refuses what is not there, waits unseen, was removed, or stands in a closed discussion', () => {
    nothing.when(editComment(), needs).thenRefused('comment_not_found');
    given(commentDecider, [posted, held])
      .when(editComment({ by: linh }), needs)
      .thenRefused('comment_not_found');
    given(commentDecider, [posted, removed])
      .when(editComment({ revision: 1 }), needs)
      .thenRefused('comment_removed');
    given(commentDecider, [posted]).when(editComment(), withState('closed')).thenRefused('discussion_closed');
  });

  test('goes on after a restoration', () => {
    given(commentDecider, [posted, removed, restored])
      .when(editComment({ revision: 2 }), needs)
      .then([edited]);
  });

  test('holds the new text to the same rules', () => {
    given(commentDecider, [posted])
      .when(editComment({ body: '\u202e' }), needs)
      .thenRefused('invalid');
  });
});

describe('a comment that readers do not find', () => {
  const withdrawn: CommentNeeds = { ...needs, post: { ...post, withdrawn: true } };
  const stands = given(commentDecider, [posted]);

  test('is not there to be edited, and its author and editors are told that its post was withdrawn', () => {
    stands.when(editComment(), withdrawn).thenRefused('post_withdrawn');
    stands.when(editComment({ by: editor }), withdrawn).thenRefused('post_withdrawn');
    for (const by of [linh, moderator]) stands.when(editComment({ by }), withdrawn).thenRefused('comment_not_found');
    stands.when(editComment(), { ...needs, belowHidden: true }).thenRefused('comment_not_found');
    stands.when(editComment({ by: moderator }), { ...needs, belowHidden: true }).thenRefused('forbidden');
  });

  test('is removed by its author all the same', () => {
    stands.when(removeComment(somchai), withdrawn).then([removed]);
  });
});

describe('removing a comment', () => {
  test('is for its author, and for moderators with a reason', () => {
    given(commentDecider, [posted]).when(removeComment(somchai), needs).then([removed]);
    for (const role of ['moderator', 'admin'] satisfies Role[]) {
      given(commentDecider, [posted])
        .when(removeComment({ memberId: 'm', roles: ['member', role] }, ' Insult '), needs)
        .then([{ ...removed, data: { ...removed.data, by: 'moderator', reason: 'Insult' } }]);
    }
  });

  test('is refused to others, as if it were not there when they cannot see it', () => {
    given(commentDecider, [posted]).when(removeComment(linh), needs).thenRefused('forbidden');
    given(commentDecider, [posted]).when(removeComment(editor), needs).thenRefused('forbidden');
    given(commentDecider, [posted, held]).when(removeComment(linh), needs).thenRefused('comment_not_found');
    nothing.when(removeComment(somchai), needs).thenRefused('comment_not_found');
  });

  test('twice changes nothing', () => {
    given(commentDecider, [posted, removed]).when(removeComment(somchai), needs).then([]);
    given(commentDecider, [posted, removed]).when(removeComment(moderator), needs).then([]);
  });

  test('works on what waits, by its author and moderators', () => {
    given(commentDecider, [posted, held]).when(removeComment(somchai), needs).then([removed]);
    given(commentDecider, [posted, held, removed]).when(removeComment(somchai), needs).then([]);
  });

  test('is refused to its author for what a moderator took out before readers saw it', () => {
    const byModerator: CommentRemoved = { ...removed, data: { ...removed.data, by: 'moderator' } };
    const unseen = given(commentDecider, [posted, held, byModerator]);
    unseen.when(removeComment(somchai), needs).thenRefused('comment_not_found');
    unseen.when(removeComment(moderator), needs).then([]);
    given(commentDecider, [posted, byModerator]).when(removeComment(somchai), needs).then([]);
  });
});

test('a fact of an older revision stands where its envelope says', () => {
  given(commentDecider, [happened(posted, { revision: 7n })])
    .when(editComment({ revision: 7 }), needs)
    .then([edited]);
});

describe('a confirmed comment of a guest', () => {
  const author = { displayName: 'Sokha', email: 'sokha@example.org', url: null, guest: true } as const;
  const by: Actor = { memberId: 'guest', roles: [] };
  const guestPosts = (body = 'Hello') =>
    new PostGuestComment({ commentId, postId, parentId: null, body, author, memberId: null, by }, metaOf());
  const heldAsGuests: CommentHeld = {
    type: 'CommentHeld.v2',
    data: { commentId, postId, reasons: ['guest'], keepsPlace: false },
    personal: null,
  };
  const byGuest = { ...posted, data: { ...posted.data, authorId: null }, personal: { body: 'Hello', author } };

  test('is held, and judged by the policy besides', () => {
    given(commentDecider, []).when(guestPosts(), needs).then([byGuest, heldAsGuests]);
    const rules = FIRST_POLICY.rules.map((rule) => ({ ...rule, on: rule.rule === 'pre-moderate-all' }));
    const strict = { ...needs, policy: { version: 1, policy: { rules } } };
    const facts = commentDecider.decide(guestPosts(), commentDecider.initial(), strict);
    expect(facts.map(({ type }) => type)).toEqual(['CommentPosted.v1', 'CommentHeld.v2', 'CommentJudged.v1']);
  });

  test('is claimed with its own address alone, not with one that looks the same when it is folded', () => {
    const atSharp = {
      ...byGuest,
      personal: { body: 'Hello', author: { ...author, email: 'sokha@stra\u00dfe.example' } },
    };
    const claiming = (email: string) =>
      new ClaimComment({ commentId, email, by: { memberId: 'm2', roles: [] } }, metaOf());
    given(commentDecider, [atSharp]).when(claiming('sokha@strasse.example'), needs).thenRefused('comment_not_found');
    const claimed = { type: 'CommentClaimed.v1', data: { commentId, postId, memberId: 'm2' }, personal: null } as const;
    given(commentDecider, [atSharp]).when(claiming('Sokha@stra\u00dfe.example'), needs).then([claimed]);
  });

  test('is refused where the member of the same address is banned', () => {
    const sanction = {
      sanctionId: 's1',
      kind: 'ban',
      until: null,
      by: 'mod',
      acknowledged: false,
      lifted: false,
    } as const;
    const standing: CommentNeeds['standing'] = { membership: 'active', sanctions: [{ ...sanction, appeal: 'none' }] };
    given(commentDecider, [])
      .when(guestPosts(), { ...needs, standing })
      .thenRefused('banned');
  });
});

test('a text tells whom it mentions once, and counts as no other state of the comment', () => {
  const mentioned = (...memberIds: string[]): CommentEvent => ({
    type: 'MembersMentioned.v1',
    data: { commentId, postId, memberIds },
    personal: null,
  });
  const wish = { commentId, postId, parentId: null, body: 'Hello', by: somchai } as const;
  given(commentDecider, [])
    .when(new PostComment({ ...wish, mentions: ['linh', 'somchai'] }, metaOf()), needs)
    .then([posted, mentioned('linh')]);
  const change = { commentId, body: 'Hello all', revision: 0, by: somchai, mentions: ['linh', 'mod'] };
  const edit = new EditComment(change, metaOf());
  given(commentDecider, [posted, mentioned('linh')])
    .when(edit, needs)
    .then([edited, mentioned('mod')]);
  given(commentDecider, [posted, mentioned('linh'), edited, mentioned('mod')])
    .when(edit, needs)
    .then([]);
});

test('the texts of a comment together mention ten members', () => {
  const many = (from: number, count: number): string[] => Array.from({ length: count }, (_, n) => `m${from + n}`);
  const told = (...memberIds: string[]): CommentEvent => ({
    type: 'MembersMentioned.v1',
    data: { commentId, postId, memberIds },
    personal: null,
  });
  const change = { commentId, body: 'Hello all', revision: 0, by: somchai };
  given(commentDecider, [posted, told(...many(0, 8))])
    .when(new EditComment({ ...change, mentions: many(8, 10) }, metaOf()), needs)
    .then([edited, told('m8', 'm9')]);
  given(commentDecider, [posted, told(...many(0, 10))])
    .when(new EditComment({ ...change, mentions: many(10, 10) }, metaOf()), needs)
    .then([edited]);
});

test('an edit that no reader sees says anew whom the comment mentions', () => {
  const told = (...memberIds: string[]): CommentEvent => ({
    type: 'MembersMentioned.v1',
    data: { commentId, postId, memberIds },
    personal: null,
  });
  const heldNow: CommentEvent = {
    type: 'CommentHeld.v2',
    data: { commentId, postId, reasons: ['test'], keepsPlace: false },
    personal: null,
  };
  const change = { commentId, body: 'Hello all', revision: 2, by: somchai };
  given(commentDecider, [posted, told('linh', 'mod'), heldNow])
    .when(new EditComment({ ...change, mentions: ['linh'] }, metaOf()), needs)
    .then([edited, told('linh')]);
});

describe('the language of a comment', () => {
  const inThai: CommentPosted = { ...posted, data: { ...posted.data, language: 'th' } };
  const said = (language: string): CommentEvent => ({
    type: 'CommentLanguageSet.v1',
    data: { commentId, postId, language },
    personal: null,
  });
  const say = (language: 'km' | 'th' | 'und', by: Actor = somchai) =>
    new SetCommentLanguage({ commentId, language, by }, metaOf());
  const editedIn = (language: string): CommentEdited => ({ ...edited, data: { ...edited.data, language } });

  test('is recorded as its text told it, and of a new text anew', () => {
    nothing.when(postComment({ language: 'th' }), needs).then([inThai]);
    given(commentDecider, [inThai])
      .when(editComment({ language: 'en' }), needs)
      .then([editedIn('en')]);
    given(commentDecider, [inThai]).when(editComment(), needs).then([edited]);
  });

  test('is what its author or a moderator says, of later texts too', () => {
    given(commentDecider, [inThai])
      .when(say('km'), needs)
      .then([said('km')]);
    given(commentDecider, [inThai])
      .when(say('und', moderator), needs)
      .then([said('und')]);
    given(commentDecider, [inThai, said('km')])
      .when(editComment({ language: 'en', revision: 1 }), needs)
      .then([editedIn('km')]);
    given(commentDecider, [inThai, said('km')])
      .when(say('km'), needs)
      .then([]);
    given(commentDecider, [inThai])
      .when(say('th'), needs)
      .then([said('th')]);
  });

  test('is said by nobody else, and of nothing that was removed', () => {
    given(commentDecider, [inThai]).when(say('km', linh), needs).thenRefused('forbidden');
    given(commentDecider, [inThai, removed]).when(say('km'), needs).thenRefused('comment_removed');
    given(commentDecider, [inThai, held]).when(say('km', linh), needs).thenRefused('comment_not_found');
    nothing.when(say('km'), needs).thenRefused('comment_not_found');
  });
});
