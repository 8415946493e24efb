import { test } from '@jest/globals';
import { erased, given, happened, metaOf } from '../../../test/support/given.ts';
import { DropPostDraft, KeepPostDraft } from './post-draft.commands.ts';
import { postDraftDecider } from './post-draft.decider.ts';
import type { PostDraftContent, PostDraftDropped, PostDraftKept } from './post-draft.events.ts';

const data = { postId: 'p1', draftId: 'd1', memberId: 'mali' };
const EMPTY: PostDraftContent = {
  title: '',
  slug: '',
  body: '',
  excerpt: '',
  tags: [],
  locale: 'en',
  kind: 'article',
  appearAt: '',
};
const kept = (content: Partial<PostDraftContent>): PostDraftKept => ({
  type: 'PostDraftKept.v1',
  data,
  personal: { ...EMPTY, ...content },
});
const dropped: PostDraftDropped = { type: 'PostDraftDropped.v1', data, personal: null };
const keep = (content: Partial<PostDraftContent>, over: bigint | null = null) =>
  new KeepPostDraft({ ...data, content: { ...EMPTY, ...content }, over }, metaOf());
const drop = (over: bigint) => new DropPostDraft({ ...data, over }, metaOf());
const at7 = happened(kept({ body: 'One' }), { position: 7n });

test('a post is kept however little of it is written, and the same words once', () => {
  given(postDraftDecider, [])
    .when(keep({ title: 'Half a title ', tags: ['Peace', 'peace'], appearAt: '2026-12-24T18:00' }), null)
    .then([kept({ title: 'Half a title ', tags: ['Peace'], appearAt: '2026-12-24T18:00' })]);
  given(postDraftDecider, [happened(kept({ body: 'One\n' }), { position: 7n })])
    .when(keep({ body: 'One\r\n' }), null)
    .then([]);
  given(postDraftDecider, [at7])
    .when(keep({}, 7n), null)
    .then([kept({})]);
});

test('a text ends as its writer left it, so that the next one goes on there', () => {
  given(postDraftDecider, [at7])
    .when(keep({ body: 'One\r\n\r\n', excerpt: 'Short \n' }, 7n), null)
    .then([kept({ body: 'One\n\n', excerpt: 'Short \n' })]);
  given(postDraftDecider, [at7])
    .when(keep({ body: ' \n', title: 'Of spaces' }, 7n), null)
    .then([kept({ title: 'Of spaces' })]);
  given(postDraftDecider, [at7])
    .when(keep({ body: `${'x'.repeat(200_000)}\n` }, 7n), null)
    .then([kept({ body: 'x'.repeat(200_000) })]);
});

test('what no post could have is refused, and a first text without a word', () => {
  const refused = (content: Partial<PostDraftContent>) =>
    given(postDraftDecider, []).when(keep(content), null).thenRefused('invalid');
  refused({ slug: 'peace', tags: ['peace'] });
  refused({ title: 'x'.repeat(201) });
  refused({ body: 'x'.repeat(200_001) });
  refused({ body: 'x', tags: Array.from({ length: 21 }, (_, n) => `tag ${n}`) });
  refused({ body: 'x', locale: 'no language' });
  refused({ body: 'x', appearAt: 'soon' });
});

test('a text replaces the one that its writer saw last, and no other', () => {
  const on = given(postDraftDecider, [at7]);
  on.when(keep({ body: 'Two' }, 7n), null).then([kept({ body: 'Two' })]);
  on.when(keep({ body: 'Two' }), null).thenRefused('stale_revision');
  on.when(keep({ body: 'Two' }, 6n), null).thenRefused('stale_revision');
  on.when(keep({ body: 'One', title: 'Other' }), null).thenRefused('stale_revision');
});

test('it is dropped once, by whoever saw its newest text, and nothing is added to it then', () => {
  given(postDraftDecider, [at7]).when(drop(7n), null).then([dropped]);
  given(postDraftDecider, [at7]).when(drop(6n), null).thenRefused('stale_revision');
  given(postDraftDecider, []).when(drop(7n), null).then([]);
  given(postDraftDecider, [at7, dropped]).when(drop(7n), null).then([]);
  given(postDraftDecider, [erased(kept({ body: 'One' })), dropped])
    .when(keep({ body: 'One' }, 7n), null)
    .thenRefused('conflict');
});

test('a day that does not exist is no day to appear on', () => {
  given(postDraftDecider, [])
    .when(keep({ body: 'One', appearAt: '2027-02-30T18:00' }), null)
    .thenRefused('invalid', { field: 'appearAt' });
});
