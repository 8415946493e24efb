import { expect, test } from '@jest/globals';
import { erased, given, metaOf, NOW, refusal, remembered } from '../../../test/support/given.ts';
import type { CommentFacts } from '../comment/comment.facts.ts';
import { ReportComment } from './report.commands.ts';
import { type ReportNeeds, reportDecider } from './report.decider.ts';
import type { CommentReported } from './report.events.ts';

const comment: CommentFacts = {
  commentId: 'c1',
  postId: 'p1',
  parentId: null,
  rootId: 'c1',
  depth: 0,
  authorId: 'somchai',
  status: 'visible',
  hidden: false,
  textRevision: 2,
};
const needs: ReportNeeds = {
  comment,
  post: { slug: 'borders', firstSlug: 'borders', textRevision: 0, publishAt: NOW, withdrawn: false, authorId: null },
  belowHidden: false,
  standing: { membership: 'active', sanctions: [] },
};
const by = { memberId: 'linh', roles: ['member'] } as const;
const report = (over: Partial<ReportComment['data']> = {}) =>
  new ReportComment({ commentId: 'c1', by, reason: 'spam', note: ' Sells things ', ...over }, metaOf());
const reported: CommentReported = {
  type: 'CommentReported.v1',
  data: { commentId: 'c1', postId: 'p1', authorId: 'somchai', memberId: 'linh', reason: 'spam', revision: 2 },
  personal: { note: 'Sells things' },
};
const nothing = given(reportDecider, []);

test('a member complains once about each text', () => {
  nothing.when(report(), needs).then([reported]);
  nothing.when(report({ note: null }), needs).then([{ ...reported, personal: { note: '' } }]);
  const again = given(reportDecider, [reported]);
  again.when(report(), needs).then([]);
  again
    .when(report({ reason: 'abuse' }), { ...needs, comment: { ...comment, textRevision: 3 } })
    .then([{ ...reported, data: { ...reported.data, reason: 'abuse', revision: 3 } }]);
});

test('another complaint about the same text is refused with the one that stands', () => {
  const again = given(reportDecider, [reported]);
  for (const over of [{ reason: 'abuse' }, { note: 'Sells more' }, { note: null }] as const) {
    again.when(report(over), needs).thenRefused('conflict');
  }
  const asked = (facts: readonly CommentReported[]) =>
    refusal(() =>
      reportDecider.decide(
        report({ reason: 'illegal' }),
        remembered(facts).reduce(reportDecider.evolve, reportDecider.initial()),
        needs,
      ),
    );
  expect(asked([reported])).toMatchObject({
    reason: 'spam',
    detail:
      'You reported this comment already, as spam with the note "Sells things"; that stands, and this was not recorded.',
  });
  expect(asked([{ ...reported, personal: { note: '' } }]).detail).toContain('as spam without a note;');
  given(reportDecider, [erased(reported)])
    .when(report({ note: 'Other' }), needs)
    .then([]);
});

test('nobody complains about themselves, or about what readers cannot see', () => {
  nothing.when(report({ by: { ...by, memberId: 'somchai' } }), needs).thenRefused('forbidden');
  for (const status of ['held', 'rejected'] as const) {
    nothing.when(report(), { ...needs, comment: { ...comment, status } }).thenRefused('comment_not_found');
  }
  nothing.when(report(), { ...needs, comment: null }).thenRefused('comment_not_found');
  nothing.when(report(), { ...needs, post: null }).thenRefused('comment_not_found');
  nothing.when(report(), { ...needs, belowHidden: true }).thenRefused('comment_not_found');
  const withdrawn: ReportNeeds = {
    ...needs,
    post: { slug: 'borders', firstSlug: 'borders', textRevision: 0, publishAt: NOW, withdrawn: true, authorId: null },
  };
  nothing.when(report(), withdrawn).thenRefused('comment_not_found');
  nothing.when(report({ by: { memberId: 'ed', roles: ['editor'] } }), withdrawn).thenRefused('post_withdrawn');
  nothing.when(report(), { ...needs, comment: { ...comment, status: 'removed' } }).thenRefused('comment_removed');
});

test('whoever is banned complains no more, and a note has its limits', () => {
  const ban = {
    sanctionId: 's',
    kind: 'ban',
    until: null,
    by: 'm',
    acknowledged: false,
    lifted: false,
    appeal: 'none',
  } as const;
  nothing.when(report(), { ...needs, standing: { membership: 'active', sanctions: [ban] } }).thenRefused('banned');
  nothing.when(report({ note: 'x'.repeat(1_001) }), needs).thenRefused('invalid', { field: 'note' });
});
