import { test } from '@jest/globals';
import fc from 'fast-check';
import { type Command, type Decider, DomainError, type Fact } from '../../libs/kernel/index.ts';
import { seenInComment } from '../../libs/markdown/index.ts';
import { metaOf, NOW, remembered } from '../../test/support/given.ts';
import { EditComment, PostComment, RemoveComment } from './comment/comment.commands.ts';
import { commentDecider } from './comment/comment.decider.ts';
import { ChangeDiscussion } from './discussion/discussion.commands.ts';
import { discussionDecider } from './discussion/discussion.decider.ts';
import { discussionFacts } from './discussion/discussion.facts.ts';
import {
  AcceptAnswer,
  ChangeAsking,
  FeatureComment,
  TakeBackAcceptance,
  UnfeatureComment,
} from './discussion/marks.commands.ts';
import { ChangeProfile, ChangeRoles, RegisterMember } from './member/member.commands.ts';
import { memberDecider } from './member/member.decider.ts';
import { EndSession } from './member/sessions.commands.ts';
import { FIRST_POLICY } from './policy/policy.settings.ts';
import { BringBackPost, EditPost, PublishPost, WithdrawPost } from './post/post.commands.ts';
import { postDecider } from './post/post.decider.ts';
import { AddReaction, WithdrawReaction } from './reaction/reaction.commands.ts';
import { reactionDecider } from './reaction/reaction.decider.ts';
import { ReleaseName, ReserveName, TakeTurn } from './reservation/reservation.commands.ts';
import { reservationDecider } from './reservation/reservation.decider.ts';
import { standingFacts } from './sanction/standing.facts.ts';

const meta = metaOf({ actor: 'admin' });
const post = {
  slug: 'borders',
  firstSlug: 'borders',
  textRevision: 0,
  publishAt: NOW,
  withdrawn: false,
  authorId: null,
};
const unsanctioned = standingFacts.initial();
const open = { state: 'open', slowModeSeconds: 0, pinnedCommentId: null } as const;

test('a comment', () => {
  const ids = { commentId: 'c1', postId: 'p1', parentId: null };
  const by = { memberId: 'm1', roles: ['member'] } as const;
  const commands = [
    new PostComment({ ...ids, body: 'Hello', by }, meta),
    new EditComment({ commentId: 'c1', body: 'Hello!', revision: 0, by }, meta),
    new EditComment({ commentId: 'c1', body: 'Hello', revision: 1, by }, meta),
    new RemoveComment({ commentId: 'c1', reason: null, by }, meta),
    new RemoveComment({ commentId: 'c1', reason: 'Spam', by: { memberId: 'm2', roles: ['moderator'] } }, meta),
  ];
  const needs = {
    post,
    belowHidden: false,
    discussion: discussionFacts.initial(),
    parent: null,
    authorRoles: [],
    standing: unsanctioned,
    policy: { version: 0, policy: FIRST_POLICY },
    record: { registeredAt: NOW, visibleComments: 0, isPremoderated: false, isConfirmed: true, earlier: [] },
    seenIn: seenInComment,
  };
  repeatsChangeNothing(commentDecider, commands, needs);
});

test('a post', () => {
  const content = {
    title: 'Borders',
    slug: 'borders',
    body: 'Text.',
    excerpt: null,
    tags: ['x'],
    locale: 'en',
  };
  const rest = { kind: 'article', publishAt: NOW, authorId: 'm1', byline: null, source: null } as const;
  const commands = [
    new PublishPost({ postId: 'p1', ...content, ...rest }, meta),
    new EditPost({ postId: 'p1', title: 'Limits', tags: [] }, meta),
    new EditPost({ postId: 'p1', title: 'Borders', excerpt: 'Short.' }, meta),
    new EditPost({ postId: 'p1', excerpt: null, publishAt: '2016-01-01T00:00:00.000Z' }, meta),
    new WithdrawPost({ postId: 'p1' }, meta),
    new BringBackPost({ postId: 'p1' }, meta),
  ];
  repeatsChangeNothing(postDecider, commands, undefined);
});

test('a discussion', () => {
  const commands = [
    new ChangeDiscussion({ postId: 'p1', ...open }, meta),
    new ChangeDiscussion({ postId: 'p1', ...open, state: 'closed' }, meta),
    new ChangeDiscussion({ postId: 'p1', ...open, slowModeSeconds: 60 }, meta),
  ];
  repeatsChangeNothing(discussionDecider, commands, { post, pinned: null, comment: null, belowHidden: false });
});

test('marks of comments', () => {
  const by = { memberId: 'ed', roles: ['editor'] } as const;
  const mark = { postId: 'p1', commentId: 'c1', by };
  const comment = {
    ...{ commentId: 'c1', postId: 'p1', parentId: null, rootId: 'c1', depth: 0, authorId: 'm1' },
    ...{ status: 'visible' as const, hidden: false, textRevision: 0 },
  };
  const commands = [
    new ChangeAsking({ postId: 'p1', asks: true, by }, meta),
    new AcceptAnswer(mark, meta),
    new FeatureComment(mark, meta),
    new TakeBackAcceptance(mark, meta),
    new UnfeatureComment(mark, meta),
    new ChangeAsking({ postId: 'p1', asks: false, by }, meta),
  ];
  repeatsChangeNothing(discussionDecider, commands, { post, pinned: null, comment, belowHidden: false });
});

test('reactions', () => {
  const by = { memberId: 'm1', roles: ['member'] } as const;
  const like = { commentId: 'c1', by, kind: 'like' } as const;
  const sad = { ...like, kind: 'sad' } as const;
  const commands = [like, sad].flatMap((wish) => [new AddReaction(wish, meta), new WithdrawReaction(wish, meta)]);
  const ids = { commentId: 'c1', postId: 'p1', parentId: null, rootId: 'c1' };
  const comment = { ...ids, depth: 0, authorId: 'm2', status: 'visible', hidden: false, textRevision: 0 } as const;
  repeatsChangeNothing(reactionDecider, commands, { comment, post, belowHidden: false, standing: unsanctioned });
});

test('a member', () => {
  const who = { memberId: 'm1', handle: 'somchai', displayName: 'S', email: 's@x.org', locale: 'th' };
  const commands = [
    new RegisterMember({ ...who, emailReserved: true, passwordHash: 'a', roles: [] }, meta),
    new ChangeRoles({ memberId: 'm1', roles: ['editor', 'admin'] }, meta),
    new ChangeRoles({ memberId: 'm1', roles: [] }, meta),
    new ChangeProfile({ memberId: 'm1', displayName: 'Som', locale: 'lo' }, meta),
    new ChangeProfile({ memberId: 'm1', displayName: 'S' }, meta),
    new EndSession({ memberId: 'm1', sessionId: 's1', expiresAt: NOW }, meta),
  ];
  repeatsChangeNothing(memberDecider, commands, undefined);
});

test('a name', () => {
  const turn = { postId: 'p1', memberId: 'm1', everySeconds: 0, slowSince: NOW };
  const commands = ['h1', 'h2'].flatMap((holder) => [
    new ReserveName({ name: 'n', holder }, meta),
    new ReleaseName({ name: 'n', holder }, meta),
    new TakeTurn({ ...turn, name: 'n', holder }, meta),
  ]);
  repeatsChangeNothing(reservationDecider, commands, { absent: null, lastCommentAt: null });
});

/** In whatever order the commands come, a command that was allowed changes nothing when it comes again. */
function repeatsChangeNothing<State, C extends Command, F extends Fact, Needed>(
  decider: Decider<State, C, F, Needed>,
  commands: readonly C[],
  needed: Needed,
): void {
  const decide = (command: C, facts: readonly F[]) =>
    decider.decide(command, remembered(facts).reduce(decider.evolve, decider.initial()), needed);
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...commands), { maxLength: 12 }), (sequence) => {
      const facts: F[] = [];
      for (const command of sequence) {
        const decided = unlessRefused(() => decide(command, facts));
        if (decided === null) continue;
        facts.push(...decided);
        const again = decide(command, facts);
        if (again.length > 0) throw new Error(`${command.constructor.name} again gave ${JSON.stringify(again)}`);
      }
    }),
  );
}

function unlessRefused<Result>(work: () => Result): Result | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof DomainError) return null;
    throw error;
  }
}
