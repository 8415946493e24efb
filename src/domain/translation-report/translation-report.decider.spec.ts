import { test } from '@jest/globals';
import { erased, given, metaOf, NOW } from '../../../test/support/given.ts';
import type { CommentFacts } from '../comment/comment.facts.ts';
import type { TranslationFacts } from '../translation/translation.facts.ts';
import { ReportTranslation } from './translation-report.commands.ts';
import { type TranslationReportNeeds, translationReportDecider } from './translation-report.decider.ts';
import type { TranslationReported } from './translation-report.events.ts';

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
const about = { translationId: 't1', postId: 'p1', commentId: 'c1', language: 'en' };
const translation: TranslationFacts = { ...about, memberId: 'linh', textRevision: 1, standing: true };
const post = {
  slug: 'borders',
  firstSlug: 'borders',
  textRevision: 0,
  publishAt: NOW,
  withdrawn: false,
  authorId: null,
};
const needs: TranslationReportNeeds = {
  translation,
  comment,
  post,
  belowHidden: false,
  standing: { membership: 'active', sanctions: [] },
};
const keo = { memberId: 'keo', roles: ['member'] } as const;
const report = (over: Partial<ReportTranslation['data']> = {}) =>
  new ReportTranslation({ translationId: 't1', by: keo, reason: 'abuse', note: ' It insults ', ...over }, metaOf());
const reported: TranslationReported = {
  type: 'TranslationReported.v1',
  data: { ...about, translatorId: 'linh', memberId: 'keo', reason: 'abuse', revision: 1 },
  personal: { note: 'It insults' },
};
const nothing = given(translationReportDecider, []);
const again = given(translationReportDecider, [reported]);

test('a member complains once about each text of a translation', () => {
  nothing.when(report(), needs).then([reported]);
  nothing.when(report({ note: null }), needs).then([{ ...reported, personal: { note: '' } }]);
  again.when(report(), needs).then([]);
  again.when(report({ reason: 'spam' }), needs).thenRefused('conflict');
  again.when(report({ note: 'Other' }), needs).thenRefused('conflict');
  given(translationReportDecider, [erased(reported)])
    .when(report({ note: 'Other' }), needs)
    .then([]);
  again
    .when(report(), { ...needs, translation: { ...translation, textRevision: 3 } })
    .then([{ ...reported, data: { ...reported.data, revision: 3 } }]);
});

test('one that says another thing than its text is reported as wrong', () => {
  const data = { ...reported.data, reason: 'wrong-translation' } as const;
  nothing.when(report({ reason: 'wrong-translation' }), needs).then([{ ...reported, data }]);
});

test('the author of the text may complain about what was made of it, its translator may not', () => {
  const somchai = { memberId: 'somchai', roles: ['member'] } as const;
  nothing.when(report({ by: somchai }), needs).then([{ ...reported, data: { ...reported.data, memberId: 'somchai' } }]);
  nothing.when(report({ by: { ...keo, memberId: 'linh' } }), needs).thenRefused('forbidden');
});

test('nobody complains about what readers do not see', () => {
  nothing.when(report(), { ...needs, translation: null }).thenRefused('not_found');
  nothing.when(report(), { ...needs, translation: { ...translation, standing: false } }).thenRefused('not_found');
  nothing.when(report(), { ...needs, comment: { ...comment, status: 'removed' } }).thenRefused('comment_removed');
  nothing.when(report(), { ...needs, comment: { ...comment, status: 'held' } }).thenRefused('comment_not_found');
  nothing.when(report(), { ...needs, belowHidden: true }).thenRefused('comment_not_found');
  const ofPost = { ...needs, comment: null, translation: { ...translation, commentId: null } };
  nothing.when(report(), ofPost).then([{ ...reported, data: { ...reported.data, commentId: null } }]);
  nothing.when(report(), { ...ofPost, post: { ...post, withdrawn: true } }).thenRefused('post_not_found');
});

test('whoever is stopped complains no more, and a note has its limits', () => {
  nothing
    .when(report(), { ...needs, standing: { membership: 'waiting', sanctions: [] } })
    .thenRefused('membership_waiting');
  nothing.when(report({ note: 'x'.repeat(1_001) }), needs).thenRefused('invalid', { field: 'note' });
});
