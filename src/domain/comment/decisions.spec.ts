import { describe, expect, test } from '@jest/globals';
import { seenInComment } from '../../../libs/markdown/index.ts';
import { DECISION_ACTIONS, type DecisionAction } from '../../../libs/words/index.ts';
import { given, happened, metaOf, NOW, refusal, remembered } from '../../../test/support/given.ts';
import { discussionFacts } from '../discussion/discussion.facts.ts';
import { FIRST_POLICY, type Policy, type Rule } from '../policy/policy.settings.ts';
import { type Actor, EditComment, PostComment } from './comment.commands.ts';
import { commentDecider } from './comment.decider.ts';
import type { CommentEvent, CommentPosted, CommentRemoved } from './comment.events.ts';
import { commentFacts } from './comment.facts.ts';
import { DecideOnComment, UndoDecision } from './decision.commands.ts';
import { type CommentDecided, type CommentJudged, type Seen } from './decision.events.ts';
import type { CommentNeeds } from './posting.rules.ts';

const ids = { commentId: 'c1', postId: 'p1' };
const author: Actor = { memberId: 'somchai', roles: ['member'] };
const moderator: Actor = { memberId: 'mod', roles: ['member', 'moderator'] };
const banning = (measure: 'hold' | 'reject'): Policy => ({
  rules: FIRST_POLICY.rules.map(
    (rule): Rule => (rule.rule === 'banned-words' ? { ...rule, words: ['casino'], measure } : rule),
  ),
});
const policyOf = (measure: 'hold' | 'reject') => ({ version: 4, policy: banning(measure) });
const needs: CommentNeeds = {
  post: { slug: 'borders', firstSlug: 'borders', textRevision: 0, publishAt: NOW, withdrawn: false, authorId: null },
  belowHidden: false,
  discussion: discussionFacts.initial(),
  parent: null,
  authorRoles: ['member'],
  standing: { membership: 'active', sanctions: [] },
  policy: policyOf('reject'),
  seenIn: seenInComment,
  record: {
    registeredAt: '2015-01-01T00:00:00.000Z',
    visibleComments: 9,
    isPremoderated: false,
    isConfirmed: true,
    earlier: [],
  },
};
const posted = (body = 'Hello'): CommentPosted => ({
  type: 'CommentPosted.v1',
  data: { ...ids, parentId: null, rootId: 'c1', depth: 0, authorId: author.memberId, source: null },
  personal: { body, author: null },
});
const edited = (body: string): CommentEvent => ({ type: 'CommentEdited.v1', data: ids, personal: { body } });
const judged = (measure: CommentJudged['data']['measure'], matched = 'casino'): CommentJudged => ({
  type: 'CommentJudged.v1',
  data: { ...ids, measure, policyVersion: 4, rules: ['banned-words'] },
  personal: { matched: [matched] },
});
const removedBy = (by: CommentRemoved['data']['by']): CommentRemoved => ({
  type: 'CommentRemoved.v1',
  data: { ...ids, by, reason: null },
  personal: null,
});
const seen: Seen = {
  policyVersion: 4,
  reports: [{ memberId: 'linh', reason: 'spam', revision: 0 }],
  surroundings: [{ commentId: 'c0', revision: 2 }],
};
const rule = (action: DecisionAction, over: Partial<DecideOnComment['data']> = {}) =>
  new DecideOnComment(
    {
      commentId: 'c1',
      decisionId: 'd1',
      action,
      reason: 'spam',
      note: ' Third time ',
      revision: 0,
      seen,
      bulkId: null,
      by: moderator,
      ...over,
    },
    metaOf(),
  );
const undo = (undoes: string, over: Partial<UndoDecision['data']> = {}) =>
  new UndoDecision(
    { commentId: 'c1', decisionId: 'd2', undoes, note: '', seen, bulkId: null, by: moderator, ...over },
    metaOf(),
  );
const decided = (
  action: DecisionAction,
  [from, to]: readonly [CommentDecided['data']['from'], CommentDecided['data']['to']],
  over: Partial<CommentDecided['data']> = {},
): CommentDecided => ({
  type: 'CommentDecided.v1',
  data: {
    ...ids,
    decisionId: 'd1',
    action,
    from,
    to,
    hidden: to === 'held' || to === 'rejected' || (to === 'removed' && from !== 'visible'),
    reason: 'spam',
    revision: 0,
    seen,
    bulkId: null,
    undoes: null,
    ...over,
  },
  personal: { note: 'Third time' },
});
const statusAfter = (facts: readonly CommentEvent[]) =>
  remembered(facts).reduce(commentFacts.evolve, commentFacts.initial())?.status;
const post = (body: string, by = author) => new PostComment({ ...ids, parentId: null, body, by }, metaOf());
const edit = (body: string) => new EditComment({ commentId: 'c1', body, revision: 0, by: author }, metaOf());

describe('the policy', () => {
  test('is recorded with a text that it catches, and says by what', () => {
    given(commentDecider, [])
      .when(post('C4SINO'), needs)
      .then([posted('C4SINO'), judged('reject', 'C4SINO')]);
    given(commentDecider, []).when(post('Hello'), needs).then([posted()]);
    expect(statusAfter([posted(), judged('reject')])).toBe('rejected');
    expect(statusAfter([posted(), judged('hold')])).toBe('held');
    expect(statusAfter([posted(), judged('report')])).toBe('visible');
  });

  test('looks at a new text of what readers see, and leaves what waits where it is', () => {
    given(commentDecider, [posted()])
      .when(edit('My casino'), needs)
      .then([edited('My casino'), judged('reject')]);
    const waiting = [posted(), happened(judged('hold'), { revision: 0n })];
    given(commentDecider, waiting)
      .when(edit('My casino'), needs)
      .then([edited('My casino')]);
  });

  test('does not judge those who judge', () => {
    given(commentDecider, [])
      .when(post('casino', { ...author, roles: ['moderator'] }), { ...needs, authorRoles: ['moderator'] })
      .then([posted('casino')]);
  });

  test('closes old discussions', () => {
    const rules = FIRST_POLICY.rules.map(
      (one): Rule => (one.rule === 'closed-discussion' ? { ...one, on: true, afterDays: 1 } : one),
    );
    const old = {
      ...needs,
      policy: { version: 1, policy: { rules } },
      post: {
        slug: 'x',
        firstSlug: 'x',
        textRevision: 0,
        publishAt: '2015-10-04T07:00:00.000Z',
        withdrawn: false,
        authorId: null,
      },
    };
    given(commentDecider, []).when(post('Hello'), old).thenRefused('discussion_closed');
  });
});

describe('whoever is sanctioned', () => {
  const sanction = { sanctionId: 's1', by: 'mod', acknowledged: false, lifted: false, appeal: 'none' } as const;
  const under = (
    kind: 'warning' | 'suspension' | 'ban' | 'pre-moderation',
    until: string | null = null,
  ): CommentNeeds => ({
    ...needs,
    standing: { membership: 'active', sanctions: [{ ...sanction, kind, until }] },
  });
  test.each([
    ['banned', under('ban')],
    ['suspended', under('suspension', '2015-10-05T08:00:00.001Z')],
    ['warning_open', under('warning')],
  ] as const)('is told that it is %s, when it posts and when it edits', (code, needed) => {
    given(commentDecider, []).when(post('Hello'), needed).thenRefused(code);
    given(commentDecider, [posted()]).when(edit('Hello all'), needed).thenRefused(code);
  });
  test('writes again when the time is over, and under pre-moderation always', () => {
    given(commentDecider, []).when(post('Hello'), under('suspension', NOW)).then([posted()]);
    given(commentDecider, []).when(post('Hello'), under('pre-moderation')).then([posted()]);
  });
});

describe('a decision', () => {
  const states = {
    visible: [posted()],
    held: [posted(), judged('hold')],
    rejected: [posted(), judged('reject')],
    removed: [posted(), removedBy('moderator')],
  };
  const effects: Record<string, readonly (readonly [DecisionAction, CommentDecided['data']['to']])[]> = {
    visible: [
      ['approve', 'visible'],
      ['hold', 'held'],
      ['reject', 'rejected'],
      ['remove', 'removed'],
    ],
    held: [
      ['approve', 'visible'],
      ['reject', 'rejected'],
      ['remove', 'removed'],
    ],
    rejected: [
      ['approve', 'visible'],
      ['hold', 'held'],
      ['remove', 'removed'],
      ['restore', 'visible'],
    ],
    removed: [['restore', 'visible']],
  };
  for (const status of ['visible', 'held', 'rejected', 'removed'] as const) {
    const facts = states[status];
    const revision = facts.length - 1;
    const allowed = new Map(effects[status]);
    test.each(DECISION_ACTIONS)(`on a ${status} comment: %s`, (action) => {
      const to = allowed.get(action);
      const attempt = given(commentDecider, facts).when(rule(action, { revision }), needs);
      if (to === undefined) attempt.thenRefused('conflict');
      else attempt.then([decided(action, [status, to], { revision })]);
    });
  }

  test('tells who comes second that somebody was first, and who has not seen the newest text that it changed', () => {
    given(commentDecider, [posted(), decided('remove', ['visible', 'removed'])])
      .when(rule('approve'), needs)
      .thenRefused('already_decided');
    given(commentDecider, [posted(), edited('Other')])
      .when(rule('approve'), needs)
      .thenRefused('stale_revision');
    given(commentDecider, [posted(), decided('approve', ['visible', 'visible']), edited('Other')])
      .when(rule('remove', { revision: 1 }), needs)
      .thenRefused('stale_revision');
  });

  test('that leads nowhere is refused with the decision that made the comment what it is, or as a conflict without one', () => {
    const ruled = happened<CommentEvent>(decided('approve', ['held', 'visible'], { revision: 1 }), { position: 70n });
    const attempt = (facts: readonly (CommentEvent | typeof ruled)[], action: DecisionAction) =>
      refusal(() =>
        commentDecider.decide(
          rule(action, { revision: facts.length - 1, by: { ...moderator, memberId: 'other' } }),
          remembered(facts).reduce(commentDecider.evolve, commentDecider.initial()),
          needs,
        ),
      );
    expect(attempt([posted(), judged('hold'), ruled], 'restore')).toMatchObject({
      code: 'already_decided',
      decisionId: 'd1',
      position: 70n,
    });
    expect(attempt([posted()], 'restore')).toMatchObject({
      code: 'conflict',
      detail: 'This comment is visible, from where there is no restore.',
    });
    expect(attempt([posted(), judged('hold'), ruled, edited('My casino'), judged('hold')], 'hold').code).toBe(
      'conflict',
    );
  });

  describe('sent again', () => {
    const made = happened<CommentEvent>(decided('remove', ['visible', 'removed']), { actor: 'mod' });
    const again = given(commentDecider, [posted(), made]);

    test('by the same moderator changes nothing, whatever was written since', () => {
      again.when(rule('remove', { decisionId: 'd2', bulkId: 'b1' }), needs).then([]);
      const approved = happened<CommentEvent>(decided('approve', ['visible', 'visible']), { actor: 'mod' });
      const rewritten = given(commentDecider, [posted(), approved, edited('Other')]);
      rewritten.when(rule('approve', { decisionId: 'd2' }), needs).then([]);
      const takenOut = given(commentDecider, [posted(), approved, removedBy('author')]);
      takenOut.when(rule('approve', { decisionId: 'd2' }), needs).then([]);
    });

    test.each<[string, Partial<DecideOnComment['data']>, DecisionAction?]>([
      ['moderator', { by: { ...moderator, memberId: 'other' } }],
      ['action', {}, 'reject'],
      ['reason', { reason: 'abuse' }],
      ['note', { note: 'Second time' }],
    ])('with another %s comes second', (_, over, action = 'remove') => {
      again.when(rule(action, over), needs).thenRefused('already_decided');
    });

    test('from another revision comes second', () => {
      again.when(rule('remove', { revision: 1 }), needs).thenRefused('already_decided');
    });

    test('after it was taken back comes second', () => {
      const back = decided('restore', ['removed', 'visible'], { decisionId: 'd2', revision: 1, undoes: 'd1' });
      const undone = given(commentDecider, [posted(), made, happened<CommentEvent>(back, { actor: 'mod' })]);
      undone.when(rule('remove'), needs).thenRefused('already_decided');
      undone.when(rule('restore', { revision: 1 }), needs).thenRefused('already_decided');
    });

    test('cannot be told apart by its note once that was erased', () => {
      const { fact, envelope } = made;
      given(commentDecider, [posted(), { fact, envelope, erased: true }])
        .when(rule('remove', { note: 'Other' }), needs)
        .then([]);
    });
  });

  test('is not for the author, nor on what is not there or was taken out by its author', () => {
    given(commentDecider, [posted()])
      .when(rule('approve', { by: { ...moderator, memberId: author.memberId } }), needs)
      .thenRefused('forbidden');
    given(commentDecider, []).when(rule('approve'), needs).thenRefused('comment_not_found');
    given(commentDecider, [posted(), removedBy('author')])
      .when(rule('restore', { revision: 1 }), needs)
      .thenRefused('forbidden');
  });
});

describe('taking a decision back', () => {
  test('brings the comment back to what it was, and can be taken back itself', () => {
    const facts = [posted(), judged('hold'), decided('approve', ['held', 'visible'], { revision: 1 })];
    const back = decided('hold', ['visible', 'held'], { decisionId: 'd2', reason: null, revision: 2, undoes: 'd1' });
    const nothingSaid = { personal: { note: '' } };
    given(commentDecider, facts)
      .when(undo('d1'), needs)
      .then([{ ...back, ...nothingSaid }]);
    expect(statusAfter([...facts, back])).toBe('held');
    given(commentDecider, [...facts, back])
      .when(undo('d2', { decisionId: 'd3' }), needs)
      .then([
        {
          ...decided('restore', ['held', 'visible'], { decisionId: 'd3', reason: null, revision: 3, undoes: 'd2' }),
          ...nothingSaid,
        },
      ]);
  });

  test('leaves no place of a comment that readers never saw, as it was before', () => {
    const removed = decided('remove', ['held', 'removed'], { revision: 1 });
    const shown = decided('restore', ['removed', 'visible'], { decisionId: 'd2', revision: 2 });
    const facts = [posted(), judged('hold'), removed, shown];
    given(commentDecider, facts)
      .when(undo('d2', { decisionId: 'd3' }), needs)
      .then([
        {
          ...decided('remove', ['visible', 'removed'], {
            decisionId: 'd3',
            reason: null,
            revision: 3,
            undoes: 'd2',
            hidden: true,
          }),
          personal: { note: '' },
        },
      ]);
  });

  describe('whose comment got another text meanwhile', () => {
    const held = decided('hold', ['visible', 'held']);
    const shown = (over: Partial<CommentDecided['data']>): CommentDecided => ({
      ...decided('restore', ['held', 'visible'], { decisionId: 'd2', reason: null, ...over }),
      personal: { note: '' },
    });
    const holding = policyOf('hold');
    const suspecting = FIRST_POLICY.rules.map(
      (rule): Rule => (rule.rule === 'suspect-words' ? { ...rule, words: ['casino'] } : rule),
    );

    test.each(['hold', 'reject'] as const)('shows no text that the policy would %s', (measure) => {
      const caught = { ...needs, policy: policyOf(measure) };
      given(commentDecider, [posted(), held, edited('My casino')])
        .when(undo('d1'), caught)
        .thenRefused('stale_revision');
      const rejected = decided('reject', ['visible', 'rejected']);
      given(commentDecider, [posted(), rejected, edited('Hello'), edited('My casino')])
        .when(undo('d1'), caught)
        .thenRefused('stale_revision');
      const backAgain = decided('hold', ['visible', 'held'], { decisionId: 'd2', revision: 2, undoes: 'd1' });
      const approved = decided('approve', ['held', 'visible'], { revision: 1 });
      given(commentDecider, [posted(), judged('hold'), approved, backAgain, edited('My casino')])
        .when(undo('d2', { decisionId: 'd3' }), caught)
        .thenRefused('stale_revision');
    });

    test('shows what the policy lets through, and puts before moderators what it reports', () => {
      given(commentDecider, [posted(), held, edited('Other')])
        .when(undo('d1'), { ...needs, policy: holding })
        .then([shown({ revision: 2, undoes: 'd1' })]);
      given(commentDecider, [posted(), held, edited('My casino')])
        .when(undo('d1'), { ...needs, policy: { version: 4, policy: { rules: suspecting } } })
        .then([
          shown({ revision: 2, undoes: 'd1' }),
          { ...judged('report'), data: { ...judged('report').data, rules: ['suspect-words'] } },
        ]);
    });

    test('shows the text that was decided on, which the policy of today is not asked about', () => {
      given(commentDecider, [posted('My casino'), held])
        .when(undo('d1'), { ...needs, policy: holding })
        .then([shown({ revision: 1, undoes: 'd1' })]);
      const seenByOther = decided('approve', ['held', 'visible'], { decisionId: 'd2', revision: 2 });
      const back = decided('hold', ['visible', 'held'], { decisionId: 'd3', revision: 3, undoes: 'd2' });
      given(commentDecider, [posted(), held, edited('My casino'), seenByOther, back])
        .when(undo('d3', { decisionId: 'd4' }), { ...needs, policy: holding })
        .then([shown({ decisionId: 'd4', revision: 4, undoes: 'd3' })]);
    });

    test('shows what those wrote who judge', () => {
      given(commentDecider, [posted(), held, edited('My casino')])
        .when(undo('d1'), { ...needs, policy: holding, authorRoles: ['member', 'moderator'] })
        .then([shown({ revision: 2, undoes: 'd1' })]);
    });

    test('and that readers did not see before, leaves it where moderators find it', () => {
      const rejected = decided('reject', ['held', 'rejected'], { revision: 1 });
      const back = {
        ...decided('hold', ['rejected', 'held'], { decisionId: 'd2', reason: null, revision: 3, undoes: 'd1' }),
      };
      given(commentDecider, [posted(), judged('hold'), rejected, edited('My casino')])
        .when(undo('d1'), { ...needs, policy: holding })
        .then([{ ...back, personal: { note: '' } }]);
    });
  });

  test('is for the newest decision alone', () => {
    const first = decided('hold', ['visible', 'held']);
    const second = decided('approve', ['held', 'visible'], { decisionId: 'd9', revision: 1 });
    given(commentDecider, [posted(), first, second]).when(undo('d1'), needs).thenRefused('already_decided');
    given(commentDecider, [posted(), first, removedBy('author')])
      .when(undo('d1'), needs)
      .thenRefused('stale_revision');
    given(commentDecider, [posted()]).when(undo('d1'), needs).thenRefused('stale_revision');
  });
});
